import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrashScenario } from '../testing/crash-scenario.ts';
import { ensureTestImage, type OwnDockerd, startOwnDockerd } from '../testing/real-engine.ts';
import { type RealSshd, startRealSshd } from '../testing/real-sshd.ts';

/** `CLOCKER_CRASH_POINTS=all` kills at every point; else at this many, spread over the list. */
const WANTED = process.env.CLOCKER_CRASH_POINTS ?? '3';
const PROGRAM = path.resolve(import.meta.dirname, '../testing/crash-scenario.ts');
const RUN_MS = 240_000;

let dockerd: OwnDockerd;
let sshd: RealSshd;

beforeAll(async () => {
  dockerd = await startOwnDockerd();
  sshd = await startRealSshd();
  await ensureTestImage(dockerd.socketPath);
});

afterAll(async () => {
  await sshd.stop();
  await dockerd.stop();
});

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

async function runScenario(home: string, env: Readonly<Record<string, string>> = {}): Promise<Ending> {
  const scenario: CrashScenario = { home, engineSocketPath: dockerd.socketPath, target: sshd.target };
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(scenario)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: RUN_MS,
  });
  let errors = '';
  child.stderr.on('data', (bytes) => {
    errors += String(bytes);
  });
  return await new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, errors })));
}

async function withHome<T>(work: (home: string) => Promise<T>): Promise<T> {
  const home = await mkdtemp(path.join(tmpdir(), 'clocker-crash-'));
  try {
    return await work(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function learnPoints(): Promise<readonly string[]> {
  return await withHome(async (home) => {
    const file = path.join(home, 'points');
    const ending = await runScenario(home, { CRASH_LEARN: file });
    expect(ending).toMatchObject({ code: 0, errors: '' });
    return [...new Set((await readFile(file, 'utf8')).split('\n').filter(Boolean))];
  });
}

function sample(points: readonly string[]): readonly string[] {
  if (WANTED === 'all') return points;
  const count = Math.min(points.length, Number(WANTED));
  return Array.from({ length: count }, (_, index) => points[Math.floor(((index + 0.5) * points.length) / count)] ?? '');
}

describe('engine, killed at any point of any step', () => {
  it('goes on where it was when it is started again: no orphan, no double, nothing to do by hand', { timeout: 60 * 60_000 }, async () => {
    const points = await learnPoints();
    expect(points.length).toBeGreaterThan(30);
    const failed: string[] = [];
    for (const point of sample(points)) {
      await withHome(async (home) => {
        const killed = await runScenario(home, { CRASH_AT: point });
        expect(existsSync(path.join(home, 'db')), point).toBe(true);
        if (killed.signal !== 'SIGKILL') failed.push(`${point}: was not reached: ${killed.errors}`);
        const resumed = await runScenario(home);
        if (resumed.code !== 0) failed.push(`${point}: ${resumed.errors}`);
      });
    }
    expect(failed).toEqual([]);
  });
});
