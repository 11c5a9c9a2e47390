import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalExec } from '../../../adapters/process/local-exec.ts';
import { createLocalFiles } from '../../../adapters/process/local-files.ts';
import type { LocationSpec } from '../../../domain/entity/entity-spec.ts';
import { labDown } from './lab-down.ts';
import { toLabSettings } from './lab-settings.ts';
import { toLabWorld } from './lab-world.ts';
import { plugin } from './plugin.ts';

const MINUTES = 60_000;
const env = { ...process.env, CLOCKER_LAB_NAME: 'cloudtest' };
const ports = { exec: createLocalExec(), files: createLocalFiles(), env };
const world = toLabWorld({ ...ports, settings: toLabSettings(env) });
const lab = plugin.create(ports);
const location: LocationSpec = { kind: 'lab', target: '', options: { memory: '512m' } };
const bare: LocationSpec = { kind: 'lab', target: '', options: { memory: '512m', bare: true } };

beforeAll(() => labDown(world), 5 * MINUTES);
afterAll(() => labDown(world), 5 * MINUTES);

describe('machines of a lab, one at a time', () => {
  it(
    'makes those that are asked for at the same time, and gives the same again',
    async () => {
      expect(await lab.offer(location, new Set())).toBe('host-1');
      expect(await lab.offer(location, new Set(['host-1']))).toBe('host-2');
      expect(await lab.offer(bare, new Set())).toBe('bare-1');
      const made = await Promise.all([
        lab.obtain({ machine: 'host-1', location }),
        lab.obtain({ machine: 'host-2', location }),
        lab.obtain({ machine: 'bare-1', location: bare }),
      ]);
      expect(made.map((machine) => machine.bare)).toEqual([false, false, true]);
      expect(new Set(made.map(({ address }) => address)).size).toBe(3);
      expect(await lab.obtain({ machine: 'host-1', location })).toEqual(made[0]);
    },
    20 * MINUTES,
  );

  it(
    'removes one and leaves the others, and is content with one that is gone',
    async () => {
      await lab.release('host-1');
      await lab.release('host-1');
      expect(await lab.offer(location, new Set(['host-2']))).toBe('host-1');
      expect(await lab.offer(bare, new Set())).toBe('bare-2');
    },
    5 * MINUTES,
  );
});
