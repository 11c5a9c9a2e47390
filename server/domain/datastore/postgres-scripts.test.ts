import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { postgresCommands } from './postgres-scripts.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'clocker-postgres-'));
const pidFile = `${dir}/pid.txt`;
const data = `${dir}/postgresql`;

afterAll(() => rmSync(dir, { recursive: true, force: true }));

function stop() {
  const place = { kind: 'machine', baseDir: dir, installDir: dir, expandedDir: dir, runDir: dir, dataDir: dir, pidFile } as const;
  const settings = { port: 5432, database: 'a', user: 'a', password: 'a', options: [], scripts: [] };
  const script = postgresCommands(settings, place).stop ?? '';
  const env = { ...process.env, PID_FILE: pidFile, DATA_DIR: dir };
  return spawnSync('sh', ['-c', script], { env, encoding: 'utf8' }).stderr;
}

/** A process that is called with this argument, its number in the PID file. */
function processOf(argument: string) {
  const child = spawn('tail', ['-f', '/dev/null', argument], { stdio: 'ignore' });
  writeFileSync(pidFile, `${child.pid}\n`);
  return child;
}

describe('stopping a PostgreSQL on a machine', () => {
  it('interrupts its server, and no other process that has got its number', async () => {
    writeFileSync(data, '');
    writeFileSync(`${data}-other`, '');
    expect(stop()).toBe('');
    const other = processOf(`${data}-other`);
    expect(stop()).toBe('');
    const otherEnded = once(other, 'exit');
    other.kill('SIGTERM');
    expect((await otherEnded)[1]).toBe('SIGTERM');
    expect(stop()).toBe('');
    const server = processOf(data);
    const ended = once(server, 'exit');
    expect(stop()).toBe('');
    expect((await ended)[1]).toBe('SIGINT');
  });
});
