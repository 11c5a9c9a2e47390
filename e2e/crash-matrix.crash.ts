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
  const points = round.flatMap(({ point }) => point ?? []);
  it(`application ${index + 1} survives a crash at ${points.join(', ')}`, { timeout: 1_200_000 }, async () => {
    if (points.some((point) => point.startsWith('image.pull'))) await forgetImages();
    await rig.start({ crashAt: points });
    try {
      for (const [n, { phase, point }] of round.entries()) {
        const from = Date.now();
        await goThrough(phase, `round-${index}`);
        const expected = round.slice(0, n + 1).filter((one) => one.point !== null).length;
        // It may have died at the next point already, while it recovered from this one.
        expect(rig.kills(), `how often it died by the end of "${phase}", at ${points.join(', ')}`).toBeGreaterThanOrEqual(expected);
        say(`${index + 1}. "${phase}"${point === null ? '' : `, crash at ${point}`}: ${((Date.now() - from) / 1_000).toFixed(1)} s`);
      }
    } catch (error) {
      say(`${index + 1}. failed: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    } finally {
      await clear();
      await rig.stop();
    }
  });
}

async function goThrough(phase: PhaseName, idempotencyKey: string): Promise<void> {
  const before = await rig.send(incarnations);
  await runPhase(phase, { rig, hosts: watch.hosts(), idempotencyKey });
  const after = await rig.send(incarnations);
  for (const [id, { name, incarnation }] of after) {
    const more = renewals(phase, name);
    const earlier = before.get(id)?.incarnation;
    if (more !== null)
      expect(incarnation, `containers that ${name} has had after "${phase}"`).toBe(earlier === undefined ? 1 : earlier + more);
  }
  await rig.send((api) => assertWorld(api, watch));
}

/** What a failed case has left must not fail the next one. */
async function clear(): Promise<void> {
  for (const { id } of await rig.send((api) => api.application.list.query({}))) {
    await rig.send((api) => api.application.delete.mutate({ applicationId: id, removeVolumes: true }).catch(() => null));
  }
  await rig.settle();
  watch.witness.forget();
}

/** Goes through all phases without a crash; the points that each passes. */
async function learn(): Promise<ReadonlyMap<PhaseName, readonly string[]>> {
  await forgetImages();
  const found = new Map<PhaseName, readonly string[]>();
  for (const phase of PHASES) {
    const from = Date.now();
    writeFileSync(learnFile, '');
    await rig.start({ env: { CRASH_LEARN: learnFile } });
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
