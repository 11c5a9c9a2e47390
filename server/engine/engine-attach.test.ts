import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { checkWorld } from '../testing/check-world.ts';
import { networkedBlueprint } from '../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture, TEST_NETWORKING } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity } from './commands/entity-effectors.ts';
import { attachNetwork, detachNetwork } from './commands/networks/attach-network.ts';
import { updateApplication } from './commands/update-application.ts';
import { networksOfEntity } from './queries/networks-of-entity.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(text = networkedBlueprint(), networking = true): Promise<ApplicationId> {
  fixture = await openEngineFixture(networking ? { networking: TEST_NETWORKING } : {});
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  return applicationId;
}

const named = (applicationId: ApplicationId, planId: string) =>
  fixture.store.view.entitiesOf(applicationId).find((one) => one.planId === planId) as Entity;
const instanceOf = (applicationId: ApplicationId, planId: string) =>
  fixture.store.view.get('instance', named(applicationId, planId).instanceId ?? '') as Instance;
const containerOf = ({ hostId, containerName }: Instance) => fixture.machines.find(({ name }) => name === hostId)?.find(containerName);
const networksIn = (instance: Instance) => containerOf(instance)?.request.spec.networks?.map(({ name, address }) => [name, address]);
const attach = async (entity: Entity, network: string, address?: string) => {
  await attachNetwork(fixture.engine.context, { entityId: entity.id, network, address });
  await fixture.pass(5_000);
};
const detach = async (entity: Entity, network: string) => {
  await detachNetwork(fixture.engine.context, { entityId: entity.id, network });
  await fixture.pass(5_000);
};

describe('an entity that is attached to a further network', () => {
  it('joins as it runs: the same container, an address of its own there, and the one that it had', async () => {
    const applicationId = await deploy();
    const before = instanceOf(applicationId, 'cache');
    await attach(named(applicationId, 'cache'), 'front');
    const after = instanceOf(applicationId, 'cache');
    expect(after.containerId).toBe(before.containerId);
    expect(containerOf(after)?.starts).toBe(1);
    expect(networksIn(after)).toEqual([
      ['back', before.endpoints?.[0]?.address],
      ['front', '10.208.0.2'],
    ]);
    expect(after.endpoints?.map(({ network, joined }) => [network, joined])).toEqual([
      ['back', undefined],
      ['front', true],
    ]);
    expect(named(applicationId, 'cache').sensors).toMatchObject({
      'network.back.address': before.endpoints?.[0]?.address,
      'network.front.address': '10.208.0.2',
    });
    expect(checkWorld(fixture)).toEqual([]);
    await detach(named(applicationId, 'cache'), 'front');
    expect(Object.keys(named(applicationId, 'cache').sensors)).toContain('network.back.address');
    expect(Object.keys(named(applicationId, 'cache').sensors)).not.toContain('network.front.address');
    expect(instanceOf(applicationId, 'cache')).toMatchObject({ containerId: before.containerId, endpoints: before.endpoints });
    expect(named(applicationId, 'cache').networks).toEqual({ attached: [], detached: ['front'] });
    expect(checkWorld(fixture)).toEqual([]);
    await attach(named(applicationId, 'cache'), 'front');
    expect(networksIn(instanceOf(applicationId, 'cache'))?.map(([name]) => name)).toEqual(['back', 'front']);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('keeps it when it dies, and its cluster gives it to members that come later', async () => {
    const applicationId = await deploy();
    const cluster = named(applicationId, 'api');
    await attach(cluster, 'front');
    const member = fixture.store.view.childrenOf(cluster.id)[0] as Entity;
    const [first] = fixture.store.view.instancesOf(member.id);
    if (!first) throw new Error('no member');
    const machine = fixture.machines.find(({ name }) => name === first.hostId);
    const container = containerOf(first);
    if (machine && container) machine.end(container, 1);
    await resizeEntity(fixture.engine.context, USER, { entityId: cluster.id, size: 3 });
    await fixture.pass(10_000);
    const members = fixture.store.view.childrenOf(cluster.id).map(({ instanceId }) => fixture.store.view.get('instance', instanceId ?? ''));
    expect(members.map((one) => one?.endpoints?.map(({ network }) => network))).toEqual([
      ['back', 'front'],
      ['back', 'front'],
      ['back', 'front'],
    ]);
    const healed = members.find((one) => one?.entityId === member.id);
    expect(healed?.endpoints?.map(({ address }) => address)).toEqual(first.endpoints?.map(({ address }) => address));
    // Made with both, it asks both for names.
    expect(healed?.endpoints?.some(({ joined }) => joined)).toBe(false);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('can have a fixed address there, which nobody else has', async () => {
    const applicationId = await deploy();
    await attach(named(applicationId, 'cache'), 'front', '10.208.0.9');
    expect(networksIn(instanceOf(applicationId, 'cache'))?.at(-1)).toEqual(['front', '10.208.0.9']);
    const refused = (planId: string, network: string, address?: string) =>
      attachNetwork(fixture.engine.context, { entityId: named(applicationId, planId).id, network, address });
    await expect(refused('api', 'front', '10.208.0.10')).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringContaining('several containers'),
    });
    await expect(refused('cache', 'front')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('on network front already'),
    });
    await expect(refused('cache', 'bakc')).rejects.toMatchObject({ code: 'input.invalid', hint: 'Known are back, front.' });
  });

  it('says that an address is taken, and joins once it is free', async () => {
    const applicationId = await deploy();
    const taken = instanceOf(applicationId, 'web').endpoints?.find(({ network }) => network === 'front')?.address;
    await attach(named(applicationId, 'cache'), 'front', taken);
    const cache = () => named(applicationId, 'cache');
    expect(cache().problems['plan-networks']).toContain(`address ${taken} of network front is taken`);
    await detach(cache(), 'front');
    expect(cache().problems).toEqual({});
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('is not taken off its last network', async () => {
    const applicationId = await deploy();
    await expect(
      detachNetwork(fixture.engine.context, { entityId: named(applicationId, 'cache').id, network: 'back' }),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('back is the only network of') });
  });

  it('is made anew where it leaves all the networks that it asks for names', async () => {
    const applicationId = await deploy();
    const before = instanceOf(applicationId, 'cache');
    await attach(named(applicationId, 'cache'), 'front');
    await detach(named(applicationId, 'cache'), 'back');
    await fixture.pass(20_000);
    const after = instanceOf(applicationId, 'cache');
    expect(after.containerId).not.toBe(before.containerId);
    expect(after.endpoints?.map(({ network, joined }) => [network, joined])).toEqual([['front', undefined]]);
    expect(checkWorld(fixture)).toEqual([]);
  });
});

describe('an update of networks alone', () => {
  it('is made as the containers run', async () => {
    const applicationId = await deploy();
    const before = fixture.store.view.childrenOf(named(applicationId, 'api').id).map(({ instanceId }) => instanceId);
    const text = networkedBlueprint({ apiNetworks: '[back, front]' });
    await updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await fixture.pass(20_000);
    const members = fixture.store.view.childrenOf(named(applicationId, 'api').id);
    expect(members.map(({ instanceId }) => instanceId)).toEqual(before);
    for (const { instanceId } of members) {
      const instance = fixture.store.view.get('instance', instanceId ?? '') as Instance;
      expect(networksIn(instance)?.map(([name]) => name)).toEqual(['back', 'front']);
    }
    expect(checkWorld(fixture)).toEqual([]);
  });
});

describe('a bridge that ends at its host', () => {
  it('is joined by one that is there, and refused to one that is elsewhere', async () => {
    const text = `
name: apart
location: test
brooklyn.config: { docker.networks: { back: {}, side: {} } }
services:
- { type: 'docker:web:1', id: web, networks: [back] }
- { type: 'docker:api:1', id: api, networks: [back] }
- { type: 'docker:cron:1', id: cron, networks: [side] }
`.replace('location: test', networkedBlueprint().split('\n')[2] ?? '');
    const applicationId = await deploy(text, false);
    const [web, cron] = [named(applicationId, 'web'), named(applicationId, 'cron')];
    expect(instanceOf(applicationId, 'web').hostId).not.toBe(instanceOf(applicationId, 'cron').hostId);
    const seen = networksOfEntity(fixture.engine.context, fixture.store.view, web);
    expect(seen.map(({ name, isOn, refusal }) => [name, isOn, refusal === null])).toEqual([
      ['back', true, true],
      ['side', false, false],
    ]);
    await expect(attach(cron, 'back')).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('different hosts') });
    expect(checkWorld(fixture)).toEqual([]);
  });
});
