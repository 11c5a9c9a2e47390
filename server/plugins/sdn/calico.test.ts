import { describe, expect, it } from 'vitest';
import type { HostNetworks, RootShell } from '../../ports/sdn-provider.ts';
import { plugin } from './calico.ts';

const ID = 'a'.repeat(64);
const wanted: HostNetworks = {
  ...{ hostName: 'host-1', planeId: 'abc', underlay: { address: '10.0.0.1', device: 'eth0', mtu: 1500 } },
  networks: [
    {
      ...{ id: 'n1', vni: 70_000, subnet: '10.208.1.0/24', gateway: '10.208.1.254', mtu: 1480, internal: false, peers: [] },
      networking: { provider: 'calico', pool: '10.208.0.0/12', prefix: 24, config: { 'calico.etcd.external.url': 'http://10.0.0.9:2379' } },
      endpoints: [
        {
          ...{ address: '10.208.1.5', mac: '02:42:0a:d0:01:05', at: null },
          container: { key: 'web', instanceId: 'i-1', startedAt: 1 },
        },
      ],
    },
  ],
};

const pools = (...cidrs: readonly string[]) => JSON.stringify({ kind: 'IPPoolList', items: cidrs.map((cidr) => ({ spec: { cidr } })) });

/** Answers the look at Calico's node, then that at the containers. */
function hostThat(calico: string, containers = `container ${ID} 42 4026532001 /web i-1`): RootShell {
  return { run: async (script) => ({ output: script.includes('calicoctl') ? calico : containers, code: 0 }) };
}

const refused = async (calico: string, containers?: string) =>
  plugin.refusal?.(wanted, await plugin.observe(hostThat(calico, containers), wanted));

const planned = async (calico: string, containers?: string) =>
  plugin.plan(wanted, await plugin.observe(hostThat(calico, containers), wanted));

describe('networks by Calico', () => {
  it('refuse a host whose node does not run, and say what does the same without one', async () => {
    expect(await refused('#pools\n')).toMatchObject({
      ...{ code: 'network.refused', message: expect.stringContaining('node does not run on host-1'), hint: expect.stringContaining('bgp') },
    });
  });

  it('refuse a host without the plug-in', async () => {
    expect(await refused(`running\n#pools\n${pools('10.208.0.0/12')}`, 'absent calico')).toMatchObject({
      message: expect.stringContaining('no plug-in calico'),
    });
  });

  it.each([pools(), pools('10.9.0.0/16', 'fd00::/48', '10.208.1.0/25'), 'no JSON'])(
    'refuse a network that no pool holds: %s',
    async (list) => {
      expect(await refused(`running\n#pools\n${list}`)).toMatchObject({
        ...{ code: 'network.refused', message: expect.stringContaining('holds 10.208.1.0/24') },
      });
    },
  );

  it('call the plug-in of Calico with the address of the store', async () => {
    const [step] = await planned(`running\n#pools\n${pools('10.208.0.0/12')}`);
    const [, path, args, call = ''] = (step as unknown as { input: string }).input.split('\n');
    expect([path, args]).toEqual(['/opt/cni/bin:/usr/lib/cni', 'IgnoreUnknown=1;MAC=02:42:0a:d0:01:05;IP=10.208.1.5']);
    expect(JSON.parse(call.slice(call.indexOf(' ')))).toMatchObject({
      ...{ type: 'calico', datastore_type: 'etcdv3', etcd_endpoints: 'http://10.0.0.9:2379', mtu: 1480, cniVersion: '0.3.1' },
      ipam: { type: 'calico-ipam' },
    });
  });
});
