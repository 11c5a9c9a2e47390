import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { RedisConfig } from '../../domain/entity-types/redis-type.ts';
import { plugin } from './redis.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'clocker-redis-'));
writeFileSync(path.join(folder, 'docker-entrypoint.sh'), '#!/bin/sh\nprintf "%s\\n" "$@"\ncat\n', { mode: 0o755 });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function specOf(given: Readonly<Record<string, unknown>>) {
  const config = plugin.config.parse(given) as RedisConfig;
  const spec = plugin.container?.toSpec(config);
  if (!spec) throw new Error('it is no container');
  return spec;
}

/** What the entry of its image is given: arguments, then its standard input. */
function started(given: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string>> = {}): string {
  const { command, env: own } = specOf(given);
  const [program = '', ...args] = command ?? [];
  const all: NodeJS.ProcessEnv = { NODE_ENV: 'test', ...own, ...env, PATH: `${folder}:${process.env.PATH}` };
  const run = spawnSync(program, args, { env: all, encoding: 'utf8' });
  return run.stdout;
}

it('gives the password to the server alone, by its standard input', () => {
  const given = { 'redis.password': "a$b`c'!" };
  expect(specOf(given).command?.join(' ')).not.toContain('a$b');
  expect(started(given)).toMatch(/--protected-mode\nno\n-\nrequirepass "a\$b`c'!"\nmasterauth "a\$b`c'!"\n$/);
});

it('copies the server that it is linked to, with a password and without', () => {
  const master = { MASTER_PORT: 'tcp://10.0.0.7:20003' };
  const given = { 'redis.master': { $entity: 'db' } };
  expect(started(given, master)).toMatch(/--replicaof\n10\.0\.0\.7\n20003\n$/);
  expect(started({ ...given, 'redis.password': 'secret' }, master)).toMatch(/--replicaof\n10\.0\.0\.7\n20003\n-\nrequirepass "secret"\n/);
});

it('refuses a password that its configuration cannot hold', () => {
  for (const text of ['a b', 'a"b', 'a\\b', 'a\nb', '']) expect(plugin.config.safeParse({ 'redis.password': text }).success).toBe(false);
});
