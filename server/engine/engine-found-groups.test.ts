import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { invokeEffector } from './commands/invoke-effector.ts';
import { updateApplication } from './commands/update-application.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

const BOXES = `- type: cluster
  id: pool
  initialSize: 2
  memberSpec: { type: 'docker:web:1', name: web }
- { type: 'docker:db:1', id: db, name: db }
`;
const SORTED = `
name: sorted
location: ${CLOUD}
services:
- type: org.apache.brooklyn.entity.group.DynamicMultiGroup
  id: sorted
  brooklyn.config:
    entityFilter: value.type == "docker-container" && value.up
    bucketExpression: 'value.isMember ? "in the pool" : value.name'
${BOXES}`;
const NUMBERED = `
name: numbered
location: ${CLOUD}
services:
- type: org.apache.brooklyn.entity.group.SequenceGroup
  id: numbered
  brooklyn.config:
    entityFilter: value.isMember
    sequenceStart: 5
    sequenceIncrement: 2
    sequenceFormat: node%03d
${BOXES}`;

async function deploy(text: string): Promise<void> {
  fixture = await openEngineFixture();
  await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(8_000);
}

function named(planId: string): Entity {
  const found = [...fixture.store.view.all('entity').values()].find((entity) => entity.planId === planId);
  if (!found) throw new Error(`no ${planId}`);
  return found;
}

async function invoke(planId: string, effector: string, parameters: unknown = {}): Promise<void> {
  await invokeEffector(fixture.engine.context, USER, { entityId: named(planId).id, effector, parameters });
  await fixture.pass(8_000);
}

async function update(text: string, expectedGeneration: number): Promise<void> {
  const { applicationId } = named('db');
  await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration });
  await fixture.pass(20_000);
}

describe('a group that sorts what it finds into groups', () => {
  /** Members of each of its groups by name. */
  const buckets = (): Readonly<Record<string, readonly unknown[]>> =>
    Object.fromEntries(
      fixture.store.view
        .childrenOf(named('sorted').id)
        .map(({ name, members }) => [name, (members ?? []).map((id) => fixture.store.view.get('entity', id)?.name)]),
    );

  it('has one for each bucket, which follows its members and goes with the last', async () => {
    await deploy(SORTED);
    expect(buckets()).toEqual({ 'in the pool': ['web-1', 'web-2'], db: ['db'] });
    const groups = fixture.store.view.childrenOf(named('sorted').id);
    expect(named('sorted').sensors['brooklyn.multigroup.buckets']).toEqual(Object.fromEntries(groups.map(({ name, id }) => [name, id])));
    expect(groups.map(({ actual, sensors }) => `${actual} ${sensors['group.members.count']}`).sort()).toEqual(['RUNNING 1', 'RUNNING 2']);
    await invoke('pool', 'resize', { desiredSize: 3 });
    await invoke('db', 'stop');
    expect(buckets()).toEqual({ 'in the pool': ['web-1', 'web-2', 'web-3'] });
    expect(Object.keys(Object(named('sorted').sensors['brooklyn.multigroup.buckets']))).toEqual(['in the pool']);
  });

  it('keeps its groups through a crash and a new generation, and makes them what the blueprint says', async () => {
    await deploy(SORTED);
    const pool = () => fixture.store.view.childrenOf(named('sorted').id).find(({ bucket }) => bucket === 'in the pool')?.id;
    const before = pool();
    await fixture.crash();
    await fixture.pass(2_000);
    await update(SORTED.replace('id: db, name: db', 'id: db, name: base'), 1);
    expect(buckets()).toEqual({ 'in the pool': ['web-1', 'web-2'], base: ['base'] });
    expect(pool()).toBe(before);
    await update(
      SORTED.replace('    bucketExpression', '    bucketSpec: { $brooklyn:entitySpec: { type: dynamic-group } }\n    bucketExpression'),
      2,
    );
    expect(fixture.store.view.childrenOf(named('sorted').id).map(({ type }) => type)).toEqual(['dynamic-group', 'dynamic-group']);
  });
});

describe('a group that numbers what it finds', () => {
  const numbers = (): readonly unknown[] =>
    fixture.store.view.childrenOf(named('pool').id).map(({ sensors }) => [sensors['sequence.value'], sensors['sequence.string']]);

  it('gives each member the next number, and none twice', async () => {
    await deploy(NUMBERED);
    expect(numbers()).toEqual([
      [5, 'node005'],
      [7, 'node007'],
    ]);
    await invoke('pool', 'resize', { desiredSize: 1 });
    await invoke('pool', 'resize', { desiredSize: 2 });
    expect(numbers()).toEqual([
      [5, 'node005'],
      [9, 'node009'],
    ]);
    expect(named('db').sensors).not.toHaveProperty('sequence.value');
  });

  it('goes on after a crash, and begins again when told so', async () => {
    await deploy(NUMBERED);
    await fixture.crash();
    await fixture.pass(2_000);
    await invoke('pool', 'resize', { desiredSize: 3 });
    expect(numbers().at(-1)).toEqual([9, 'node009']);
    await invoke('pool', 'resize', { desiredSize: 1 });
    await invoke('pool', 'resize', { desiredSize: 2 });
    await invoke('numbered', 'reset');
    expect(numbers().map((each) => (each as readonly unknown[])[1])).toEqual(['node005', 'node007']);
  });

  it('refuses a format that has no number in it', async () => {
    fixture = await openEngineFixture();
    const text = NUMBERED.replace('node%03d', 'node');
    await expect(deployApplication(fixture.engine.context, USER, { text })).rejects.toMatchObject({ code: 'blueprint.invalid' });
  });
});
