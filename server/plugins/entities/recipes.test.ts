import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SoftwareCommands } from '../../domain/software/process-spec.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';
import { plugin as ansible } from './ansible.ts';
import { plugin as chef } from './chef.ts';
import { plugin as puppet } from './puppet.ts';

const run = promisify(execFile);
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'clocker-recipe-'));
  await mkdir(path.join(dir, 'bin'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

function commandsOf(type: EntityTypePlugin, config: object): SoftwareCommands {
  const place = {
    kind: 'machine',
    baseDir: dir,
    installDir: dir,
    expandedDir: dir,
    dataDir: dir,
    runDir: dir,
    pidFile: `${dir}/pid.txt`,
  } as const;
  const commands = type.software?.commands(config, place);
  if (!commands) throw new Error('no software');
  return commands;
}

/** A program that tells what it was called with, and ends with this code. */
async function install(name: string, code = 0): Promise<void> {
  const file = path.join(dir, 'bin', name);
  await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$@" >>"${dir}/called"\nexit ${code}\n`);
  await chmod(file, 0o755);
}

/** By the shell of this machine, in the run folder, its files written first. */
async function customise(commands: SoftwareCommands): Promise<{ readonly code: number; readonly stderr: string; readonly called: string }> {
  for (const { path: at, content, mode } of commands.files ?? []) {
    await mkdir(path.dirname(at), { recursive: true });
    await writeFile(at, content, { mode });
  }
  const ended = await run('sh', ['-c', commands.customize ?? ''], {
    cwd: dir,
    env: { ...process.env, PATH: `${dir}/bin:/usr/bin:/bin` },
  }).then(
    ({ stderr }) => ({ code: 0, stderr }),
    (error: { readonly code: number; readonly stderr: string }) => error,
  );
  const called = await readFile(path.join(dir, 'called'), 'utf8').catch(() => '');
  return { code: ended.code, stderr: ended.stderr, called };
}

describe('a recipe', () => {
  it.each([
    [
      ansible,
      { 'brooklyn.ansible.playbookYaml': '- hosts: all' },
      'ansible-playbook is not there. Install it, as the package ansible-core',
    ],
    [puppet, { 'puppet.manifest': 'notify { a: }' }, 'Install it, as the package puppet or puppet-agent: give pre.install.command'],
    [chef, { 'brooklyn.chef.cookbook.primary.name': 'web' }, 'chef-client or cinc-client is not there'],
  ])('says what to install where its tool is not there', async (type, config, said) => {
    const { code, stderr } = await customise(commandsOf(type, config));
    expect([code, stderr]).toEqual([1, expect.stringContaining(said)]);
  });

  it('starts, asks for and stops the service that it leaves, unless it says how', () => {
    const byName = commandsOf(ansible, { 'brooklyn.ansible.serviceName': "web's" });
    expect([byName.launch, byName.check, byName.stop].map((script) => script?.match(/else (.*) >/)?.[1])).toEqual(
      ['start', 'status', 'stop'].map((verb) => `service 'web'\\''s' ${verb}`),
    );
    const own = commandsOf(ansible, { 'ansible.service.start': 'begin', 'ansible.service.stop': 'end' });
    expect([own.launch, own.check, own.stop]).toEqual(['begin', null, 'end']);
    const byFile = commandsOf(chef, { 'brooklyn.chef.cookbook.primary.name': 'web', 'brooklyn.chef.lifecycle.pidFile': '/run/web.pid' });
    expect([byFile.launch, byFile.check, byFile.stop]).toEqual([null, expect.stringContaining('/run/web.pid'), expect.any(String)]);
    const none = commandsOf(puppet, { 'puppet.manifest': 'x' });
    expect([none.launch, none.check, none.stop]).toEqual([null, null, null]);
  });
});

describe('Ansible', () => {
  const fetched = { 'brooklyn.ansible.playbookUrl': 'https://host/web.tgz' };
  const withoutFetch = (commands: SoftwareCommands): SoftwareCommands => {
    return { ...commands, customize: commands.customize?.replace(/\( u=[\s\S]*?\) \|\| exit 1/, '') ?? null };
  };

  it('plays what stands in the blueprint here, with its variables', async () => {
    await install('ansible-playbook');
    const config = { 'brooklyn.ansible.playbookYaml': '- hosts: all\n', 'brooklyn.ansible.vars': { port: 80, deep: { a: [1] } } };
    expect(await customise(commandsOf(ansible, config))).toMatchObject({
      code: 0,
      called: '--connection\nlocal\n--inventory\nlocalhost,\n--extra-vars\n@vars.json\nplaybook.yaml\n',
    });
    expect(JSON.parse(await readFile(path.join(dir, 'vars.json'), 'utf8'))).toEqual({ port: 80, deep: { a: [1] } });
  });

  it.each([
    ['site.yml', {}, 'recipe/site.yml'],
    ['only-one.yaml', {}, 'recipe/only-one.yaml'],
    ['deep/web.yml', { 'brooklyn.ansible.playbook': 'deep/web' }, 'recipe/deep/web.yml'],
    ['tasks/main.yml', {}, 'role.yaml'],
  ])('finds %s in what was fetched', async (file, more, played) => {
    await install('ansible-playbook');
    await mkdir(path.dirname(path.join(dir, 'recipe', file)), { recursive: true });
    await writeFile(path.join(dir, 'recipe', file), '');
    const { called } = await customise(withoutFetch(commandsOf(ansible, { ...fetched, ...more })));
    expect(called.trim().split('\n').at(-1)).toBe(played);
  });

  it('says where it has looked for a playbook that is not there', async () => {
    await install('ansible-playbook');
    const { code, stderr } = await customise(withoutFetch(commandsOf(ansible, { ...fetched, 'brooklyn.ansible.playbook': 'none' })));
    expect([code, stderr]).toEqual([1, expect.stringContaining('recipe/none.yml')]);
  });
});

describe('Puppet', () => {
  it.each([
    [0, 0],
    [2, 0],
    [4, 4],
    [1, 1],
  ])('that ends with %i counts as %i', async (ends, counts) => {
    await install('puppet', ends);
    expect((await customise(commandsOf(puppet, { 'puppet.manifest': 'notify { a: }' }))).code).toBe(counts);
  });

  it('applies a manifest that is fetched beside its classes, whatever it is called', async () => {
    await install('puppet');
    const curl = path.join(dir, 'bin', 'curl');
    await writeFile(curl, '#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\necho fetched >"$2"\n');
    await chmod(curl, 0o755);
    const config = { 'puppet.manifestUrl': 'https://host/manifest.pp', 'puppet.classes': ['web'] };
    const { code, called } = await customise(commandsOf(puppet, config));
    expect([code, called.match(/^\S+\.pp$/gm)]).toEqual([0, ['manifest.pp', 'manifests/manifest.pp']]);
    expect(await readFile(path.join(dir, 'manifest.pp'), 'utf8')).toContain('include web');
  });

  it('says which names of modules and facts cannot be', () => {
    const problems = puppet.config.safeParse({
      'puppet.modulesUrls': { 'puppetlabs-apache': 'https://host/a.tgz', stdlib: 'https://host/s.tgz' },
      'puppet.facts': { 'a b': 'c' },
    }).error?.issues;
    expect(problems?.map(({ message }) => message)).toEqual([expect.stringContaining('puppetlabs-apache'), expect.stringContaining('a b')]);
  });

  it('includes classes, and gives them their data', async () => {
    await install('puppet');
    const config = { 'puppet.classes': ['web', 'web::tls'], 'puppet.data': { 'web::port': 81 }, 'puppet.facts': { role: 'front' } };
    const commands = commandsOf(puppet, config);
    const { called } = await customise(commands);
    expect([await readFile(path.join(dir, 'manifest.pp'), 'utf8'), commands.env]).toEqual([
      '\ninclude web\ninclude web::tls\n',
      { FACTER_role: 'front' },
    ]);
    expect(called).toContain(`--hiera_config\n${dir}/hiera.yaml\nmanifest.pp\n`);
  });
});

describe('Chef', () => {
  it('ends the process of its PID file, and nothing where that has none', async () => {
    const pidFile = path.join(dir, 'web.pid');
    const { stop } = commandsOf(chef, { 'brooklyn.chef.lifecycle.pidFile': pidFile });
    const stopped = () => run('sh', ['-c', stop ?? 'exit 9']);
    await stopped();
    for (const text of ['0', '-1', 'web']) {
      await writeFile(pidFile, text);
      await stopped();
    }
    const server = execFile('sleep', ['60']);
    const ended = new Promise((resolve) => void server.once('exit', (_, signal) => resolve(signal)));
    await writeFile(pidFile, `${server.pid}\n`);
    await stopped();
    expect(await ended).toBe('SIGTERM');
  });

  it('runs the recipe of the cookbook without a server, with its attributes', async () => {
    await install('cinc-client');
    const config = { 'brooklyn.chef.cookbook.primary.name': 'web', 'brooklyn.chef.launch.attributes': { web: { port: 81 } } };
    const { code, called } = await customise(commandsOf(chef, config));
    expect([code, called.split('\n')[0]]).toEqual([0, '--local-mode']);
    expect(JSON.parse(await readFile(path.join(dir, 'node.json'), 'utf8'))).toEqual({ web: { port: 81 }, run_list: ['recipe[web]'] });
    expect(await readFile(path.join(dir, 'client.rb'), 'utf8')).toContain(`cookbook_path ['${dir}/cookbooks']`);
  });
});
