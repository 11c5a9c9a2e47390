import { expect, it } from 'vitest';
import { EMPTY_LIVE_STATE, type LiveTables } from '@/components/live/live-state.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import type { Instance } from '@/server/domain/entity/instance.ts';
import type { NetworkRecord } from '@/server/domain/network/network-record.ts';
import type { VirtualNetwork } from '@/server/domain/network/virtual-network.ts';
import { networkRows } from './network-rows.ts';

const VIRTUAL = {
  ...{
    id: 'c1:ckn-back',
    cloudId: 'c1',
    applicationId: 'shop',
    networkName: 'ckn-back',
    logicalName: 'back',
    vni: 70_000,
    subnet: '10.208.0.0/29',
  },
  ...{ mtu: 1450, internal: false, domain: 'shop.clocker.internal', lastAddress: 0, createdAt: 0 },
  networking: { provider: 'vxlan', pool: '10.208.0.0/12', prefix: 29, config: {} },
} as unknown as VirtualNetwork;

const aHost = (fields: object) => fields as Host;
const anInstance = (fields: object) => ({ state: 'running', spec: {}, ...fields }) as Instance;
const part = (hostId: string, fields: Partial<NetworkRecord> = {}) =>
  ({
    ...{
      id: `${hostId}:ckn-back`,
      hostId,
      applicationId: 'shop',
      networkName: 'ckn-back',
      logicalName: 'back',
      definition: { provider: 'vxlan' },
    },
    ...{ reach: { networkId: VIRTUAL.id, gateway: '10.208.0.6' }, state: 'ready', problem: '', createdAt: 0 },
    ...fields,
  }) as NetworkRecord;

function tables(networks: readonly NetworkRecord[]): LiveTables {
  const endpoints = [{ networkId: VIRTUAL.id, network: 'back', address: '10.208.0.1', mac: '02:42:0a:d0:00:01' }];
  const instances = [
    anInstance({ id: 'i1', applicationId: 'shop', hostId: 'h1', endpoints }),
    anInstance({ id: 'i2', applicationId: 'shop', hostId: 'h2', endpoints, state: 'removing' }),
  ];
  return {
    ...EMPTY_LIVE_STATE.tables,
    virtualNetwork: new Map([[VIRTUAL.id, VIRTUAL]]),
    network: new Map(networks.map((one) => [one.id, one])),
    instance: new Map(instances.map((one) => [one.id, one])),
    host: new Map(['h1', 'h2'].map((id) => [id, aHost({ id, name: `docker-${id}` })])),
  };
}

it('shows a network once for all of its hosts, with what is on it and what is wrong', () => {
  const [row, ...others] = networkRows(tables([part('h1'), part('h2', { problem: 'has no dnsmasq' })]), '');
  expect(others).toEqual([]);
  expect(row).toMatchObject({ hosts: ['docker-h1', 'docker-h2'], problems: ['docker-h2: has no dnsmasq'], isChanging: false });
  expect(row?.network).toMatchObject({
    name: 'back',
    provider: 'vxlan',
    subnet: '10.208.0.0/29',
    capacity: 6,
    used: 3,
    members: [{ instanceId: 'i1', address: '10.208.0.1' }],
  });
});

it('shows a bridge for each host that has one', () => {
  const bridge = (hostId: string) => {
    const { reach: _, ...rest } = part(hostId, { definition: {} });
    return rest;
  };
  const rows = networkRows(tables([bridge('h1'), bridge('h2')]), '');
  expect(rows.map(({ network, hosts }) => [network.provider, network.subnet, hosts, network.used])).toEqual([
    [null, null, ['docker-h1'], null],
    [null, null, ['docker-h2'], null],
  ]);
});

it('is filtered by what stands in the row', () => {
  const all = tables([part('h1')]);
  for (const text of ['back', 'docker-h1 vxlan', '10.208']) expect(networkRows(all, text)).toHaveLength(1);
  expect(networkRows(all, 'docker-h2')).toEqual([]);
});
