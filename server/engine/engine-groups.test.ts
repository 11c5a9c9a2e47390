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

const membersOf = (planId: string): readonly (string | undefined)[] =>
  (named(planId).members ?? []).map((id) => fixture.store.view.get('entity', id)?.name);
const invoke = (planId: string, effector: string, parameters: unknown = {}) =>
  invokeEffector(fixture.engine.context, USER, { entityId: named(planId).id, effector, parameters });

const GROUPS = `
name: groups
location: ${CLOUD}
services:
- type: org.apache.brooklyn.entity.group.DynamicGroup
  id: found
  brooklyn.config:
    dynamicgroup.entityfilter: value.type == "docker-container" && value.name.startsWith("web") && value.up
  brooklyn.enrichers:
  - type: aggregator
    brooklyn.config:
      enricher.sourceSensor: $brooklyn:sensor("load")
      enricher.targetSensor: $brooklyn:sensor("loads")
      enricher.aggregating.fromMembers: true
      transformation: list
- type: org.apache.brooklyn.entity.group.BasicGroup
  id: told
  brooklyn.config: { quorum.up: atLeastOne }
- type: org.apache.brooklyn.entity.group.BasicGroup
  id: parents
  childrenAsMembers: true
  brooklyn.children:
  - { type: 'docker:box:1', id: child, name: child }
- type: cluster
  id: pool
  initialSize: 2
  memberSpec:
    type: 'docker:web:1'
    name: web
    openPorts: [80]
    brooklyn.initializers:
    - type: org.apache.brooklyn.core.sensor.StaticSensor
      brooklyn.config: { name: load, static.value: 3, targetType: double }
- { type: 'docker:db:1', id: db, name: db }
- type: haproxy
  id: lb
  brooklyn.config: { loadBalancer.target: $brooklyn:component("found") }
`;

describe('a dynamic group', () => {
  it('has whoever fits its filter, follows them, and can be aggregated over and balanced', async () => {
    await deploy(GROUPS);
    expect(membersOf('found')).toEqual(['web-1', 'web-2']);
    expect(named('found')).toMatchObject({ actual: 'RUNNING', sensors: { 'group.members.count': 2, loads: [3, 3] } });
    await invoke('pool', 'resize', { desiredSize: 3 });
    await fixture.pass(8_000);
    expect(membersOf('found')).toEqual(['web-1', 'web-2', 'web-3']);
    expect(named('found').sensors.loads).toEqual([3, 3, 3]);
    const { id } = named('pool');
    const first = fixture.store.view.childrenOf(id).find(({ slot }) => slot === 1);
    await invokeEffector(fixture.engine.context, USER, { entityId: first?.id as Entity['id'], effector: 'stop', parameters: {} });
    await fixture.pass(8_000);
    expect(membersOf('found')).toEqual(['web-2', 'web-3']);
    const servers = named('lb').sensors['proxy.servers'];
    expect(servers).toHaveLength(2);
    const { taskId } = await invoke('found', 'rescanEntities');
    await fixture.pass(1_000);
    expect(fixture.store.view.get('task', taskId)?.status).toBe('done');
  });

  it.each([
    ['$brooklyn:component("pool")', ['web-1', 'web-2']],
    ['pool', ['web-1', 'web-2']],
    ['$brooklyn:parent()', ['web-1', 'web-2', 'web-out']],
    ['nobody', []],
  ])('looks below %s alone', async (ancestor, members) => {
    await deploy(
      `${GROUPS.replace('dynamicgroup.entityfilter', `dynamicgroup.ancestor: ${ancestor}\n    dynamicgroup.entityfilter`)}- { type: 'docker:web:1', name: web-out }\n`,
    );
    expect(membersOf('found').toSorted()).toEqual(members);
  });

  it('refuses a filter that it cannot read, where it stands', async () => {
    fixture = await openEngineFixture();
    const text = GROUPS.replace('&& value.up', '&& host.up');
    await expect(deployApplication(fixture.engine.context, USER, { text })).rejects.toMatchObject({
      code: 'blueprint.invalid',
      message: expect.stringContaining('host'),
    });
  });
});

describe('a group that is told its members', () => {
  it('takes and gives them up, and is up while its quorum of them is', async () => {
    await deploy(GROUPS);
    expect(named('told').actual).toBe('STARTING');
    const { taskId } = await invoke('told', 'addMember', { member: 'db' });
    await fixture.pass(1_000);
    expect([membersOf('told'), named('told').actual, fixture.store.view.get('task', taskId)?.status]).toEqual([['db'], 'RUNNING', 'done']);
    await invoke('db', 'stop');
    await fixture.pass(15_000);
    expect(named('told').sensors['service.isUp']).toBe(false);
    await invoke('told', 'removeMember', { member: named('db').id });
    await fixture.pass(1_000);
    expect(membersOf('told')).toEqual([]);
  });

  it('refuses what is not there, what it is in, and who is no member', async () => {
    await deploy(GROUPS);
    await expect(invoke('told', 'addMember', { member: 'nobody' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(invoke('told', 'addMember', { member: 'told' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(invoke('told', 'removeMember', { member: 'db' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('has its children as members where it is told so, and forgets who is gone', async () => {
    await deploy(GROUPS);
    await invoke('parents', 'addMember', { member: 'db' });
    await fixture.pass(1_000);
    expect(membersOf('parents')).toEqual(['child', 'db']);
    await expect(invoke('parents', 'removeMember', { member: 'child' })).rejects.toMatchObject({ code: 'conflict' });
    const text = GROUPS.replace("- { type: 'docker:db:1', id: db, name: db }\n", '');
    await updateApplication(fixture.engine.context, USER, { applicationId: named('told').applicationId, text, expectedGeneration: 1 });
    await fixture.pass(20_000);
    expect(membersOf('parents')).toEqual(['child']);
  });

  it('keeps them through a crash', async () => {
    await deploy(GROUPS);
    await invoke('told', 'addMember', { member: 'db' });
    await fixture.crash();
    await fixture.pass(2_000);
    expect([membersOf('told'), membersOf('found')]).toEqual([['db'], ['web-1', 'web-2']]);
    expect(named('told').actual).toBe('RUNNING');
  });
});

describe('a fabric', () => {
  const fabric = (locations: string): string => `
name: fabric
services:
- type: org.apache.brooklyn.entity.group.DynamicFabric
  id: f
  locations: [${locations}]
  displayNamePrefix: 'pool of '
  memberSpec:
    type: cluster
    initialSize: 2
    memberSpec: { type: 'docker:web:1', name: web }
`;

  it('has a member in each of its locations, and follows the blueprint', async () => {
    fixture = await openEngineFixture();
    const missing = deployApplication(fixture.engine.context, USER, { text: fabric(`${CLOUD}, elsewhere`) });
    await expect(missing).rejects.toMatchObject({ message: expect.stringContaining('elsewhere') });
    await deployApplication(fixture.engine.context, USER, { text: fabric(CLOUD) });
    await fixture.pass(8_000);
    const children = fixture.store.view.childrenOf(named('f').id);
    expect(children.map(({ name, actual, size, spec }) => [name, actual, size, spec.location])).toEqual([
      [`pool of ${CLOUD}`, 'RUNNING', 2, CLOUD],
    ]);
    const { applicationId } = named('f');
    await updateApplication(fixture.engine.context, USER, { applicationId, text: fabric(`${CLOUD}, ${CLOUD}`), expectedGeneration: 1 });
    await fixture.pass(8_000);
    expect(fixture.store.view.childrenOf(named('f').id).map(({ name }) => name)).toEqual([`pool of ${CLOUD}`, `pool of ${CLOUD} 2`]);
    expect(fixture.machines.flatMap((machine) => machine.running())).toHaveLength(4);
    await updateApplication(fixture.engine.context, USER, { applicationId, text: fabric(CLOUD), expectedGeneration: 2 });
    await fixture.pass(20_000);
    expect(fixture.machines.flatMap((machine) => machine.running())).toHaveLength(2);
  });
});
