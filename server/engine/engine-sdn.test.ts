import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId, HostId } from '../domain/shared/ids.ts';
import { checkWorld } from '../testing/check-world.ts';
import { networkedBlueprint } from '../testing/engine-blueprints.ts';
import { CLOUD, type EngineFixture, openEngineFixture, TEST_NETWORKING } from '../testing/engine-fixture.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity } from './commands/entity-effectors.ts';
import { removeHost } from './commands/hosts/remove-host.ts';
import { updateCloud } from './commands/hosts/update-cloud.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(text = networkedBlueprint()): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  return applicationId;
}

const entities = (applicationId: ApplicationId) => fixture.store.view.entitiesOf(applicationId);
const cluster = (applicationId: ApplicationId) => entities(applicationId).find(({ size }) => size !== null) as Entity;
const member = (applicationId: ApplicationId, slot: number) => entities(applicationId).find((one) => one.slot === slot) as Entity;
const instanceOf = ({ instanceId }: Entity) => fixture.store.view.get('instance', instanceId ?? '') as Instance;
const virtualNetworks = () => [...fixture.store.view.all('virtualNetwork').values()];
const requests = () => fixture.machines.flatMap((machine) => machine.running().map(({ request }) => request));

describe('networks that reach all hosts', () => {
  it('leave placement free, and give each container an address of its own, a name server and no alias of Docker', async () => {
    fixture = await openEngineFixture({ networking: TEST_NETWORKING });
    const applicationId = await deploy();
    expect(fixture.machines.filter((machine) => machine.running().length > 0)).toHaveLength(3);
    expect(
      virtualNetworks().map(({ logicalName, subnet, mtu, internal, domain }) => ({ logicalName, subnet, mtu, internal, domain })),
    ).toEqual([
      { logicalName: 'front', subnet: '10.208.0.0/28', mtu: 1450, internal: false, domain: 'mesh.clocker.internal' },
      { logicalName: 'back', subnet: '10.208.0.16/28', mtu: 1450, internal: true, domain: 'mesh.clocker.internal' },
    ]);
    const addresses = entities(applicationId).flatMap(
      ({ instanceId }) => fixture.store.view.get('instance', instanceId ?? '')?.endpoints ?? [],
    );
    expect(addresses).toHaveLength(5);
    expect(new Set(addresses.map(({ address }) => address)).size).toBe(5);
    const web = requests().find(({ spec }) => spec.image === 'nginx:1');
    expect(web?.spec.networks?.map(({ name, aliases, address }) => [name, aliases, address])).toEqual([
      ['front', [], '10.208.0.1'],
      ['back', [], '10.208.0.17'],
    ]);
    expect(web?.spec.options?.dns).toHaveLength(2);
    expect(web?.spec.options?.dnsSearch).toEqual(['mesh.clocker.internal']);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('have another bridge address on each host, and one name on the wire', async () => {
    fixture = await openEngineFixture({ networking: TEST_NETWORKING });
    await deploy();
    const back = virtualNetworks().find(({ logicalName }) => logicalName === 'back');
    const made = fixture.machines.flatMap((machine) => [...machine.networks.values()].filter(({ name }) => name === back?.networkName));
    expect(made).toHaveLength(3);
    expect(new Set(made.map(({ definition }) => definition.gateway)).size).toBe(3);
    const names = made.map(({ definition }) => definition.options?.['com.docker.network.bridge.name']);
    expect(new Set(names)).toEqual(new Set([`ckb${back?.vni.toString(36)}`]));
  });

  it('let a container keep its address when it dies, and when its host is lost', async () => {
    fixture = await openEngineFixture({ networking: TEST_NETWORKING });
    const applicationId = await deploy();
    const before = instanceOf(member(applicationId, 1));
    const machine = fixture.machines.find(({ name }) => name === before.hostId);
    const container = machine?.find(before.containerName);
    if (machine && container) machine.end(container, 1);
    await fixture.pass(5_000);
    const healed = instanceOf(member(applicationId, 1));
    expect(healed.id).not.toBe(before.id);
    expect(healed.endpoints).toEqual(before.endpoints);
    machine?.setReachable(false);
    await fixture.pass(60_000);
    const moved = instanceOf(member(applicationId, 1));
    expect(moved.hostId).not.toBe(before.hostId);
    expect(moved.endpoints).toEqual(before.endpoints);
    machine?.setReachable(true);
    await fixture.pass(60_000);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('say what is missing when there are no addresses left, and go on once there are', async () => {
    fixture = await openEngineFixture({ networking: { ...TEST_NETWORKING, prefix: 29 } });
    const applicationId = await deploy();
    await resizeEntity(fixture.engine.context, USER, { entityId: cluster(applicationId).id, size: 4 });
    await fixture.pass(10_000);
    const waiting = entities(applicationId).find(({ waitingFor }) => waitingFor?.startsWith('placement'));
    expect(waiting?.waitingFor).toContain('network back has no address left in 10.208.0.8/29');
    await resizeEntity(fixture.engine.context, USER, { entityId: cluster(applicationId).id, size: 1 });
    await fixture.pass(20_000);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('say so when the pool of the cloud is used up', async () => {
    fixture = await openEngineFixture({ networking: { ...TEST_NETWORKING, pool: '10.208.0.0/28' } });
    const applicationId = await deploy();
    const waiting = entities(applicationId).flatMap(({ waitingFor }) => (waitingFor?.startsWith('placement') ? [waitingFor] : []));
    expect(waiting).not.toEqual([]);
    for (const text of waiting) expect(text).toMatch(/no addresses are left for network \w+: all of 10\.208\.0\.0\/28 is in use/);
  });

  it('pass over a host that lacks what they need, until it has it', async () => {
    fixture = await openEngineFixture({ networking: TEST_NETWORKING, hosts: 1 });
    const [machine] = fixture.machines;
    if (!machine) throw new Error('no machine');
    machine.lacks = ['dnsmasq'];
    machine.setReachable(false);
    await fixture.pass(5_000);
    machine.setReachable(true);
    await fixture.pass(10_000);
    const applicationId = await deploy();
    const web = () => entities(applicationId).find(({ planId }) => planId === 'web');
    expect(web()?.waitingFor).toContain('has no dnsmasq, which its networks need: install dnsmasq-base');
    machine.lacks = [];
    await fixture.pass(60_000);
    expect(web()?.actual).toBe('RUNNING');
  });

  it('go with the last container, and give back their addresses', async () => {
    fixture = await openEngineFixture({ networking: TEST_NETWORKING });
    const applicationId = await deploy();
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(20_000);
    expect([...virtualNetworks(), ...fixture.store.view.all('network').values(), ...fixture.store.view.all('lease').values()]).toEqual([]);
    expect(fixture.machines.flatMap((machine) => [...machine.networks.keys()])).toEqual([]);
  });

  it('are forgotten with a host that was lost, and give back its addresses', async () => {
    fixture = await openEngineFixture({ networking: TEST_NETWORKING });
    const { context } = fixture.engine;
    const applicationId = await deploy();
    const lost = async (name: string) => {
      fixture.machines.find((machine) => machine.name === name)?.setReachable(false);
      await fixture.pass(60_000);
    };
    const [first, ...others] = fixture.machines.map(({ name }) => name as HostId);
    if (first === undefined) throw new Error('no machine');
    await lost(first);
    await removeHost(context, { hostId: first });
    // Its containers and Docker networks are still on it: the rest has gone with its row.
    expect(checkWorld(fixture).filter((wrong) => /^(lease|network|decision) /.test(wrong))).toEqual([]);
    expect(virtualNetworks()).toHaveLength(2);
    for (const name of others) await lost(name);
    await deleteApplication(context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(20_000);
    for (const hostId of others) await removeHost(context, { hostId });
    await fixture.pass(20_000);
    expect([...virtualNetworks(), ...fixture.store.view.all('network').values(), ...fixture.store.view.all('lease').values()]).toEqual([]);
  });

  it('are not switched below an application that has some', async () => {
    fixture = await openEngineFixture({ networking: TEST_NETWORKING });
    const applicationId = await deploy();
    const [cloud] = fixture.store.view.all('cloud').values();
    if (!cloud) throw new Error('no cloud');
    const off = () => updateCloud(fixture.engine.context, { cloudId: cloud.id, networking: null });
    await expect(off()).rejects.toMatchObject({ code: 'conflict', message: `Application mesh has networks on ${CLOUD}` });
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(20_000);
    await off();
    expect(fixture.store.view.get('cloud', cloud.id)?.networking).toBeUndefined();
  });

  it('refuse a provider, a pool and a size that cannot be', async () => {
    fixture = await openEngineFixture();
    const [cloud] = fixture.store.view.all('cloud').values();
    const change = (networking: Parameters<typeof updateCloud>[1]['networking'] & object) =>
      updateCloud(fixture.engine.context, { cloudId: cloud?.id as never, networking });
    await expect(change({ provider: 'carrier-pigeon' })).rejects.toMatchObject({
      code: 'input.invalid',
      hint: expect.stringMatching(/^Known are .*vxlan/),
    });
    await expect(change({ provider: 'vxlan', pool: '10.0.0.0' })).rejects.toMatchObject({ message: '"10.0.0.0" is no pool of addresses' });
    await expect(change({ provider: 'vxlan', pool: '10.0.0.0/20', prefix: 16 })).rejects.toThrow('do not fit into 10.0.0.0/20');
    await expect(change({ provider: 'vxlan', config: { 'vxlan.port': 0 } })).rejects.toThrow('Network provider vxlan: vxlan.port');
  });
});
