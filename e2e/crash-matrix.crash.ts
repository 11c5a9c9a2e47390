import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Api } from './support/api.ts';
import { planRounds } from './support/crash-plan.ts';
import { IMAGES, PHASES, type PhaseName, renewals, runPhase } from './support/crash-scenario.ts';
import { createCrashWorld } from './support/crash-world.ts';
import { dockerOn } from './support/lab-hosts.ts';
import { allDetails, assertWorld } from './support/world.ts';

/** Points that a run takes which is not a full one. */
const SAMPLE = 8;

const isFull = process.env.CLOCKER_TEST_FULL === '1';
const seed = process.env.CLOCKER_TEST_SEED || 'none';
const started = Date.now();
const folder = mkdtempSync(path.join(tmpdir(), 'clocker-learn-'));
const learnFile = path.join(folder, 'points');

const world = await createCrashWorld();
const { rig, watch } = world;

const learned = await learn();
const rounds = planRounds(learned, isFull ? null : { seed, count: SAMPLE });
const pointCount = new Set([...learned.values()].flat()).size;
say(`${pointCount} points learned, ${rounds.flat().filter(({ point }) => point !== null).length} to be hit (seed ${seed})`);

afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [index, round] of rounds.entries()) {
  const state = { broken: '' };
  for (const { phase, point } of round) {
    const title = point === null ? `goes on with "${phase}"` : `survives a crash at ${point} while it does "${phase}"`;
    it(`application ${index + 1} ${title}`, { timeout: 600_000 }, async () => {
      if (state.broken !== '' && phase !== 'delete') throw new Error(`Not tried: "${state.broken}" failed before`);
      const from = Date.now();
      const broken = state.broken;
      state.broken = phase;
      await crashIn(phase, point, `round-${index}`);
      state.broken = broken;
      say(`${title}: ${((Date.now() - from) / 1_000).toFixed(1)} s`);
    });
  }
}

async function crashIn(phase: PhaseName, point: string | null, idempotencyKey: string): Promise<void> {
  if (point?.startsWith('image.pull')) await forgetImages();
  await rig.start(point === null ? {} : { CRASH_AT: point });
  try {
    const before = await rig.send(incarnations);
    await runPhase(phase, { rig, hosts: watch.hosts(), idempotencyKey });
    if (point !== null) expect(rig.kills(), `how often the process died at ${point}`).toBe(1);
    const after = await rig.send(incarnations);
    for (const [id, { name, incarnation }] of after) {
      const more = renewals(phase, name);
      const earlier = before.get(id)?.incarnation;
      if (more !== null) expect(incarnation, `containers that ${name} has had`).toBe(earlier === undefined ? 1 : earlier + more);
    }
    await rig.send((api) => assertWorld(api, watch));
  } finally {
    await rig.stop();
  }
}

/** Goes through all phases without a crash; the points that each passes. */
async function learn(): Promise<ReadonlyMap<PhaseName, readonly string[]>> {
  await forgetImages();
  const found = new Map<PhaseName, readonly string[]>();
  for (const phase of PHASES) {
    const from = Date.now();
    writeFileSync(learnFile, '');
    await rig.start({ CRASH_LEARN: learnFile });
    await runPhase(phase, { rig, hosts: watch.hosts(), idempotencyKey: 'learn' });
    await rig.send((api) => assertWorld(api, watch));
    const points = existsSync(learnFile) ? readFileSync(learnFile, 'utf8').split('\n').filter(Boolean) : [];
    found.set(phase, [...new Set(points)]);
    await rig.stop();
    say(`learned "${phase}": ${new Set(points).size} points, ${((Date.now() - from) / 1_000).toFixed(1)} s`);
  }
  return found;
}

/** Images are pulled again; strangers keep theirs under another name. */
async function forgetImages(): Promise<void> {
  for (const host of watch.hosts()) {
    for (const image of IMAGES) {
      const there = await dockerOn(host, 'image', 'ls', '--quiet', image);
      if (there !== '') await dockerOn(host, 'image', 'rm', '--force', image);
    }
  }
}

async function incarnations(api: Api): Promise<ReadonlyMap<string, { readonly name: string; readonly incarnation: number }>> {
  const entities = (await allDetails(api)).flatMap((detail) => detail.entities).filter((entity) => entity.incarnation > 0);
  return new Map(entities.map(({ id, name, incarnation }) => [id, { name, incarnation }]));
}

function say(text: string): void {
  process.stdout.write(`[${((Date.now() - started) / 1_000).toFixed(0)} s] ${text}\n`);
}
