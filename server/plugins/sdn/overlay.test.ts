import { describe, expect, it } from 'vitest';
import type { HostEndpoint, HostNetworks, RootShell } from '../../ports/sdn-provider.ts';
import { fenceGateway, fenceOf } from './overlay/fence.ts';
import { plugin } from './overlay.ts';

const ID = 'abcdef012345'.padEnd(64, '0');
const NAME = `cko${(70_000).toString(36)}`;
const FOLDER = '/var/lib/clocker/abc/overlay';
const endpoint: HostEndpoint = {
  ...{ address: '10.208.1.5', mac: '02:42:0a:d0:01:05', at: null },
  container: { key: 'web', instanceId: 'i-1', startedAt: 1 },
};

const wanted = (endpoints: readonly HostEndpoint[], config = {}): HostNetworks => ({
  ...{ hostName: 'host-1', planeId: 'abc', underlay: { address: '10.0.0.1', device: 'eth0', mtu: 1500 } },
  networks: [
    {
      ...{ id: 'n1', vni: 70_000, subnet: '10.208.1.0/24', gateway: '10.208.1.223', mtu: 1450, internal: false, peers: [], endpoints },
      networking: { provider: 'overlay', pool: '10.208.0.0/12', prefix: 24, config },
    },
  ],
});

/** A host whose scripts answer as given. */
const hostThat = (output: string, code = 0): RootShell => ({ run: async () => ({ output, code }) });

async function planned(output: string, endpoints: readonly HostEndpoint[] = [endpoint]) {
  const steps = plugin.plan(wanted(endpoints), await plugin.observe(hostThat(output), wanted(endpoints)));
  return steps.map((step) => ('words' in step ? [(step as { verb?: string }).verb, step.words] : []));
}

const THERE = `container ${ID} 42 4026532001 /web i-1`;
const MARK = `mark ${NAME}-${ID}`;
const ON = `on ${NAME} ${ID} 10.208.1.5/24`;
const ATTACH = ['attach', [FOLDER, NAME, ID, '10.208.1.5']];
const DETACH = ['detach', [FOLDER, NAME, ID]];

describe('networks by Docker’s overlays', () => {
  it('attach what runs with its address, once', async () => {
    expect(await planned(THERE)).toEqual([ATTACH]);
    expect(await planned(`${THERE}\n${MARK}`)).toEqual([ATTACH]);
    expect(await planned(`${THERE}\n${MARK}\n${ON}`)).toEqual([]);
  });

  it('attach anew what has another address, and note what was attached without a note of it', async () => {
    expect(await planned(`${THERE}\n${MARK}\non ${NAME} ${ID} 10.208.1.6/24`)).toEqual([ATTACH]);
    expect(await planned(`${THERE}\n${ON}`)).toEqual([ATTACH]);
  });

  it('detach what is wanted no more and what does not run, and nothing that others have put there', async () => {
    expect(await planned(`${MARK}\n${ON}`, [])).toEqual([DETACH]);
    expect(await planned(`${MARK}\ncontainer ${ID} 0 0 /web i-1`)).toEqual([DETACH]);
    expect(await planned(ON, [])).toEqual([]);
    expect(await planned(`container ${ID} 42 4026532001 /web other`)).toEqual([]);
  });

  it('are refused encrypted where the kernel of a host does not encrypt', async () => {
    const { networks } = wanted([endpoint], { 'overlay.encrypted': true });
    const look = (code: number) => plugin.assembly?.preflight({ name: 'host-1', shell: hostThat('', code) }, networks);
    expect([...((await look(0)) ?? [])]).toEqual([]);
    const message = expect.stringContaining('The kernel of host-1 has no ESP');
    expect([...((await look(2)) ?? [])]).toEqual([[networks[0]?.id, expect.objectContaining({ code: 'network.refused', message })]]);
  });

  it('say what Docker said', async () => {
    const steps = plugin.plan(wanted([endpoint]), await plugin.observe(hostThat(THERE), wanted([endpoint])));
    await expect(plugin.apply(hostThat('attaching to network failed', 1), steps)).rejects.toMatchObject({
      message: 'Attach 10.208.1.5 to container abcdef012345: attaching to network failed',
    });
  });
});

describe('what Swarm gives away of a subnet itself', () => {
  it('is an eighth at its end, at least four addresses and at most 256', () => {
    expect(['10.0.0.0/8', '10.208.0.0/16', '10.208.1.0/24', '10.208.1.64/26', '10.208.1.32/27'].map(fenceOf)).toEqual([
      ...['10.255.255.0/24', '10.208.255.0/24', '10.208.1.224/27', '10.208.1.120/29', '10.208.1.60/30'],
    ]);
    expect(fenceGateway('10.208.1.0/24')).toBe('10.208.1.224');
  });

  it('is not to be had of less than a /27', () => {
    expect(() => fenceOf('10.208.1.0/28')).toThrow('10.208.1.0/28 is too small for an overlay network');
  });
});
