import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpackContext } from '../domain/build/build-context.ts';
import { startRealSshd } from '../testing/real-sshd.ts';
import { runCli } from '../testing/run-cli.ts';
import { putSampleEstate, SAMPLE_SECRET, type SampleEstate } from '../testing/sample-records.ts';
import { PASSWORD, startTestServer, type TestServer } from '../testing/test-server.ts';

const BLUEPRINT = 'name: hello\nservices:\n- type: docker:busybox\n  id: box\n';

let server: TestServer;
let estate: SampleEstate;
let folder: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  server = await startTestServer();
  estate = await putSampleEstate(server.services.engine.store, 'one');
  folder = await mkdtemp(path.join(tmpdir(), 'clocker-cli-'));
  env = { XDG_CONFIG_HOME: folder, CLOCKER_URL: server.url };
  await writeFile(path.join(folder, 'good.yaml'), BLUEPRINT);
  await writeFile(path.join(folder, 'bad.yaml'), 'services:\n- type: docker-containr\n');
  const token = await server.services.auth.setupToken();
  const made = await runCli(['setup', token ?? '', '--username', 'ada', '--password-stdin'], { env, stdin: PASSWORD });
  expect(made).toMatchObject({ code: 0 });
  const login = await runCli(['login', '--username', 'ada', '--password-stdin'], { env, stdin: PASSWORD });
  expect(login).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function authorized() {
  const { token } = JSON.parse(await readFile(path.join(folder, 'clocker', 'cli.json'), 'utf8'));
  return { authorization: `Bearer ${token}` };
}

function clocker(...argv: string[]) {
  return runCli(argv, { env });
}

describe('clocker', () => {
  it('keeps the token of a login where only its owner can read it', async () => {
    const file = path.join(folder, 'clocker', 'cli.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ url: server.url, token: expect.stringMatching(/^ck_/) });
  });

  it('keeps logins of registries, and shows all of them but the password', async () => {
    const password = 'correct horse battery';
    const stdin = { env, stdin: `${password}\n` };
    expect(await runCli(['registries', 'set', 'ghcr.io/acme', '--user', 'ada', '--instead-of', 'docker.io'], stdin)).toMatchObject({
      code: 0,
    });
    const kept = await clocker(
      'registries',
      'set',
      'ghcr.io/acme',
      '--user',
      'ada',
      '--keep-password',
      '--instead-of',
      'docker.io',
      'quay.io',
    );
    expect(kept).toMatchObject({ code: 0, stdout: 'Set ghcr.io/acme\n' });
    const listed = await clocker('registries');
    expect(listed.stdout).toMatch(/ghcr\.io\/acme +ada +docker\.io, quay\.io/);
    expect((await clocker('registries', 'list', '--json')).stdout).not.toMatch(/sealed|correct horse/);
    const audit = JSON.stringify(await (await fetch(`${server.url}/api/v1/audit?limit=50`, { headers: await authorized() })).json());
    expect(audit).toContain('ghcr.io/acme');
    expect(audit).not.toContain('correct horse');
    expect((await clocker('registries', 'check', 'ghcr.io/acme')).stderr).toContain('No host is ready');
    expect(await clocker('registries', 'remove', 'ghcr.io/acme')).toMatchObject({ code: 0 });
    expect(await clocker('registries', 'remove', 'ghcr.io/acme')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no registry'),
    });
  });

  it('keeps artifact rules, and says what is no beginning of URLs', async () => {
    const [from, to] = ['https://repo1.maven.org/maven2/', 'http://mirror.local/maven/'];
    expect(await clocker('artifacts', 'set', from, to)).toMatchObject({ code: 0, stdout: `${from} comes from ${to}\n` });
    expect((await clocker('artifacts')).stdout).toMatch(/repo1\.maven\.org\/maven2\/ +http:\/\/mirror\.local\/maven\/ /);
    expect(await clocker('artifacts', 'set', 'repo1.maven.org', to)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('must be as'),
    });
    expect(await clocker('artifacts', 'set', from, 'http://mirror.local')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('slash'),
    });
    expect(await clocker('artifacts', 'remove', from)).toMatchObject({ code: 0 });
    expect(await clocker('artifacts', 'remove', from)).toMatchObject({ code: 1, stderr: expect.stringContaining('no artifact rule') });
  });

  it('pins another key of a host only where it is the one that was given', async () => {
    const sshd = await startRealSshd();
    const { store } = server.services.engine;
    const [host] = store.view.all('host').values();
    if (host === undefined) throw new Error('there is no host');
    const { address, port, hostKey } = sshd.target;
    await store.commit((draft) => draft.put('host', { ...host, address, port }));
    const wrong = await clocker('hosts', 'accept-key', host.name, '--fingerprint', `SHA256:${'A'.repeat(43)}`);
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining(hostKey.fingerprint) });
    expect(store.view.get('host', host.id)?.hostKey).toEqual(host.hostKey);
    expect(await clocker('hosts', 'accept-key', host.name)).toMatchObject({ code: 1, stderr: expect.stringContaining('--fingerprint') });
    expect(await clocker('hosts', 'accept-key', host.name, '--fingerprint', hostKey.fingerprint)).toMatchObject({ code: 0 });
    expect(store.view.get('host', host.id)?.hostKey.fingerprint).toBe(hostKey.fingerprint);
    expect((await clocker('hosts', 'accept-key', host.name)).stdout).toContain('shows the key that is pinned');
    await sshd.stop();
  });

  it('lists applications as a table and as JSON', async () => {
    expect((await clocker('apps')).stdout).toMatch(/^NAME +STATE.*\nshop-one +STOPPED/);
    const [application] = JSON.parse((await clocker('apps', '--json')).stdout);
    expect(application).toMatchObject({ id: estate.applicationId, name: 'shop-one' });
  });

  it('takes names where they are unique and ids always', async () => {
    expect((await clocker('show', 'shop-one')).stdout).toContain(estate.entityId);
    expect((await clocker('show', estate.applicationId)).code).toBe(0);
  });

  it('says what is wrong and what to do about it, with exit code 1', async () => {
    const missing = await clocker('show', 'nothing');
    expect(missing).toMatchObject({ code: 1, stdout: '', stderr: 'Error: There is no application nothing\nHint: There are: shop-one\n' });
    const anonymous = await runCli(['apps'], { env: { CLOCKER_URL: server.url } });
    expect(anonymous).toMatchObject({ code: 1, stderr: expect.stringContaining('You are not signed in') });
    const away = await runCli(['apps'], { env: { CLOCKER_URL: 'http://127.0.0.1:47999' } });
    expect(away).toMatchObject({ code: 1, stderr: expect.stringContaining('ECONNREFUSED') });
  });

  it('ends with exit code 2 when it is called wrongly', async () => {
    expect((await clocker('scale', 'web')).code).toBe(2);
    expect((await clocker('scale', 'web', 'many')).code).toBe(2);
    expect((await clocker('nonsense')).code).toBe(2);
  });

  it('shows generations without their secrets', async () => {
    const { stdout } = await clocker('generations', 'shop-one', '--show', '1');
    expect(stdout).toContain('"***"');
    expect(stdout).not.toContain(SAMPLE_SECRET);
  });

  it('checks blueprints without a server: 0 without errors, 1 with, 2 for a file that is not there', async () => {
    const good = await runCli(['blueprint', 'check', path.join(folder, 'good.yaml'), '--json']);
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject([{ ok: true, format: 'camp', diagnostics: [], application: { name: 'hello' } }]);
    const bad = await runCli(['blueprint', 'check', path.join(folder, 'bad.yaml'), '--json']);
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.stdout)[0].diagnostics[0]).toMatchObject({ severity: 'error', code: 'unknown-type', line: 2, column: 9 });
    const catalog = path.join(folder, 'catalog.yaml');
    await writeFile(catalog, 'brooklyn.catalog:\n  version: "1.0"\n  id: mine\n  item:\n    type: docker:nginx\n    docker.memory: lots\n');
    const items = await runCli(['blueprint', 'check', catalog, '--json']);
    expect([items.code, JSON.parse(items.stdout)]).toMatchObject([
      1,
      [{ ok: false, format: 'catalog', items: ['mine:1.0'], diagnostics: [{ code: 'config-invalid', line: 6, column: 20 }] }],
    ]);
    expect((await runCli(['blueprint', 'check', path.join(folder, 'absent.yaml')])).code).toBe(2);
  });

  it('converts blueprints without a server, text to standard output and findings to standard error', async () => {
    const compose = await runCli(['blueprint', 'convert', path.join(folder, 'good.yaml'), '--to', 'compose']);
    expect(compose).toMatchObject({ code: 0, stderr: '' });
    expect(compose.stdout).toBe('name: hello\nservices:\n  box:\n    image: busybox\n    restart: always\n');
    await writeFile(path.join(folder, 'compose.yaml'), 'services: {box: {image: busybox, privileged: true}}\n');
    const camp = await runCli(['blueprint', 'convert', path.join(folder, 'compose.yaml'), '--to', 'camp']);
    expect(camp.code).toBe(1);
    expect(camp.stderr).toMatch(/compose\.yaml:1:\d+: error host-access/);
    expect(camp.stdout).toContain('type: docker:busybox');
    expect((await runCli(['blueprint', 'convert', path.join(folder, 'good.yaml')])).code).toBe(2);
    expect((await runCli(['blueprint', 'convert', path.join(folder, 'absent.yaml'), '--to', 'camp'])).code).toBe(2);
  });

  it('exports what is deployed, without its secrets', async () => {
    const camp = await clocker('export', 'shop-one');
    expect(camp).toMatchObject({ code: 0, stdout: expect.stringContaining('password: "***"') });
    const compose = await clocker('export', 'shop-one', '--as', 'compose', '--json');
    expect(compose.code).toBe(0);
    expect(JSON.parse(compose.stdout)).toMatchObject({ text: expect.stringContaining('services:'), diagnostics: [] });
    for (const { stdout, stderr } of [camp, compose]) expect(stdout + stderr).not.toContain(SAMPLE_SECRET);
    expect((await clocker('export', 'shop-one', '--as', 'tosca')).code).toBe(2);
  });

  it('does not deploy a blueprint with errors', async () => {
    const { code, stderr } = await clocker('deploy', path.join(folder, 'bad.yaml'), '--location', 'cloud-one');
    expect(code).toBe(1);
    expect(stderr).toMatch(/bad\.yaml:2:9: error: .*\nError: .*bad\.yaml has 1 error/);
  });

  it('tells why a deployment is not up in time, and deletes it again', async () => {
    const late = await clocker('deploy', path.join(folder, 'good.yaml'), '--location', 'cloud-one', '--wait', '--timeout', '2s');
    expect(late.code).toBe(1);
    expect(late.stdout).toContain('running   Deploy hello');
    expect(late.stderr).toMatch(/not ended within 2 s\n {2}box is STARTING: waiting for placement/);
    expect(await clocker('delete', 'hello')).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') });
    expect(await clocker('delete', 'hello', '--yes', '--wait')).toMatchObject({ code: 0 });
    expect((await clocker('apps')).stdout).not.toContain('hello');
  });

  it('keeps secrets that it reads from standard input, and lists their names alone', async () => {
    const set = await runCli(['secrets', 'set', 'secrets', 'db'], { env, stdin: 'hunter 2\n' });
    expect([set.code, set.stdout]).toEqual([0, 'Set secrets/db\n']);
    const listed = await clocker('secret', 'list');
    expect(listed.stdout).toMatch(/^secrets +db +/m);
    expect(listed.stdout).not.toContain('hunter');
    expect((await clocker('secrets', 'remove', 'secrets', 'db')).code).toBe(0);
    expect(await clocker('secrets', 'remove', 'secrets', 'db')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no secret secrets/db'),
    });
  });

  it('tells which containers placement would put elsewhere, and moves an entity only to a host that is there', async () => {
    const cloud = server.services.engine.store.view.get('cloud', estate.cloudId)?.name ?? '';
    const told = await clocker('clouds', 'rebalance', cloud, '--apply');
    expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining(`Nothing to move on ${cloud}`) });
    const asJson = await clocker('clouds', 'rebalance', cloud, '--json');
    expect(JSON.parse(asJson.stdout)).toMatchObject({ moves: [], more: false });
    const moved = await clocker('move', estate.entityId, '--to', 'nowhere');
    expect(moved).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no host nowhere') });
  });

  it('makes clouds and credentials, and prints the line for authorized_keys', async () => {
    expect((await clocker('clouds', 'create', 'west')).code).toBe(0);
    expect((await clocker('clouds')).stdout).toContain('west');
    expect((await clocker('credentials', 'create', 'west-key')).stdout).toMatch(/^ssh-ed25519 \S+ clocker-west-key\n$/);
  });
});

describe('clocker deploy', () => {
  it('brings the folder that a Compose service is built from, files that are no text too, and none that is left out', async () => {
    const at = path.join(folder, 'built');
    await mkdir(path.join(at, 'web/node_modules'), { recursive: true });
    const files: Readonly<Record<string, string | Uint8Array>> = {
      'compose.yaml': 'services:\n  web:\n    build: ./web\n',
      'web/Dockerfile': 'FROM busybox\nCOPY . /app\n',
      'web/.dockerignore': 'node_modules\n',
      'web/node_modules/big.bin': randomBytes(1_000),
      'web/logo.png': randomBytes(6 * 1024 * 1024),
    };
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(at, name), content);
    const deployed = await clocker('deploy', path.join(at, 'compose.yaml'), '--location', 'cloud-one', '--json');
    expect(deployed).toMatchObject({ code: 0 });
    const { applicationId } = JSON.parse(deployed.stdout);
    const { engine } = server.services;
    const generation = engine.store.view.get('generation', `${applicationId}:1`);
    expect(generation?.parts?.files ?? {}).toEqual({});
    const hash = generation?.parts?.contexts?.web ?? '';
    const unpacked = unpackContext((await engine.contexts.get(hash)) ?? new Uint8Array());
    expect(unpacked.ok && unpacked.files.map((file) => [file.path, file.bytes.length])).toEqual([
      ['.dockerignore', 13],
      ['Dockerfile', 25],
      ['logo.png', 6 * 1024 * 1024],
    ]);
    expect(generation?.plan.artifacts?.sources).toEqual({
      'web#Dockerfile': { context: hash, dockerfile: files['web/Dockerfile'], path: 'Dockerfile' },
    });
    const answer = await fetch(`${server.url}/api/v1/applications/${applicationId}`, { headers: await authorized() });
    expect(await answer.text()).not.toContain('COPY . /app');
    const lost = await clocker('update', applicationId, path.join(folder, 'good.yaml'));
    expect(lost).toMatchObject({ code: 0 });
  });
});
