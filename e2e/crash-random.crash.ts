import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Api } from './support/api.ts';
import { blueprint } from './support/crash-scenario.ts';
import { type CrashWorld, createCrashWorld } from './support/crash-world.ts';
import { assertWorld } from './support/world.ts';

const KILLS = process.env.CLOCKER_TEST_FULL === '1' ? 50 : 5;
/** Between two kills at most. Milliseconds. */
const LONGEST_LIFE_MS = 6_000;
/** One kill in so many is followed by a wait until all is settled. */
const LOOK_EVERY = 5;

const seed = process.env.CLOCKER_TEST_SEED || 'none';
let world: CrashWorld;

beforeAll(async () => {
  world = await createCrashWorld({ networking: { provider: 'vxlan' } });
});

afterAll(async () => {
  await world.close();
});

it(`ends as it was asked to after ${KILLS} kills at random times while applications are deployed, resized and deleted (seed ${seed})`, async () => {
  const { rig, watch } = world;
  const random = randomFrom(seed);
  const started = Date.now();
  await rig.start();
  const control = { over: false, commands: 0 };
  const commands = giveCommands(control, random);
  let killed = 0;
  while (killed < KILLS) {
    await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_LIFE_MS));
    await rig.kill();
    killed += 1;
    // Whoever asks next starts it again.
    await rig.send((api) => api.system.about.query());
    if (killed % LOOK_EVERY !== 0) continue;
    control.over = true;
    await commands.current;
    await rig.settle();
    await rig.send((api) => assertWorld(api, watch));
    process.stdout.write(
      `${killed} kills, ${control.commands} commands, ${((Date.now() - started) / 1_000).toFixed(0)} s: all as it should be\n`,
    );
    control.over = false;
    commands.begin();
  }
  control.over = true;
  await commands.current;
  for (const { id } of await rig.send((api) => api.application.list.query({}))) await rig.send((api) => remove(api, id));
  await rig.settle();
  await rig.send((api) => assertWorld(api, watch));
  expect(await rig.send((api) => api.application.list.query({}))).toEqual([]);
  expect(rig.kills()).toBe(KILLS);
  await rig.stop();
});

/** One command after the other, each sent until it is acknowledged, as long as it is not over. */
function giveCommands(control: { over: boolean; commands: number }, random: () => number) {
  const { rig } = world;
  async function give(): Promise<void> {
    while (!control.over) {
      control.commands += 1;
      const applications = await rig.send((api) => api.application.list.query({}));
      const living = applications.filter((one) => one.root?.goal !== 'destroyed');
      const chosen = living[Math.floor(random() * living.length)];
      const dice = random();
      if (!chosen || (living.length < 2 && dice < 0.4)) {
        const idempotencyKey = `random-${control.commands}`;
        await rig.send((api) => api.application.deploy.mutate({ text: blueprint(), name: idempotencyKey, idempotencyKey }));
      } else if (dice < 0.8) {
        const size = 1 + Math.floor(random() * 4);
        await rig.send((api) => resize(api, chosen.id, size));
      } else {
        await rig.send((api) => remove(api, chosen.id));
      }
      await new Promise((resolve) => setTimeout(resolve, random() * 3_000));
    }
  }
  const commands = {
    current: give(),
    begin: (): void => {
      commands.current = give();
    },
  };
  return commands;
}

async function resize(api: Api, applicationId: string, size: number): Promise<void> {
  const { entities } = await api.application.get.query({ applicationId });
  const web = entities.find((entity) => entity.size !== null);
  if (web) await api.entity.resize.mutate({ entityId: web.id, size });
}

/** An answer that it is being deleted, or is gone, is as good: the command was done, but not acknowledged. */
async function remove(api: Api, applicationId: string): Promise<void> {
  await api.application.delete.mutate({ applicationId, removeVolumes: true }).catch(async (error: unknown) => {
    const left = (await api.application.list.query({})).find((one) => one.id === applicationId);
    if (left && left.root?.goal !== 'destroyed') throw error;
  });
}

/** The same numbers for the same seed, 0 to 1. */
function randomFrom(text: string): () => number {
  let n = 0;
  return () => {
    n += 1;
    return createHash('sha256').update(`${text} ${n}`).digest().readUInt32BE(0) / 2 ** 32;
  };
}
