import { describe, expect, it } from 'vitest';
import { checkWorld } from '../testing/check-world.ts';
import { openEngineFixture, TEST_NETWORKING } from '../testing/engine-fixture.ts';
import { runSchedule } from '../testing/simulated-schedule.ts';

/** `CLOCKER_WORLD_SEEDS=5000` runs more of them, `CLOCKER_WORLD_FIRST=17` begins elsewhere. */
const SEEDS = Number(process.env.CLOCKER_WORLD_SEEDS ?? (process.env.CLOCKER_TEST_FULL === '1' ? 400 : 12));
const FIRST = Number(process.env.CLOCKER_WORLD_FIRST ?? 1);
const ACTS = 25;
const HEALING_STEP_MS = 60_000;
const HEALING_STEPS = 8;

/** Heals for at most eight minutes of the simulated clock; gives what is still wrong then. */
async function liveThrough(seed: number): Promise<readonly string[]> {
  // Every other world has networks that reach all hosts.
  const fixture = await openEngineFixture({ seed, ...(seed % 2 === 0 ? { networking: TEST_NETWORKING } : {}) });
  for (const machine of fixture.machines) {
    machine.behaviourOf = (image) => (image === 'job:1' ? { exitCode: 0, exitAfterMs: 700 } : {});
    machine.addForeign(`theirs-${machine.name}`);
    machine.addForeign(`ck-plane2-look-alike-1`, { 'io.clocker.plane': 'plane1', 'io.clocker.name': 'ck-plane2-look-alike-1' });
  }
  const { story } = await runSchedule(fixture, ACTS);
  let wrong: readonly string[] = [];
  for (let step = 0; step < HEALING_STEPS; step += 1) {
    await fixture.pass(HEALING_STEP_MS);
    wrong = checkWorld(fixture);
    if (wrong.length === 0) break;
  }
  await fixture.stop();
  return wrong.length === 0 ? [] : [`seed ${seed}: ${story.join(', ')}`, ...wrong];
}

describe('engine, simulated world', () => {
  it('converges after crashes, lost calls, lost and doubled events, dead hosts and overlapping commands', {
    timeout: SEEDS * 5_000 + 20_000,
  }, async () => {
    const wrong: (readonly string[])[] = [];
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) wrong.push(await liveThrough(seed));
    expect(wrong.filter((one) => one.length > 0)).toEqual([]);
  });
});
