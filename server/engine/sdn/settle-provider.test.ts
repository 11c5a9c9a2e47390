import { describe, expect, it } from 'vitest';
import { plugin } from '../../plugins/sdn/cni.ts';
import type { HostNetwork, HostNetworks, RootShell } from '../../ports/sdn-provider.ts';
import { settleProvider } from './settle-provider.ts';

const ID = 'a'.repeat(64);
const LEFT = `container ${ID} 42 4026532001 /web i-1\nattached 1i0g-${ID} 4026532001 0123 right`;

const network: HostNetwork = {
  ...{ id: 'n1', vni: 70_001, subnet: '10.208.1.0/24', gateway: '10.208.1.254', mtu: 1500, internal: false, peers: [] },
  networking: { provider: 'cni', pool: '10.208.0.0/12', prefix: 24, config: {} },
  endpoints: [{ address: '10.208.1.5', mac: '02:42:0a:d0:01:05', at: null, container: { key: 'web', instanceId: 'i-1', startedAt: null } }],
};

function wanted(isMaking = true) {
  const host: HostNetworks = {
    hostName: 'host-1',
    planeId: 'abc',
    underlay: { address: '10.0.0.1', device: 'eth0', mtu: 1500 },
    networks: [network],
  };
  return { ...host, isMaking, memory: { seen: null } };
}

/** Prints `seen` when it is looked at, and `said` with each change, which fails unless it is empty. */
function hostThat(seen: string, said = '') {
  const changes: string[] = [];
  const shell: RootShell = { run: async () => ({ output: seen, code: 0 }) };
  const changing: RootShell = {
    run: async (_, text = '') => {
      changes.push(text.split('\n')[0] ?? '');
      return { output: said, code: said === '' ? 0 : 1 };
    },
  };
  return { changes, shells: { shell, changing } };
}

describe('the networks of a provider on a host', () => {
  it('are taken away where they are wanted no more, although others are refused', async () => {
    const { changes, shells } = hostThat(`${LEFT}\nabsent macvlan`);
    const { done, refusal } = await settleProvider(shells, plugin, wanted());
    expect(changes).toEqual([`/run/clocker/abc/cni 1i0g-${ID}`]);
    expect(done.map(({ text }) => text)).toEqual([`Detach container ${ID.slice(0, 12)}`]);
    expect(refusal).toMatchObject({ mayBeLeft: false, error: { message: expect.stringContaining('no plug-in macvlan') } });
  });

  it('are only taken away where nothing is to be made', async () => {
    const { changes, shells } = hostThat(LEFT);
    expect(await settleProvider(shells, plugin, wanted(false))).toMatchObject({ refusal: null, done: [{ text: /^Detach/ }] });
    expect(changes).toHaveLength(1);
  });

  it('are changed ahead by what was seen last, where all was right then, and looked at after that', async () => {
    const acts: string[] = [];
    const said = (act: string) => async () => {
      acts.push(act);
      return { output: '', code: 0 };
    };
    const shells = { shell: { run: said('look') }, changing: { run: said('change') } };
    const hasty = { ...plugin, ahead: () => [{ kind: 'del', text: 'Detach', subject: 'x', input: '' } as const] };
    const memory = { seen: null };
    const settle = () => settleProvider(shells, hasty, { ...wanted(), memory });
    expect((await settle()).done).toEqual([]);
    expect((await settle()).done).toMatchObject([{ text: 'Detach' }]);
    expect(acts).toEqual(['look', 'change', 'look']);
  });

  it('may be left where taking away failed, and are not where making did', async () => {
    const undone = await settleProvider(hostThat(LEFT, 'told').shells, plugin, wanted());
    expect(undone).toMatchObject({ done: [], refusal: { mayBeLeft: true, error: { code: 'network.refused' } } });
    const unmade = await settleProvider(hostThat(LEFT.split('\n')[0] ?? '', 'told').shells, plugin, wanted());
    expect(unmade).toMatchObject({
      done: [],
      refusal: { mayBeLeft: false, error: { message: expect.stringContaining('told') } },
    });
  });
});
