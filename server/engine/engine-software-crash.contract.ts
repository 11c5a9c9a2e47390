import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RealSshd, startRealSshd } from '../testing/real-sshd.ts';

const CHILD = path.join(import.meta.dirname, '../testing/engine-process.ts');
/** Each begins something on the machine, or has just done so. */
const POINTS = [
  'machine.obtain:after-act',
  'process.install:after-intent',
  'process.install:after-act',
  'process.launch:after-intent',
  'process.launch:after-act',
  'process.ready:before-intent',
];

let sshd: RealSshd;
let base: string;

beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'clocker-software-crash-'));
  sshd = await startRealSshd();
  await writeFile(path.join(base, 'key'), sshd.target.privateKey, { mode: 0o600 });
}, 60_000);

afterAll(async () => {
  await sshd.stop();
  await rm(base, { recursive: true, force: true });
});

function blueprint(home: string): string {
  const { user, port } = sshd.target;
  return `
name: Crash
services:
- type: vanilla-process
  name: Sleeper
  location: localhost:(port=${port},user=${user},credential=own)
  brooklyn.config:
    onbox.base.dir: ${home}/processes
    install.command: echo begun >> ${home}/installs; sleep 0.3; echo ended >> ${home}/installs
    customize.command: echo customised >> ${home}/customised
    launch.command: |
      sleep 0.3
      sh -c 'sleep 300; : ${home}' & echo $! > "$PID_FILE"
      echo launched >> ${home}/launches
      sleep 0.3
`;
}

/** How it ended: by the signal of a crash point, or by ours once all ran. */
function runEngine(home: string, env: Readonly<Record<string, string>>): Promise<'crashed' | 'running'> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, home, path.join(home, 'blueprint.yaml'), path.join(base, 'key')], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let isUp = false;
    const overdue = setTimeout(() => child.kill('SIGTERM'), 40_000);
    child.stdout.on('data', () => {
      isUp = true;
      child.kill('SIGKILL');
    });
    child.on('exit', (code, signal) => {
      clearTimeout(overdue);
      if (signal === 'SIGKILL') resolve(isUp ? 'running' : 'crashed');
      else reject(new Error(`the engine ended with ${code ?? signal}`));
    });
  });
}

/** Processes that the launch command left, by what stands on their command line. */
function processesOf(home: string): readonly string[] {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id)) return false;
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(`sleep 300; : ${home}\0`);
    } catch {
      return false;
    }
  });
}

describe('a process on a machine, when the engine dies', () => {
  it.each(POINTS)('at %s, is launched once and lost never', { timeout: 120_000 }, async (point) => {
    const home = await mkdtemp(path.join(base, 'home-'));
    await writeFile(path.join(home, 'blueprint.yaml'), blueprint(home));
    const linesOf = async (name: string): Promise<readonly string[]> => (await readFile(path.join(home, name), 'utf8')).trim().split('\n');
    expect(await runEngine(home, { CRASH_AT: point })).toBe('crashed');
    expect(await runEngine(home, {})).toBe('running');
    expect(await linesOf('installs')).toEqual(['begun', 'ended']);
    expect(await linesOf('customised')).toEqual(['customised']);
    expect(await linesOf('launches')).toEqual(['launched']);
    const left = processesOf(home);
    expect(left).toHaveLength(1);
    for (const id of left) process.kill(Number(id), 'SIGKILL');
  });
});
