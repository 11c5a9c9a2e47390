import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import type { SoftwarePlace } from './process-spec.ts';
import { rabbitCommands } from './rabbitmq-scripts.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'clocker-rabbitmq-'));
const data = `${dir}/data/rabbitmq`;
const owned = `${dir}/owned`;
const place: SoftwarePlace = {
  ...{ kind: 'machine', baseDir: dir, installDir: dir, expandedDir: dir, pidFile: `${dir}/pid` },
  ...{ runDir: `${dir}/run`, dataDir: `${dir}/data` },
};
const { customize } = rabbitCommands({ port: 5672, virtualHost: '/', login: null, managementPort: null }, place);
const withLogin = rabbitCommands(
  { port: 5672, virtualHost: '/', login: { user: 'ann', password: '__secret__' }, managementPort: null },
  place,
);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A program that root finds first. */
function program(name: string, script: string): void {
  writeFileSync(`${dir}/bin/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

function run(script = customize): number | null {
  const env = { ...process.env, PATH: `${dir}/bin:${process.env.PATH}`, RUN_DIR: place.runDir, DATA_DIR: place.dataDir };
  return spawnSync('sh', ['-c', script ?? ''], { env, encoding: 'utf8' }).status;
}

beforeEach(() => {
  rmSync(dir, { recursive: true, force: true });
  for (const folder of ['bin', 'run', 'data']) mkdirSync(`${dir}/${folder}`, { recursive: true });
  for (const name of ['rabbitmq.conf', 'enabled_plugins']) writeFileSync(`${dir}/run/${name}`, `new ${name}`);
  program('id', 'echo 0');
  program('chown', `echo "$*" >>${owned}`);
  program('setpriv', 'shift 3; exec "$@"');
});

it('gives a folder that was made, but not given to its user before a crash, to that user', () => {
  mkdirSync(data);
  expect(run()).toBe(0);
  expect(readFileSync(owned, 'utf8')).toBe(`rabbitmq ${data}\n`);
  expect(readFileSync(`${data}/rabbitmq.conf`, 'utf8')).toBe('new rabbitmq.conf');
});

it('writes nothing as root where its user may have put a link, and gives no file away', () => {
  mkdirSync(data);
  const others = `${dir}/of-root`;
  writeFileSync(others, 'kept');
  symlinkSync(others, `${data}/rabbitmq.conf`);
  program('setpriv', 'exit 1');
  expect(run()).not.toBe(0);
  expect(readFileSync(others, 'utf8')).toBe('kept');
  expect(existsSync(owned) ? readFileSync(owned, 'utf8') : '').not.toContain('rabbitmq.conf');
});

it.each([
  ['pa$$w0rd[]^~!', true],
  ['ab#cd', false],
  ['a b', false],
  ["a'b", false],
  ['a\\b', false],
  ['a$(listeners.tcp.default)', false],
  ['a\nmanagement.tcp.port = 1', false],
  ['é', false],
  ['', false],
])('takes a secret for a password only where its configuration reads it as it is: %j', (secret, isTaken) => {
  const [file] = withLogin.files ?? [];
  writeFileSync(`${dir}/run/rabbitmq.conf`, file?.content.replace('__secret__', () => secret) ?? '');
  expect(run(withLogin.customize) === 0).toBe(isTaken);
  expect(existsSync(`${data}/rabbitmq.conf`)).toBe(isTaken);
});
