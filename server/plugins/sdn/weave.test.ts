import { describe, expect, it } from 'vitest';
import type { HostEndpoint, HostNetworks, RootShell } from '../../ports/sdn-provider.ts';
import { plugin } from './weave.ts';

const ID = 'abcdef012345'.padEnd(64, '0');
const endpoint: HostEndpoint = {
  ...{ address: '10.208.1.5', mac: '02:42:0a:d0:01:05', at: null },
  container: { key: 'web', instanceId: 'i-1', startedAt: 1 },
};

const wanted = (endpoints: readonly HostEndpoint[]): HostNetworks => ({
  ...{ hostName: 'host-1', planeId: 'abc', underlay: { address: '10.0.0.1', device: 'eth0', mtu: 1500 } },
  networks: [
    {
      ...{ id: 'n1', vni: 70_000, subnet: '10.208.1.0/24', gateway: '10.208.1.254', mtu: 1376, internal: false, peers: [], endpoints },
      networking: { provider: 'weave', pool: '10.208.0.0/12', prefix: 24, config: {} },
    },
  ],
});

/** A host whose scripts answer as given, and that keeps what was asked of it. */
function hostThat(output: string, code = 0) {
  const asked: string[] = [];
  const shell: RootShell = {
    run: async (_script, text = '') => {
      asked.push(text);
      return { output, code };
    },
  };
  return { shell, asked };
}

async function planned(output: string, endpoints: readonly HostEndpoint[] = [endpoint]) {
  return plugin.plan(wanted(endpoints), await plugin.observe(hostThat(output).shell, wanted(endpoints)));
}

const THERE = `container ${ID} 42 4026532001 /web i-1`;
const MARK = `mark ${ID}-10.208.1.5-24`;
const PS = 'ps abcdef012345 7a:51:d1:09:21:78 10.208.1.5/24';

describe('networks by Weave', () => {
  it('refuse a host without a router that runs, and say what does the same without one', async () => {
    const refused = plugin.refusal?.(wanted([endpoint]), await plugin.observe(hostThat('').shell, wanted([endpoint])));
    expect(refused).toMatchObject({
      ...{ code: 'network.refused', message: expect.stringContaining('router does not run on host-1') },
      hint: expect.stringContaining('vxlan.control flood'),
    });
  });

  it('attach what runs with its address and prefix, once', async () => {
    const [step] = await planned(`running\n${THERE}`);
    expect(step).toMatchObject({ verb: 'attach', networkId: 'n1', words: ['/run/clocker/abc/weave', ID, '10.208.1.5', '24'] });
    expect(await planned(`running\n${PS}\n${MARK}\n${THERE}`)).toEqual([]);
    const { shell, asked } = hostThat('');
    await plugin.apply(shell, step ? [step] : []);
    expect(asked).toEqual([`/run/clocker/abc/weave ${ID} 10.208.1.5 24`]);
  });

  it('attach anew what was started anew, and detach what is wanted no more', async () => {
    expect((await planned(`running\n${MARK}\n${THERE}`)).map(({ verb }) => verb)).toEqual(['attach']);
    expect((await planned(`running\n${PS}\n${MARK}`, [])).map(({ verb, words }) => [verb, words[2]])).toEqual([['detach', '10.208.1.5']]);
    expect((await planned(`running\n${MARK}\ncontainer ${ID} 0 0 /web i-1`)).map(({ verb }) => verb)).toEqual(['detach']);
  });

  it('touch no container and no address that is not ours', async () => {
    expect(await planned(`running\n${PS}\ncontainer ${ID} 42 4026532001 /web other`)).toEqual([]);
  });

  it('say what weave said', async () => {
    const step = { verb: 'attach', text: 'Attach 10.208.1.5', words: ['', '', '', ''] } as const;
    await expect(plugin.apply(hostThat('container is not running', 1).shell, [step])).rejects.toMatchObject({
      message: 'Attach 10.208.1.5: container is not running',
    });
  });
});
