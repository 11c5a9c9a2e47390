import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { CloudNetworking } from '../domain/network/virtual-network.ts';
import { networkedBlueprint } from '../testing/engine-blueprints.ts';
import { CLOUD, type EngineFixture, openEngineFixture, TEST_NETWORKING } from '../testing/engine-fixture.ts';
import { readEngineSettingsOf } from './clouds/cloud-settings.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { createNetwork } from './commands/networks/create-network.ts';
import { updateApplication } from './commands/update-application.ts';
import { wantedNetworks } from './sdn/wanted-networks.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const CNI: CloudNetworking = { ...TEST_NETWORKING, provider: 'cni' };
const OVERLAY: CloudNetworking = { ...TEST_NETWORKING, provider: 'overlay', prefix: 26 };
const BRIDGE: CloudNetworking = { ...TEST_NETWORKING, provider: 'bridge', reach: 'host' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function deploy(networking: CloudNetworking, text = networkedBlueprint()): Promise<void> {
  fixture = await openEngineFixture({ networking });
  await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
}

const requests = () => fixture.machines.flatMap((machine) => machine.running().map(({ request }) => request));
const instances = () => [...fixture.store.view.all('instance').values()];
const parts = () => [...fixture.store.view.all('network').values()];

describe('networks whose provider attaches containers', () => {
  it('leave Docker a bridge with addresses of its own, where names are asked for; those of the network are the store’s', async () => {
    await deploy(CNI);
    expect(new Set(instances().map(({ hostId }) => hostId)).size).toBe(3);
    const web = requests().find(({ spec }) => spec.image === 'nginx:1');
    expect(web?.spec.networks?.map(({ address, macAddress }) => [address, macAddress])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    const own = parts().filter(({ hostId }) => hostId === instances().find(({ spec }) => spec.image === 'nginx:1')?.hostId);
    expect(own.map(({ state }) => state)).toEqual(['ready', 'ready']);
    expect(web?.spec.options?.dns).toEqual(own.map(({ reach }) => reach?.wayOut?.gateway));
    const addresses = instances().flatMap(({ endpoints = [] }) => endpoints.map(({ address }) => address));
    expect(addresses.every((address) => address.startsWith('10.208.0.'))).toBe(true);
    expect(new Set(addresses).size).toBe(5);
  });

  it('tell the provider which containers of a host are to have which address, and have names answered on that bridge', async () => {
    await deploy(CNI);
    for (const host of fixture.store.view.all('host').values()) {
      const { byProvider, names } = wantedNetworks(fixture.store.view, host, fixture.engine.context);
      const own = instances().filter(({ hostId }) => hostId === host.id);
      const told = (byProvider.cni ?? []).flatMap(({ endpoints }) => endpoints.flatMap(({ container }) => container ?? []));
      expect(new Set(told.map(({ instanceId }) => instanceId))).toEqual(new Set(own.map(({ id }) => id)));
      expect(names.every(({ gateway }) => gateway.startsWith('172.'))).toBe(true);
    }
  });

  it('take nothing with rules, which the bridges of hosts would not keep', async () => {
    await deploy(CNI, networkedBlueprint().replace('brooklyn.config:', 'brooklyn.config:\n  network.rules: []'));
    expect(instances()).toEqual([]);
    const waits = [...fixture.store.view.all('entity').values()].flatMap(({ waitingFor, problems }) => [
      waitingFor,
      ...Object.values(problems),
    ]);
    expect(waits.join('\n')).toContain('which networks by CNI do not keep');
  });

  it('take no rules by an update either, which would recreate nothing and leave them open', async () => {
    await deploy(CNI);
    const [application] = fixture.store.view.all('application').values();
    const applicationId = application?.id as never;
    const text = networkedBlueprint().replace('brooklyn.config:', 'brooklyn.config:\n  network.rules: []');
    const updated = updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration: 1 });
    await expect(updated).rejects.toMatchObject({
      code: 'network.refused',
      message: expect.stringContaining('networks by CNI do not keep'),
    });
    expect([...fixture.store.view.all('application').values()].map(({ generation }) => generation)).toEqual([1]);
    await updateApplication(fixture.engine.context, USER, { applicationId, text: networkedBlueprint(), expectedGeneration: 1 });
  });
});

describe('networks of a Swarm', () => {
  it('say what stands against it on a host, whose engine is set up without that', async () => {
    await deploy(OVERLAY);
    expect(parts().map(({ problem }) => problem)[0]).toContain('has live-restore, with which it can be in no Swarm');
    const [host] = fixture.store.view.all('host').values();
    if (!host) throw new Error('no host');
    expect(readEngineSettingsOf(fixture.engine.context, host).liveRestore).toBe(false);
    await fixture.stop();
    await deploy(CNI);
    expect(readEngineSettingsOf(fixture.engine.context, host).liveRestore).toBe(true);
  });

  it('are given up on a host although others there are refused', async () => {
    await deploy(OVERLAY);
    const text = networkedBlueprint().replace('name: mesh', 'name: other');
    const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
    await fixture.pass(5_000);
    const networks = () => fixture.store.view.all('virtualNetwork').size;
    expect([networks(), parts().some((part) => part.applicationId === applicationId)]).toEqual([4, true]);
    await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
    await fixture.pass(5_000);
    expect([networks(), parts().some((part) => part.applicationId === applicationId)]).toEqual([2, false]);
    expect(parts().map(({ problem }) => problem)[0]).toContain('has live-restore');
  });

  it('have addresses of the store but for the range from which Swarm gives its own', async () => {
    await deploy(OVERLAY);
    const [network] = fixture.store.view.all('virtualNetwork').values();
    expect([network?.subnet, network?.fence]).toEqual(['10.208.0.0/26', '10.208.0.56/29']);
    expect(parts().flatMap(({ reach }) => (reach?.networkId === network?.id ? [reach?.gateway] : []))[0]).toBe('10.208.0.55');
  });
});

describe('networks by bridges', () => {
  it('have addresses of the store, and all that shares one on one host', async () => {
    await deploy(BRIDGE);
    expect(new Set(instances().map(({ hostId }) => hostId)).size).toBe(1);
    const web = requests().find(({ spec }) => spec.image === 'nginx:1');
    expect(web?.spec.networks?.map(({ address }) => address)).toEqual(['10.208.0.1', '10.208.0.17']);
  });

  it('stand on their own nowhere, as applications on several hosts would not meet there', async () => {
    await deploy(BRIDGE);
    const cloud = [...fixture.store.view.all('cloud').values()].find(({ name }) => name === CLOUD);
    const made = createNetwork(fixture.engine.context, { cloudId: cloud?.id as never, name: 'lan' });
    await expect(made).rejects.toMatchObject({ code: 'network.refused', message: expect.stringContaining('end at a host') });
  });
});
