import { afterEach, describe, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { checkWorld } from '../testing/check-world.ts';
import { CLOUD, type EngineFixture, type EngineFixtureOptions, openEngineFixture, TEST_NETWORKING } from '../testing/engine-fixture.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { updateCloud } from './commands/hosts/update-cloud.ts';
import { type CreateNetworkInput, createNetwork } from './commands/networks/create-network.ts';
import { deleteNetwork } from './commands/networks/delete-network.ts';
import { updateNetwork } from './commands/networks/update-network.ts';
import { updateApplication } from './commands/update-application.ts';
import { wantedNetworks } from './sdn/wanted-networks.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const CLOUD_ID = 'cloud-1' as never;
let fixture: EngineFixture;

afterEach(() => fixture.stop());

async function open(options: EngineFixtureOptions = {}): Promise<void> {
  fixture = await openEngineFixture({ networking: TEST_NETWORKING, ...options });
}

const create = async (input: Partial<CreateNetworkInput> = {}): Promise<string> =>
  (await createNetwork(fixture.engine.context, { cloudId: CLOUD_ID, name: 'lan', ...input })).networkId;

async function deploy(text: string): Promise<ApplicationId> {
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text });
  await fixture.pass(5_000);
  return applicationId;
}

async function remove(applicationId: ApplicationId): Promise<void> {
  await deleteApplication(fixture.engine.context, USER, { applicationId, removeVolumes: true });
  await fixture.pass(20_000);
}

/** One container on the network, under the name `inner` in its blueprint. */
const joining = (name: string, { shared = 'lan', attachment = 'inner' } = {}) => `
name: ${name}
location: ${CLOUD}
brooklyn.config: { docker.networks: { inner: { shared: ${shared} } } }
services:
- { type: 'docker:web:1', id: web, networks: [${attachment}] }
`;

const view = () => fixture.store.view;
const network = (id: string) => view().get('virtualNetwork', id);
const networks = () => [...view().all('virtualNetwork').values()];
const instances = () => [...view().all('instance').values()];
const waiting = () =>
  [...view().all('entity').values()].flatMap(({ waitingFor }) => (waitingFor?.startsWith('placement') ? [waitingFor] : []));
const lines = () =>
  [...view().all('host').values()].flatMap((host) =>
    wantedNetworks(view(), host, fixture.engine.context).names.flatMap((names) => names.lines),
  );

describe('a network of a cloud', () => {
  it('stands without a container, on no host, also after a restart', async () => {
    await open();
    const id = await create({ description: 'for all' });
    await fixture.crash();
    await fixture.pass(60_000);
    expect(network(id)).toMatchObject({ logicalName: 'lan', applicationId: null, subnet: '10.208.0.0/28', domain: 'clocker.internal' });
    expect(fixture.machines.flatMap((machine) => [...machine.networks.keys()])).toEqual([]);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('is where containers of several applications meet, each under the names of its own', async () => {
    await open();
    const id = await create();
    const shop = await deploy(joining('shop'));
    await deploy(joining('blog'));
    expect(networks().map(({ id: one }) => one)).toEqual([id]);
    const found = instances().map(({ endpoints = [], hostId }) => ({
      hostId,
      networkId: endpoints[0]?.networkId,
      address: endpoints[0]?.address,
    }));
    expect(found.map(({ networkId }) => networkId)).toEqual([id, id]);
    expect(found.map(({ address }) => address)).toEqual(['10.208.0.1', '10.208.0.2']);
    expect(new Set(found.map(({ hostId }) => hostId)).size).toBe(2);
    expect([...new Set(lines())].sort()).toEqual(['10.208.0.1 web.shop.clocker.internal', '10.208.0.2 web.blog.clocker.internal']);
    const searched = fixture.machines.flatMap((machine) => machine.running().map(({ request }) => request.spec.options?.dnsSearch));
    expect(searched.flat().sort()).toEqual(['blog.clocker.internal', 'shop.clocker.internal']);
    expect(checkWorld(fixture)).toEqual([]);
    await remove(shop);
    expect(network(id)).toBeDefined();
    expect(lines()).toEqual(['10.208.0.2 web.blog.clocker.internal']);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('is never joined by a coincidence of names', async () => {
    await open();
    const id = await create();
    await deploy(`
name: other
location: ${CLOUD}
brooklyn.config: { docker.networks: { lan: {} } }
services:
- { type: 'docker:web:1', id: web, networks: [lan] }
`);
    expect(networks()).toHaveLength(2);
    expect(instances().flatMap(({ endpoints = [] }) => endpoints.map(({ networkId }) => networkId))).not.toContain(id);
  });

  it('has to be there, open to the application, and under names that nobody else has', async () => {
    await open();
    await create({ joiners: ['shop'] });
    await expect(deploy(joining('shop', { shared: 'wan' }))).rejects.toMatchObject({
      code: 'blueprint.invalid',
      message: `docker.networks.inner: cloud ${CLOUD} has no network wan to join: it has lan`,
    });
    await expect(deploy(joining('blog'))).rejects.toThrow('application blog is not among those that may join network lan');
    const shop = await deploy(joining('shop'));
    await updateNetwork(fixture.engine.context, { networkId: networks()[0]?.id ?? '', joiners: null });
    await expect(deploy(joining('Shop'))).rejects.toThrow(
      'Names of application shop end with shop.clocker.internal on network lan already',
    );
    await expect(
      updateApplication(fixture.engine.context, USER, {
        applicationId: shop,
        text: joining('shop', { shared: 'wan' }),
        expectedGeneration: 1,
      }),
    ).rejects.toMatchObject({ code: 'blueprint.invalid' });
    expect(view().get('application', shop)?.generation).toBe(1);
  });

  it('keeps a fixed address for one of all applications, and tells who has it', async () => {
    await open();
    await create();
    const fixed = '{ name: inner, address: 10.208.0.9 }';
    await deploy(joining('shop', { attachment: fixed }));
    await deploy(joining('blog', { attachment: fixed }));
    const [{ hostId } = { hostId: '' }] = instances();
    expect(waiting().join()).toContain(`address 10.208.0.9 of network inner is taken by web on ${hostId}`);
    await deploy(joining('wiki', { attachment: '{ name: inner, address: 10.209.0.9 }' }));
    expect(waiting().join()).toContain('address 10.209.0.9 is none of network inner, which has 10.208.0.0/28');
  });

  it('lets those in that wait, once it may be joined or has addresses again', async () => {
    await open();
    const networkId = await create();
    const shop = await deploy(joining('shop'));
    await deploy(joining('blog', { attachment: '{ name: inner, address: 10.208.0.1 }' }));
    expect(waiting().join()).toContain('is taken by web');
    await remove(shop);
    expect(waiting()).toEqual([]);
    expect(instances().flatMap(({ endpoints = [] }) => endpoints.map(({ address }) => address))).toEqual(['10.208.0.1']);
    expect(network(networkId)).toBeDefined();
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('is deleted once nobody is on it, and says who is', async () => {
    await open();
    const networkId = await create();
    const shop = await deploy(joining('shop'));
    const [{ hostId } = { hostId: '' }] = instances();
    await expect(deleteNetwork(fixture.engine.context, { networkId })).rejects.toMatchObject({
      code: 'conflict',
      message: `Network lan is in use by web of shop on ${hostId}`,
    });
    await remove(shop);
    await deleteNetwork(fixture.engine.context, { networkId });
    expect([...networks(), ...view().all('network').values(), ...view().all('lease').values()]).toEqual([]);
    await expect(deploy(joining('shop'))).rejects.toThrow('it has none');
  });

  it('goes with the last host that has it, also when the console dies on the way', async () => {
    await open();
    const networkId = await create();
    const shop = await deploy(joining('shop'));
    const [{ hostId } = { hostId: '' }] = instances();
    const machine = fixture.machines.find(({ name }) => name === hostId);
    machine?.setReachable(false);
    await fixture.pass(60_000);
    await deleteApplication(fixture.engine.context, USER, { applicationId: shop, removeVolumes: true });
    await fixture.pass(20_000);
    await deleteNetwork(fixture.engine.context, { networkId });
    expect(network(networkId)?.standing?.isGoing).toBe(true);
    await expect(create()).rejects.toThrow('Network lan is still being deleted');
    await expect(deleteNetwork(fixture.engine.context, { networkId })).rejects.toThrow('is being deleted');
    await fixture.crash();
    machine?.setReachable(true);
    await fixture.pass(60_000);
    expect([...networks(), ...view().all('network').values()]).toEqual([]);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('is changed in what breaks nobody, and in all else only while nobody is on it', async () => {
    await open();
    const networkId = await create();
    const shop = await deploy(joining('shop'));
    const change = (input: object) => updateNetwork(fixture.engine.context, { networkId, ...input });
    await change({ description: 'for shops', joiners: ['shop', 'blog'] });
    await expect(change({ internal: true })).rejects.toThrow('Network lan is in use by web of shop');
    await expect(change({ joiners: ['blog'] })).rejects.toThrow('On network lan is web of shop');
    await remove(shop);
    await change({ internal: true, subnet: '10.208.0.64/26' });
    expect(network(networkId)).toMatchObject({
      ...{ internal: true, subnet: '10.208.0.64/26' },
      standing: { description: 'for shops', joiners: ['shop', 'blog'], isGoing: false },
    });
    await deploy(joining('blog'));
    expect(instances().flatMap(({ endpoints = [] }) => endpoints.map(({ address }) => address))).toEqual(['10.208.0.65']);
    expect(checkWorld(fixture)).toEqual([]);
  });

  it('needs a cloud with a provider, a name of its own and addresses that nothing else has', async () => {
    await open();
    await create({ subnet: '10.208.0.16/28' });
    await expect(create()).rejects.toThrow(`Cloud ${CLOUD} has a network lan already`);
    await expect(create({ name: 'Not a name' })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(create({ name: 'wan', subnet: '10.208.0.0/26' })).rejects.toMatchObject({
      message: '10.208.0.0/26 overlaps 10.208.0.16/28, network lan',
      hint: 'Free is 10.208.0.0/28.',
    });
    await fixture.stop();
    await open({ networking: undefined as never });
    await expect(create()).rejects.toMatchObject({ code: 'network.refused', hint: 'Choose a network provider for it.' });
  });

  it('keeps away from what hosts have routes to, chosen or given', async () => {
    await open({ hosts: 1 });
    const [machine] = fixture.machines;
    if (!machine) throw new Error('no machine');
    machine.routes = [
      '10.208.0.0/28 dev docker0 proto kernel scope link src 10.208.0.1',
      '10.208.0.32/27 via 10.9.0.1 dev eth0',
      '10.0.0.0/8 via 10.9.0.1 dev tun0',
    ];
    machine.setReachable(false);
    await fixture.pass(5_000);
    machine.setReachable(true);
    await fixture.pass(10_000);
    expect(network(await create())?.subnet).toBe('10.208.0.16/28');
    expect(network(await create({ name: 'wan' }))?.subnet).toBe('10.208.0.64/28');
    await expect(create({ name: 'man', subnet: '10.208.0.0/30' })).rejects.toThrow(
      '10.208.0.0/30 overlaps 10.208.0.0/28, the LAN of host-1 at docker0',
    );
    await deploy(`
name: fixed
location: ${CLOUD}
brooklyn.config: { docker.networks: { back: { subnet: 10.208.0.32/28 } } }
services:
- { type: 'docker:web:1', id: web, networks: [back] }
`);
    expect(waiting().join()).toContain(
      'network back cannot be: 10.208.0.32/28 overlaps 10.208.0.32/27, to which host-1 has a route (eth0); 10.208.0.80/28 is free',
    );
  });

  it('lets an address that was given back rest, unless nothing else is left', async () => {
    await open({ hosts: 1, networking: { ...TEST_NETWORKING, prefix: 29 } });
    await create();
    const names = ['a', 'b', 'c', 'd', 'e'];
    const applications = [];
    for (const name of names.slice(0, 4)) applications.push(await deploy(joining(name)));
    const addresses = () =>
      instances()
        .flatMap(({ endpoints = [] }) => endpoints.map(({ address }) => address))
        .sort();
    expect(addresses()).toEqual(['10.208.0.1', '10.208.0.2', '10.208.0.3', '10.208.0.4']);
    const [first, second] = applications;
    if (!first || !second) throw new Error('nothing deployed');
    await remove(first);
    await fixture.pass(60_000);
    await remove(second);
    // .5 is next; then .1 has rested, .2 has not.
    await deploy(joining('e'));
    await deploy(joining('f'));
    expect(addresses()).toEqual(['10.208.0.1', '10.208.0.3', '10.208.0.4', '10.208.0.5']);
    await deploy(joining('g'));
    expect(addresses()).toEqual(['10.208.0.1', '10.208.0.2', '10.208.0.3', '10.208.0.4', '10.208.0.5']);
    await deploy(joining('h'));
    expect(waiting().join()).toContain('network inner has no address left in 10.208.0.0/29: all 6 are given');
  });

  it('keeps its provider when its cloud has another for those that come', async () => {
    await open();
    const old = await create();
    const mesh = await deploy(`
name: mesh
location: ${CLOUD}
services:
- { type: 'docker:web:1', id: web, networks: [back] }
`);
    const before = instances().map(({ id }) => id);
    const networking = { provider: 'vxlan', pool: '10.220.0.0/16', prefix: 24, config: { 'vxlan.control': 'flood' } };
    await updateCloud(fixture.engine.context, { cloudId: CLOUD_ID, networking });
    await fixture.pass(60_000);
    expect(instances().map(({ id }) => id)).toEqual(before);
    expect(network(old)?.networking).toEqual(TEST_NETWORKING);
    expect(networks().map(({ applicationId }) => applicationId)).toEqual([null, mesh]);
    expect(network(await create({ name: 'wan' }))).toMatchObject({ networking, subnet: '10.220.0.0/24' });
    await expect(updateCloud(fixture.engine.context, { cloudId: CLOUD_ID, networking: null })).rejects.toThrow(
      'Application mesh has networks',
    );
    await remove(mesh);
    await updateCloud(fixture.engine.context, { cloudId: CLOUD_ID, networking: null });
    await deploy(joining('shop'));
    expect(instances().flatMap(({ endpoints = [] }) => endpoints.map(({ networkId }) => networkId))).toEqual([old]);
    expect(checkWorld(fixture)).toEqual([]);
  });
});

describe('an application of networks alone', () => {
  const infra = (config = '') => `
name: infra
location: ${CLOUD}
services:
- { type: virtual-network, id: lan, brooklyn.config: { ${config} } }
`;

  it('makes networks that others join, and is not deleted below them', async () => {
    await open();
    const applicationId = await deploy(infra('network.internal: true'));
    const [lan] = networks();
    expect(lan).toMatchObject({ logicalName: 'lan', applicationId, internal: true, subnet: '10.208.0.0/28' });
    expect(
      view()
        .entitiesOf(applicationId)
        .find(({ planId }) => planId === 'lan')?.sensors,
    ).toMatchObject({ 'network.cidr': '10.208.0.0/28' });
    const shop = await deploy(joining('shop'));
    expect([...new Set(lines())]).toEqual(['10.208.0.1 web.shop.clocker.internal']);
    await expect(remove(applicationId)).rejects.toThrow('Network lan is in use by web of shop');
    await expect(deleteNetwork(fixture.engine.context, { networkId: lan?.id ?? '' })).rejects.toThrow('in use');
    expect(checkWorld(fixture)).toEqual([]);
    await remove(shop);
    await expect(deleteNetwork(fixture.engine.context, { networkId: lan?.id ?? '' })).rejects.toMatchObject({
      hint: 'Delete that application.',
    });
    await remove(applicationId);
    expect([...networks(), ...view().all('network').values(), ...view().all('application').values()]).toEqual([]);
  });

  it('changes them with its blueprint, unless somebody is on them', async () => {
    await open();
    const applicationId = await deploy(infra());
    const update = (text: string, expectedGeneration: number) =>
      updateApplication(fixture.engine.context, USER, { applicationId, text, expectedGeneration });
    await update(infra('network.cidr: 10.208.0.64/26'), 1);
    expect(networks().map(({ subnet }) => subnet)).toEqual(['10.208.0.64/26']);
    const shop = await deploy(joining('shop'));
    await expect(update(infra('network.internal: true'), 2)).rejects.toThrow('Network lan is in use by web of shop');
    await remove(shop);
    await update(infra().replace('id: lan', 'id: wan'), 2);
    expect(networks().map(({ logicalName }) => logicalName)).toEqual(['wan']);
  });
});
