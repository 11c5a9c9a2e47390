// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Dockerfiles write variables.
import { afterEach, describe, expect, it } from 'vitest';
import type { BlueprintParts } from '../domain/blueprint/blueprint-input.ts';
import { type ContextFile, packContext } from '../domain/build/build-context.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import type { FetchedSource, SourceFetcher } from '../ports/source-fetcher.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { setArtifactRule } from './commands/artifacts/set-artifact-rule.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { restoreGeneration, updateApplication } from './commands/update-application.ts';
import { bringContext } from './sources/keep-context.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const file = (path: string, text: string): ContextFile => ({ path, bytes: new TextEncoder().encode(text), executable: false });
const compose = (build: string) => `name: shop\nservices:\n  web:\n    build: ${build}\n`;
const camp = (config: string) => `name: shop\nservices:\n- type: docker-container\n  id: web\n  brooklyn.config: ${config}\n`;

/** What URLs give, and which were asked for. */
function serving(given: Readonly<Record<string, FetchedSource>>): SourceFetcher & { readonly asked: string[] } {
  const none: FetchedSource = { kind: 'failed', why: 'is answered with 404 Not Found' };
  const asked: string[] = [];
  return {
    asked,
    fetch: async (url) => {
      asked.push(url);
      return given[url] ?? none;
    },
    artifact: async (name) => given[`file:${name}`] ?? none,
  };
}

const dockerfile = (text: string): FetchedSource => ({ kind: 'file', bytes: new TextEncoder().encode(text) });

async function deploy(text: string, parts?: BlueprintParts): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text, parts, location: CLOUD });
  await fixture.pass(10_000);
  return applicationId;
}

async function update(applicationId: ApplicationId, text: string, parts?: BlueprintParts): Promise<void> {
  const expectedGeneration = fixture.store.view.get('application', applicationId)?.generation ?? 0;
  await updateApplication(fixture.engine.context, USER, { applicationId, text, parts, expectedGeneration });
  await fixture.pass(60_000);
}

function runs(applicationId: ApplicationId) {
  const instances = fixture.store.view.entitiesOf(applicationId).flatMap(({ id }) => fixture.store.view.instancesOf(id));
  const [instance] = instances.filter(({ state }) => state === 'running');
  return instance?.spec;
}

const findingsOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: { findings: readonly { message: string; line: number; path: string }[] }) =>
      error.findings.map(({ message, line, path }) => `${line} ${path}: ${message}`),
  );

const WEB = { 'web/Dockerfile': 'FROM debian\nCOPY app.js /\n', 'web/app.js': 'one' };

describe('a Compose service that is built from a folder', () => {
  it('has an image of its own for each content, Dockerfile, argument and stage', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const images = [];
    for (const [build, files] of [
      ['./web', WEB],
      ['./web', { ...WEB, 'web/app.js': 'two' }],
      ['./web', { ...WEB, 'web/.dockerignore': 'notes' }],
      ['{context: web, args: {A: 1}}', WEB],
      ['{context: web, target: run}', WEB],
      ['./web', WEB],
    ] as const) {
      images.push(runs(await deploy(compose(build), { files }))?.image);
    }
    expect(new Set(images).size).toBe(5);
    expect(images[5]).toBe(images[0]);
    expect(images[0]).toMatch(/^clocker\/docker-container:[0-9a-f]{24}$/);
  });

  it('leaves out what .dockerignore says: such a file makes no other image', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const files = { ...WEB, 'web/.dockerignore': 'notes*\nDockerfile' };
    const first = runs(await deploy(compose('./web'), { files }));
    const second = runs(await deploy(compose('./web'), { files: { ...files, 'web/notes.md': 'x' } }));
    expect(second?.image).toBe(first?.image);
    expect(first?.build).toMatchObject({
      dockerfile: WEB['web/Dockerfile'],
      path: 'Dockerfile',
      context: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('is rolled out where only a file of it changed, and restored as it was without its files', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const id = await deploy(compose('./web'), { files: WEB });
    const first = runs(id)?.image;
    await update(id, compose('./web'), { files: { ...WEB, 'web/app.js': 'two' } });
    const second = runs(id)?.image;
    expect(second).not.toBe(first);
    await restoreGeneration(fixture.engine.context, USER, { applicationId: id, generation: 1 });
    await fixture.pass(60_000);
    expect(runs(id)?.image).toBe(first);
  });

  it('takes the archive that was brought, with texts of the blueprint over it, also after a crash', async () => {
    fixture = await openEngineFixture({ hosts: 2 });
    const logo = { path: 'logo.png', bytes: new Uint8Array([0, 255]), executable: false };
    const { hash } = await bringContext(fixture.engine.context, packContext([file('Dockerfile', 'FROM old\n'), logo]));
    const parts = { contexts: { web: hash }, files: { 'web/Dockerfile': 'FROM new\n' }, binaryFiles: ['web/logo.png'] };
    const id = await deploy(compose('./web'), parts);
    expect(runs(id)?.build?.dockerfile).toBe('FROM new\n');
    const before = runs(id)?.image;
    await fixture.crash();
    await fixture.pass(60_000);
    expect(runs(id)?.image).toBe(before);
  });

  it('is refused at its place where files are missing, too large or unknown, and nothing is deployed', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const text = compose('./web');
    const large = { 'web/Dockerfile': 'FROM x\n', 'web/film': 'x'.repeat(21 * 1024 * 1024) };
    const refusals = [
      await findingsOf(deploy(text)),
      await findingsOf(deploy(text, { files: { 'web/app.js': '' } })),
      await findingsOf(deploy(text, { files: large })),
      await findingsOf(deploy(text, { files: WEB, binaryFiles: ['web/logo.png'] })),
      await findingsOf(deploy(text, { contexts: { web: 'f'.repeat(64) } })),
    ].flat();
    expect(refusals).toEqual([
      '4 services.web.build: No file of the folder “web” came with the blueprint.',
      '4 services.web.build: There is no “Dockerfile” in “web”.',
      '4 services.web.build: The image would be built from 21 MiB, more than 20 MiB; the largest are film (21 MiB), Dockerfile (0 MiB).',
      '4 services.web.build: Of “logo.png” in “web” only the name came.',
      '4 services.web.build: The files of “web” that were brought are no longer kept.',
    ]);
    expect(fixture.store.view.all('application').size).toBe(0);
  });

  it('may be a member of a cluster', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const text = `${compose('./web')}    deploy: { replicas: 2 }\n`;
    const id = await deploy(text, { files: WEB });
    expect(runs(id)?.build?.context).toBeDefined();
  });
});

describe('a Dockerfile from elsewhere', () => {
  it('is fetched when it is deployed and not again, and its variables are filled in', async () => {
    const sources = serving({ 'https://a.org/Dockerfile': dockerfile('FROM debian:${version}\n') });
    fixture = await openEngineFixture({ hosts: 1, sources });
    const text = camp('{ docker.dockerfile.url: "https://a.org/Dockerfile", docker.dockerfile.substitutions: { version: 12 } }');
    const id = await deploy(text);
    expect(runs(id)?.build).toEqual({ dockerfile: 'FROM debian:12\n' });
    await fixture.crash();
    await fixture.pass(60_000);
    expect([runs(id)?.build?.dockerfile, sources.asked]).toEqual(['FROM debian:12\n', ['https://a.org/Dockerfile']]);
  });

  it('may be one that came with the blueprint, or come in an archive with its files', async () => {
    const archive: FetchedSource = { kind: 'archive', files: [file('web-1/Dockerfile', 'FROM a\n'), file('web-1/app.js', 'x')] };
    fixture = await openEngineFixture({ hosts: 1, sources: serving({ 'https://a.org/web.tgz': archive }) });
    const beside = await deploy(camp('{ docker.dockerfile.url: docker/Dockerfile }'), { files: { 'docker/Dockerfile': 'FROM b\n' } });
    expect(runs(beside)?.build).toEqual({ dockerfile: 'FROM b\n' });
    const fetched = await deploy(camp('{ docker.dockerfile.url: "https://a.org/web.tgz" }'));
    expect(runs(fetched)?.build).toEqual({ dockerfile: 'FROM a\n', path: 'Dockerfile', context: expect.any(String) });
    const context = await deploy(compose('{ context: "https://a.org/web.tgz", dockerfile_inline: "FROM c" }'));
    expect(runs(context)?.build).toEqual({ dockerfile: 'FROM c\n', context: expect.any(String) });
  });

  it('is refused at its place where it cannot be had', async () => {
    const sources = serving({
      'https://a.org/page': dockerfile('<!DOCTYPE html>'),
      'https://a.org/no-from': dockerfile('RUN x'),
      'https://a.org/open': dockerfile('FROM debian:${version}\n'),
      'https://a.org/file': dockerfile('FROM x\n'),
      'https://a.org/empty.tgz': { kind: 'archive', files: [file('README', 'x')] },
    });
    fixture = await openEngineFixture({ hosts: 1, sources });
    const urls = ['nothing', 'page', 'no-from', 'open', 'empty.tgz'];
    const refusals = await Promise.all(urls.map((name) => findingsOf(deploy(camp(`{ docker.dockerfile.url: "https://a.org/${name}" }`)))));
    const context = await findingsOf(deploy(camp('{ docker.build: { context: "https://a.org/file" } }')));
    const at = '5 services[0].brooklyn.config.docker.dockerfile.url';
    expect([...refusals.flat(), ...context]).toEqual([
      `${at}: “https://a.org/nothing” is answered with 404 Not Found.`,
      `${at}: “https://a.org/page” gives a web page, and no Dockerfile.`,
      `${at}: “https://a.org/no-from” is no Dockerfile: it has no “FROM”.`,
      `${at}: The Dockerfile holds \${version}, which no substitution gives.`,
      `${at}: There is no “Dockerfile” in “https://a.org/empty.tgz”.`,
      '5 services[0].brooklyn.config.docker.build.context: “https://a.org/file” gives no archive.',
    ]);
  });
});

describe('artifact rules', () => {
  const rule = (from: string, to: string) => setArtifactRule(fixture.engine.context, USER, { from, to });

  it('rewrite what is fetched, what a Dockerfile adds and what an install downloads, from the next update on', async () => {
    const sources = serving({ 'http://mirror/Dockerfile': dockerfile('FROM x\nADD https://a.org/tool /\n') });
    fixture = await openEngineFixture({ hosts: 1, sources });
    await rule('https://a.org/', 'http://mirror/');
    const built = await deploy(camp('{ docker.dockerfile.url: "https://a.org/Dockerfile" }'));
    expect(runs(built)?.build?.dockerfile).toBe('FROM x\nADD http://mirror/tool /\n');
    const text = camp('{ install.command: "curl https://a.org/tool" }').replace('docker-container', 'docker:debian');
    const installed = await deploy(text);
    const before = runs(installed);
    expect(before?.build?.dockerfile).toContain('curl http://mirror/tool');
    await rule('https://a.org/', 'http://other/');
    await fixture.pass(60_000);
    expect(runs(installed)?.image).toBe(before?.image);
    await update(installed, text);
    expect(runs(installed)?.build?.dockerfile).toContain('curl http://other/tool');
  });
});

describe('artifact rules that lead to files', () => {
  const publicUrl = 'https://clocker.example';
  const rule = (from: string, to: string) => setArtifactRule(fixture.engine.context, USER, { from, to });

  it('give what is fetched, and have hosts download from the console what the rule leads to alone', async () => {
    const sources = serving({ 'file:any/Dockerfile': dockerfile('FROM x\nADD https://a.org/tool /\n') });
    fixture = await openEngineFixture({ hosts: 1, sources, options: { publicUrl } });
    await rule('https://a.org/', 'file:any/');
    const built = await deploy(camp('{ docker.dockerfile.url: "https://a.org/Dockerfile" }'));
    const { secrets } = fixture.engine.context;
    expect(runs(built)?.build?.dockerfile).toBe(`FROM x\nADD ${publicUrl}/artifacts/${secrets.sign('artifact:any/')}/any/tool /\n`);
    expect(sources.asked).toEqual([]);
  });

  it('never lead out of the folder, whatever a blueprint asks for', async () => {
    fixture = await openEngineFixture({ hosts: 1, sources: serving({ 'file:plane.key': dockerfile('FROM x') }), options: { publicUrl } });
    await rule('https://a.org/', 'file:any/');
    const at = '5 services[0].brooklyn.config.docker.dockerfile.url';
    for (const url of ['https://a.org/../plane.key', 'https://a.org/%2e%2e/plane.key', 'file:plane.key']) {
      const findings = await findingsOf(deploy(camp(`{ docker.dockerfile.url: "${url}" }`)));
      expect(findings.join()).toContain(at);
    }
  });

  it('to one file lead to no other whose name begins alike', async () => {
    const sources = serving({ 'file:tool': dockerfile('FROM x\n'), 'file:tool-of-others': dockerfile('FROM y\n') });
    fixture = await openEngineFixture({ hosts: 1, sources, options: { publicUrl } });
    await rule('https://a.org/tool', 'file:tool');
    expect(runs(await deploy(camp('{ docker.dockerfile.url: "https://a.org/tool" }')))?.build?.dockerfile).toBe('FROM x\n');
    const findings = await findingsOf(deploy(camp('{ docker.dockerfile.url: "https://a.org/tool-of-others" }')));
    expect(findings.join()).toContain('names no file in the folder of artifacts');
  });

  it('are refused where they name no file, or hosts could not reach the console', async () => {
    fixture = await openEngineFixture({ hosts: 1, options: { publicUrl } });
    await expect(rule('https://a.org/', 'file:../keys/')).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(rule('https://a.org/', 'file:any')).rejects.toMatchObject({ message: expect.stringContaining('slash') });
    await fixture.stop();
    fixture = await openEngineFixture({ hosts: 1 });
    await expect(rule('https://a.org/', 'file:any/')).rejects.toMatchObject({ hint: 'Start it with CLOCKER_PUBLIC_URL.' });
  });
});

describe('files that images are built from', () => {
  it('go once no generation names them and an hour has passed', async () => {
    fixture = await openEngineFixture({ hosts: 1 });
    const { contexts } = fixture.engine.context;
    const idle = await bringContext(fixture.engine.context, packContext([file('a', 'never used')]));
    const id = await deploy(compose('./web'), { files: WEB });
    const hash = runs(id)?.build?.context ?? '';
    await fixture.pass(3 * 3_600_000);
    expect([await contexts.get(idle.hash), (await contexts.get(hash)) !== null]).toEqual([null, true]);
    await deleteApplication(fixture.engine.context, USER, { applicationId: id, removeVolumes: true });
    await fixture.pass(3 * 3_600_000);
    expect(await contexts.get(hash)).toBeNull();
  });
});

describe('the creation script of a database', () => {
  const FILE = '/docker-entrypoint-initdb.d/10-creation-script.sql';
  const database = (config: string) =>
    `name: data\nservices:\n- type: brooklyn.entity.database.mysql.MySqlNode\n  id: db\n  brooklyn.config: ${config}\n`;
  const scriptOf = (applicationId: ApplicationId) => runs(applicationId)?.files.find(({ path }) => path === FILE)?.content;

  it('is fetched once when it is deployed, from where a rule says, and kept over a restart', async () => {
    const sources = serving({ 'http://mirror.local/visitors.sql': dockerfile('CREATE TABLE visitors (id INT);') });
    fixture = await openEngineFixture({ sources });
    await setArtifactRule(fixture.engine.context, USER, { from: 'https://github.com/', to: 'http://mirror.local/' });
    const applicationId = await deploy(database('{ creationScriptUrl: https://github.com/visitors.sql }'));
    expect(scriptOf(applicationId)).toBe('CREATE TABLE visitors (id INT);');
    await fixture.crash();
    await fixture.pass(20_000);
    expect(scriptOf(applicationId)).toBe('CREATE TABLE visitors (id INT);');
    expect(sources.asked).toEqual(['http://mirror.local/visitors.sql']);
  });

  it('may stand beside the blueprint, or in it', async () => {
    fixture = await openEngineFixture();
    const beside = await deploy(database('{ datastore.creation.script.url: ./schema.sql }'), { files: { 'schema.sql': 'SELECT 1;' } });
    expect(scriptOf(beside)).toBe('SELECT 1;');
    const within = await deploy(database('{ datastore.creation.script.url: "data:,SELECT%202;" }').replace('name: data', 'name: other'));
    expect(scriptOf(within)).toBe('SELECT 2;');
  });

  it('that cannot be had is told before anything is made', async () => {
    fixture = await openEngineFixture();
    const deployed = deploy(database('{ datastore.creation.script.url: https://example.org/none.sql }'));
    expect(await findingsOf(deployed)).toEqual([expect.stringContaining('none.sql')]);
    expect(fixture.store.view.all('application').size).toBe(0);
  });
});

describe('archives of web applications', () => {
  const WAR = 'http://repo.local/get?file=hello.war';
  const server = (config: string) => `name: site\nservices:\n- type: TomcatServer\n  id: web\n  brooklyn.config: ${config}\n`;
  const cluster = `name: site\nservices:\n- type: web-cluster\n  brooklyn.config: { war: '${WAR}', initialSize: 1 }\n  memberSpec: { type: tomcat }\n`;
  const war: FetchedSource = { kind: 'archive', files: [file('index.jsp', 'hello')] };
  const archivesOf = (applicationId: ApplicationId) =>
    runs(applicationId)?.process?.customize.flatMap((step) => ('archives' in step ? step.archives : []));

  it('are fetched once, kept while a generation names them, and given to each server; a group may name them for its members', async () => {
    const sources = serving({ 'http://mirror/get?file=hello.war': war });
    fixture = await openEngineFixture({ sources });
    await setArtifactRule(fixture.engine.context, USER, { from: 'http://repo.local/', to: 'http://mirror/' });
    const applicationId = await deploy(cluster);
    const [kept] = archivesOf(applicationId) ?? [];
    expect(kept?.path).toMatch(/\/wars\/ROOT\.war$/);
    expect(await fixture.engine.context.contexts.get(kept?.hash ?? '')).not.toBeNull();
    await fixture.crash();
    await fixture.pass(3 * 3_600_000);
    expect(await fixture.engine.context.contexts.get(kept?.hash ?? '')).not.toBeNull();
    expect(sources.asked).toEqual(['http://mirror/get?file=hello.war']);
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(3 * 3_600_000);
    expect(await fixture.engine.context.contexts.get(kept?.hash ?? '')).toBeNull();
  });

  it('may be a folder beside the blueprint', async () => {
    fixture = await openEngineFixture();
    const applicationId = await deploy(server('{ wars.by.context: { shop: site/ } }'), { files: { 'site/index.jsp': 'hello' } });
    expect(archivesOf(applicationId)).toMatchObject([{ path: expect.stringMatching(/\/wars\/shop\.war$/) }]);
  });

  it('that are too large are advised of as archives, not as images', async () => {
    const large: FetchedSource = { kind: 'archive', files: [file('film', 'x'.repeat(21 * 1024 * 1024))] };
    fixture = await openEngineFixture({ sources: serving({ [WAR]: large }) });
    await expect(deploy(server(`{ wars.root: '${WAR}' }`))).rejects.toMatchObject({
      findings: [{ message: expect.stringContaining('21 MiB, more than 20 MiB'), hint: expect.stringContaining('pre.launch.command') }],
    });
  });

  it.each([
    ['{ wars.root: folder }', {}, 'There is no folder “folder” beside the blueprint'],
    [`{ wars.root: '${WAR}' }`, {}, 'is answered with 404 Not Found'],
    [`{ wars.root: '${WAR}' }`, { [WAR]: dockerfile('text') }, 'gives no archive'],
  ])('that cannot be had are told before anything is made: %s', async (config, given, message) => {
    fixture = await openEngineFixture({ sources: serving(given) });
    expect(await findingsOf(deploy(server(config)))).toEqual([expect.stringContaining(message)]);
    expect(fixture.store.view.all('application').size).toBe(0);
  });
});
