import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalExec } from '../../../adapters/process/local-exec.ts';
import { createLocalFiles } from '../../../adapters/process/local-files.ts';
import { withLock } from './lab-lock.ts';
import { toLabSettings } from './lab-settings.ts';
import { toLabWorld } from './lab-world.ts';

let folder: string;
const world = toLabWorld({ exec: createLocalExec(), files: createLocalFiles(), settings: toLabSettings({}) });
const request = (patienceMs: number) => ({ path: join(folder, 'lock'), purpose: 'a test', patienceMs });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('withLock', () => {
  it('refuses a second holder and says who has it', async () => {
    await withLock(world, request(0), async () => {
      await expect(withLock(world, request(0), async () => 'in')).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining(`Process ${process.pid} (a test)`),
      });
    });
  });

  it('lets a patient one in when the first is done', async () => {
    const order: string[] = [];
    const first = withLock(world, request(0), async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      order.push('first');
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await withLock(world, request(10_000), async () => order.push('second'));
    await first;
    expect(order).toEqual(['first', 'second']);
  });

  it('is given back when the work fails', async () => {
    await expect(withLock(world, request(0), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withLock(world, request(0), async () => 'in')).toBe('in');
  });

  it('takes over from a process that died, and from a lock cut short', async () => {
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: 'before this boot', purpose: 'a killed command' }));
    expect(await withLock(world, request(0), async () => 'in')).toBe('in');
    await writeFile(join(folder, 'lock'), '{"pid": 1');
    expect(await withLock(world, request(0), async () => 'in')).toBe('in');
  });
});
