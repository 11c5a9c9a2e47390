import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { installPackages } from './debian-packages.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'clocker-packages-'));
const policy = `${dir}/policy-rc.d`;
const asked = `${dir}/asked`;
const text = installPackages({ program: 'served', packages: ['served-server'], services: [] }).replaceAll('/usr/sbin/policy-rc.d', policy);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

function program(name: string, script: string): void {
  writeFileSync(`${dir}/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function install(): number | null {
  writeFileSync(`${dir}/script`, text);
  return spawnSync('sh', [`${dir}/script`], { env: { ...process.env, PATH: `${dir}:${process.env.PATH}` }, encoding: 'utf8' }).status;
}

beforeEach(() => {
  for (const name of ['served', 'policy-rc.d', 'asked']) rmSync(`${dir}/${name}`, { force: true });
  program('id', 'echo 0');
  program('dpkg', `echo "dpkg $*" >>${asked}`);
  program('apt-get', `echo "apt-get $*" >>${asked}; [ -e ${policy} ]`);
});

it('installs nothing where the program is there', () => {
  program('served', '');
  expect(install()).toBe(0);
  expect(existsSync(asked)).toBe(false);
});

it('lets no service be started meanwhile, and no package of the machine be removed', () => {
  expect(install()).toBe(0);
  expect(existsSync(policy)).toBe(false);
  expect(readFileSync(asked, 'utf8')).toMatch(/^apt-get .*update\napt-get .*install -y --no-remove .*served-server\n$/);
});

it('goes on with what was cut short, though its program is unpacked', () => {
  program('apt-get', 'kill -KILL $PPID');
  expect(install()).toBeNull();
  expect(existsSync(policy)).toBe(true);
  program('served', '');
  program('apt-get', `echo "apt-get $*" >>${asked}`);
  expect(install()).toBe(0);
  expect(readFileSync(asked, 'utf8')).toMatch(/^dpkg .*--configure -a\napt-get .*update\napt-get .*served-server\n$/);
  expect(existsSync(policy)).toBe(false);
});

it('touches nothing that is there while something else is installed', () => {
  writeFileSync(policy, '#!/bin/sh\n# clocker: removed once packages are installed\n# other-server\nexit 101\n');
  program('served', '');
  expect(install()).toBe(0);
  expect(existsSync(asked)).toBe(false);
  expect(existsSync(policy)).toBe(true);
});

it('leaves what the owner of the machine has said about services', () => {
  writeFileSync(policy, '#!/bin/sh\nexit 0\n');
  expect(install()).toBe(0);
  expect(readFileSync(policy, 'utf8')).toBe('#!/bin/sh\nexit 0\n');
});
