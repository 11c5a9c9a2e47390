import { afterEach, describe, expect, it } from 'vitest';
import { createSeededRandom } from '../adapters/simulated/seeded-random.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const [MIN, MAX] = [2, 5];
const POOL = `
name: pool
location: ${CLOUD}
services:
- type: cluster
  id: web
  initialSize: 2
  memberSpec: { type: 'docker:web:1', openPorts: [80] }
  brooklyn.policies:
  - type: AutoScalerPolicy
    id: scaler
    brooklyn.config: { metric: load, metricLowerBound: 10, metricUpperBound: 20, minPoolSize: ${MIN}, maxPoolSize: ${MAX}, metricStaleAfter: 20s }
`;

let fixture: EngineFixture;

afterEach(() => fixture.stop());

function cluster(): Entity {
  const found = [...fixture.store.view.all('entity').values()].find(({ planId, slot }) => planId === 'web' && slot === null);
  if (!found) throw new Error('no cluster');
  return found;
}

/** Sizes of the cluster, one after the other, while each second a metric is told of one member; `undefined` tells nothing. */
async function sizesUnder(metric: (second: number, size: number) => number | string | undefined, seconds: number): Promise<number[]> {
  fixture = await openEngineFixture();
  await deployApplication(fixture.engine.context, USER, { text: POOL });
  await fixture.pass(10_000);
  const sizes = [cluster().size ?? 0];
  fixture.store.subscribe(({ changes }) => {
    const size = changes.some(({ id }) => id === cluster().id) ? cluster().size : null;
    if (size !== null && size !== sizes.at(-1)) sizes.push(size);
  });
  for (let second = 0; second < seconds; second++) {
    const value = metric(second, cluster().size ?? 0);
    if (value !== undefined) fixture.engine.context.sensors.publish(cluster().id, fixture.clock.now(), { load: value });
    await fixture.pass(1_000);
  }
  return sizes;
}

function said(): string {
  return fixture.store.view.adjunctsOf(cluster().id)[0]?.highlight?.text ?? '';
}

const random = createSeededRandom(11);
const loads: number[] = [];

describe('an auto-scaler in the engine', () => {
  it.each([
    ['a square', (second: number, size: number) => (Math.floor(second / 30) % 2 === 0 ? 20 : 120) / size, [2, 5]],
    ['a sine', (second: number, size: number) => (60 + 50 * Math.sin(second / 8)) / size, [2, 3, 4, 5]],
    ['noise at its upper bound', (_: number, size: number) => (40 + 4 * (random() - 0.5)) / size, [2, 3]],
    ['a step', (second: number, size: number) => (second < 10 ? 30 : 75) / size, [2, 4]],
    ['a metric that is stuck', () => 500, [2, 5]],
    ['a metric that lies', (second: number) => (second % 2 === 0 ? 0 : 100_000), [2, 5]],
    ['a metric of a minute ago', (_: number, size: number) => 75 / (loads[loads.push(size) - 60] ?? MIN), [2, 4, 5]],
  ])('keeps its bounds under %s, and does not swing', async (_, metric, sizes) => {
    expect(await sizesUnder(metric, 90)).toEqual(sizes);
  });

  it.each([
    ['no number', 'much', /load is no number \(much\): the size stays 2/],
    ['missing', undefined, /There is no value of load: the size stays 2/],
    ['NaN', Number.NaN, /There is no value of load: the size stays 2/],
  ])('freezes and says so while its metric is %s', async (_, value, text) => {
    expect(await sizesUnder(() => value, 30)).toEqual([2]);
    expect(said()).toMatch(text);
  });

  it('freezes and says so once its metric is heard no more', async () => {
    expect(await sizesUnder((second) => (second < 5 ? 15 : undefined), 40)).toEqual([2]);
    expect(said()).toMatch(/The last value of load is \d+ s old: the size stays 2/);
  });
});
