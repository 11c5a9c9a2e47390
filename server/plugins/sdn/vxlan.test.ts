import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macOf } from '../../domain/network/addresses.ts';
import type { HostNetwork, HostNetworks } from '../../ports/sdn-provider.ts';
import { readLinks, type VxlanLink } from './vxlan/read-links.ts';
import { plugin } from './vxlan.ts';

const UNDERLAY = { address: '10.0.0.1', device: 'eth0', mtu: 1500 };
const PEERS = ['10.0.0.2', '10.0.0.3'];

/** What a host has, as iproute2 would tell it; `run` obeys lines as the kernel does. */
function createHost() {
  const links = new Map<string, VxlanLink>();
  const bridges = new Map<string, string>();
  const addBridge = (vni: number) => bridges.set(`ckb${vni.toString(36)}`, '02:42:11:22:33:44');
  const fdb = new Map<string, { mac: string; ifname: string; dst?: string; master?: string; state: string }>();
  const neighbours = new Map<string, { dst: string; dev: string; lladdr: string; state: string[] }>();

  function run(tool: 'ip' | 'bridge', line: string): void {
    const words = line.split(' ');
    const after = (word: string) => words[words.indexOf(word) + 1] ?? '';
    const [object, verb, name = ''] = words;
    if (tool === 'ip' && object === 'link' && verb === 'del') {
      if (!links.delete(name)) throw new Error(`no ${name}`);
      for (const [key, entry] of fdb) if (entry.ifname === name) fdb.delete(key);
    } else if (tool === 'ip' && object === 'link' && verb === 'add') {
      if (links.has(name)) throw new Error(`${name} is there`);
      const learns = !words.includes('nolearning');
      links.set(name, {
        ...{ name, alias: '', vni: Number(after('id')), local: after('local'), port: Number(after('dstport')) },
        ...{ learns, mtu: 1450, master: '', isUp: false },
      });
    } else if (tool === 'ip' && words.includes('address')) {
      if (!bridges.has(after('dev'))) throw new Error(`no ${after('dev')}`);
      bridges.set(after('dev'), after('address'));
    } else if (tool === 'ip' && object === 'link') {
      const link = links.get(after('dev'));
      if (!link) throw new Error(`no ${after('dev')}`);
      links.set(link.name, {
        ...link,
        ...(words.includes('alias') ? { alias: after('alias') } : {}),
        ...(words.includes('mtu') ? { mtu: Number(after('mtu')) } : {}),
        ...(words.includes('master') ? { master: after('master') } : {}),
        ...(words.includes('up') ? { isUp: true } : {}),
      });
    } else if (tool === 'ip' && verb === 'replace') {
      neighbours.set(`${name} ${after('dev')}`, { dst: name, dev: after('dev'), lladdr: after('lladdr'), state: ['NOARP'] });
    } else if (tool === 'ip' && verb === 'del') {
      if (!neighbours.delete(`${name} ${after('dev')}`)) throw new Error(`no neighbour ${name}`);
    } else if (tool === 'bridge' && object === 'fdb') {
      if (!links.has(after('dev'))) throw new Error(`no ${after('dev')}`);
      const isMaster = words.includes('master');
      const isMany = name === '00:00:00:00:00:00';
      const key = `${name} ${after('dev')} ${isMaster ? 'master' : isMany ? after('dst') : 'self'}`;
      const entry = { mac: name, ifname: after('dev'), state: words.includes('permanent') ? 'permanent' : 'static' };
      if (verb === 'del') {
        if (!fdb.delete(key)) throw new Error(`no entry ${key}`);
      } else fdb.set(key, isMaster ? { ...entry, master: links.get(after('dev'))?.master ?? '' } : { ...entry, dst: after('dst') });
    }
  }

  function observe() {
    const told = [...links.values()].map(({ name, alias, mtu, master, isUp, vni, local, port, learns }) => ({
      ...{ ifname: name, ifalias: alias, mtu, master, flags: isUp ? ['UP'] : [] },
      linkinfo: { info_data: { id: vni, local, port, learning: learns } },
    }));
    const own = [...bridges].map(([ifname, address]) => ({ ifname, address }));
    const sections = { links: told, bridges: own, fdb: [...fdb.values()], neighbours: [...neighbours.values()] };
    const text = Object.entries(sections).map(([name, list]) => `#${name}\n${JSON.stringify(list)}\n`);
    return readLinks(text.join(''), 'host-1');
  }

  return { links, bridges, addBridge, fdb, neighbours, run, observe };
}

type TestHost = ReturnType<typeof createHost>;

function network(vni: number, fields: Partial<HostNetwork> = {}): HostNetwork {
  const networking = { provider: 'vxlan', pool: '10.208.0.0/12', prefix: 24, config: {} };
  return {
    ...{ id: `n${vni}`, vni, subnet: '10.208.0.0/24', gateway: '10.208.0.254', mtu: 1450, internal: false, networking },
    ...{ peers: PEERS, endpoints: [] },
    ...fields,
  };
}

const at = (address: string, host: string | null) => ({ address, mac: macOf(address), at: host });
const wanted = (networks: readonly HostNetwork[]): HostNetworks => ({ hostName: 'host-1', planeId: 'p1', underlay: UNDERLAY, networks });
const FLOOD = { provider: 'vxlan', pool: '10.208.0.0/12', prefix: 24, config: { 'vxlan.control': 'flood' } };

function settle(host: TestHost, networks: readonly HostNetwork[]): number {
  const steps = plugin.plan(wanted(networks), host.observe()) as readonly { readonly tool: 'ip' | 'bridge'; readonly line: string }[];
  for (const { tool, line } of steps) host.run(tool, line);
  return steps.length;
}

describe('VXLAN on one host', () => {
  it('waits for the bridge that Docker makes, then tells it where every address is', () => {
    const host = createHost();
    const blue = network(77_777, { endpoints: [at('10.208.0.1', null), at('10.208.0.2', '10.0.0.2')] });
    expect(settle(host, [blue])).toBe(0);
    host.addBridge(77_777);
    expect(settle(host, [blue])).toBeGreaterThan(0);
    expect([...host.links.values()]).toMatchObject([
      { vni: 77_777, alias: 'clocker:p1', local: '10.0.0.1', learns: false, isUp: true, mtu: 1450 },
    ]);
    expect([...host.fdb.values()].map(({ mac, dst }) => [mac, dst])).toEqual([
      ['02:42:0a:d0:00:02', '10.0.0.2'],
      ['02:42:0a:d0:00:02', undefined],
    ]);
    expect([...host.neighbours.values()].map(({ dst }) => dst)).toEqual(['10.208.0.2']);
  });

  it('replaces an address that has moved in one step, and forgets one that has come home', () => {
    const host = createHost();
    host.addBridge(70_000);
    settle(host, [network(70_000, { endpoints: [at('10.208.0.2', '10.0.0.2')] })]);
    const moved = plugin.plan(wanted([network(70_000, { endpoints: [at('10.208.0.2', '10.0.0.3')] })]), host.observe());
    expect(moved).toHaveLength(1);
    settle(host, [network(70_000, { endpoints: [at('10.208.0.2', null)] })]);
    expect([host.fdb.size, host.neighbours.size]).toEqual([0, 0]);
  });

  it('tells a thousand addresses in batches of one tool each', () => {
    const host = createHost();
    host.addBridge(70_000);
    settle(host, [network(70_000)]);
    const endpoints = Array.from({ length: 1_000 }, (_, n) => at(`10.208.${n >> 8}.${n & 255}`, '10.0.0.2'));
    const steps = plugin.plan(wanted([network(70_000, { endpoints })]), host.observe());
    const tools = (steps as readonly { readonly tool: 'ip' | 'bridge' }[]).map(({ tool }) => tool);
    expect(tools.length).toBe(3_000);
    expect(tools.filter((tool, n) => tool !== tools[n - 1])).toEqual(['bridge', 'ip']);
  });

  it('asks all other hosts where control is flood', () => {
    const host = createHost();
    host.addBridge(70_000);
    settle(host, [network(70_000, { networking: FLOOD, endpoints: [at('10.208.0.2', '10.0.0.2')] })]);
    expect([...host.fdb.values()].map(({ mac, dst }) => [mac, dst])).toEqual(PEERS.map((peer) => ['00:00:00:00:00:00', peer]));
    expect([...host.links.values()][0]?.learns).toBe(true);
    settle(host, [network(70_000, { networking: FLOOD, peers: ['10.0.0.3'] })]);
    expect([...host.fdb.values()].map(({ dst }) => dst)).toEqual(['10.0.0.3']);
  });

  it('forgets what was learned of an address that has moved, and nothing else of what was learned', () => {
    const host = createHost();
    host.addBridge(70_000);
    const before = network(70_000, { networking: FLOOD, endpoints: [at('10.208.0.2', '10.0.0.2'), at('10.208.0.3', '10.0.0.3')] });
    settle(host, [before]);
    const [name = ''] = host.links.keys();
    const learned = (address: string, more: Record<string, string>) =>
      host.fdb.set(`${macOf(address)} ${name} ${'dst' in more ? 'self' : 'master'}`, {
        mac: macOf(address),
        ifname: name,
        state: '',
        ...more,
      });
    const both = (address: string, dst: string) => [learned(address, { dst }), learned(address, { master: 'ckb1i0g' })];
    both('10.208.0.2', '10.0.0.2');
    both('10.208.0.3', '10.0.0.3');
    both('10.208.0.9', '10.0.0.3');
    expect(settle(host, [before])).toBe(0);
    settle(host, [{ ...before, endpoints: [at('10.208.0.2', null), at('10.208.0.3', '10.0.0.2')] }]);
    const left = [...host.fdb.values()].filter(({ state }) => state === '').map(({ mac, dst, master }) => [mac, dst ?? master]);
    expect(left).toEqual([
      [macOf('10.208.0.3'), 'ckb1i0g'],
      [macOf('10.208.0.9'), '10.0.0.3'],
      [macOf('10.208.0.9'), 'ckb1i0g'],
    ]);
  });

  it('touches nothing that is not marked as ours, and says so where it is in the way', () => {
    const host = createHost();
    const name = `ckx${(70_000).toString(36)}`;
    host.addBridge(70_000);
    host.run('ip', `link add ${name} type vxlan id 70000 dstport 4789 local 10.0.0.1 dev eth0`);
    host.run('ip', 'link add vxlan9 type vxlan id 9 dstport 4789 local 10.0.0.1 dev eth0');
    expect(settle(host, [])).toBe(0);
    expect(settle(host, [network(70_000)])).toBe(0);
    expect(plugin.refusal?.(wanted([network(70_000)]), host.observe())).toMatchObject({ code: 'conflict.foreign' });
    expect(plugin.refusal?.(wanted([network(70_001)]), host.observe())).toBeNull();
    expect(host.links.size).toBe(2);
  });

  it('comes from any state to any other, and plans nothing the second time', () => {
    const numbers = fc.constantFrom(70_000, 70_001);
    const endpoint = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(null, ...PEERS))
      .map(([n, host]) => at(`10.208.0.${n}`, host));
    const one = fc
      .record({
        endpoints: fc.uniqueArray(endpoint, { selector: ({ address }) => address, maxLength: 6 }),
        flood: fc.boolean(),
        mtu: fc.constantFrom(1450, 1400),
      })
      .map(({ endpoints, flood, mtu }) => ({ endpoints, mtu, ...(flood ? { networking: FLOOD } : {}) }));
    const state = fc
      .uniqueArray(fc.tuple(numbers, one), { selector: ([vni]) => vni })
      .map((list) => list.map(([vni, fields]) => network(vni, fields)));
    // Somebody takes away a link, and with it all of its entries.
    const act = fc.oneof(state, numbers);
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 8 }), (acts) => {
        const host = createHost();
        for (const vni of [70_000, 70_001]) host.addBridge(vni);
        let last: readonly HostNetwork[] = [];
        for (const next of acts) {
          if (typeof next === 'number') {
            const name = `ckx${next.toString(36)}`;
            if (host.links.has(name)) host.run('ip', `link del ${name}`);
          } else last = next;
          settle(host, last);
          expect(settle(host, last)).toBe(0);
        }
        expect(host.links.size).toBe(last.length);
      }),
    );
  });
});

describe('what iproute2 tells', () => {
  it('is read as version 6.1 prints it', () => {
    const output = `#links
[{"ifindex":12,"ifname":"ckxt","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1450,"master":"ckbt","linkinfo":{"info_kind":"vxlan","info_data":{"id":77777,"local":"10.72.10.11","link":"eth0","port_range":{"low":0,"high":0},"port":4789,"learning":false,"ttl":0}},"ifalias":"clocker:abc"}]

#bridges
[{"ifindex":2,"ifname":"docker0","mtu":1500},{"ifindex":11,"ifname":"ckbt","mtu":1450}]

#fdb
[{"mac":"02:42:56:2c:3a:d2","ifname":"docker0","flags":[],"master":"docker0","state":"permanent"},{"mac":"02:42:0a:d0:00:05","ifname":"ckxt","flags":[],"master":"ckbt","state":"static"},{"mac":"56:08:3f:ac:64:8e","ifname":"ckxt","flags":[],"master":"ckbt","state":"permanent"},{"mac":"02:42:0a:d0:00:05","ifname":"ckxt","dst":"10.72.10.12","flags":["self"],"state":"static"}]

#neighbours
[{"dst":"0.0.0.0","dev":"lo","lladdr":"00:00:00:00:00:00","state":["NOARP"]},{"dst":"10.72.10.1","dev":"eth0","lladdr":"02:42:67:81:d2:ae","state":["DELAY"]},{"dst":"224.0.0.22","dev":"ckbt","lladdr":"01:00:5e:00:00:16","state":["NOARP"]},{"dst":"10.208.0.5","dev":"ckbt","lladdr":"02:42:0a:d0:00:05","state":["NOARP"]}]
`;
    const read = readLinks(output, 'host-1');
    const link = {
      name: 'ckxt',
      alias: 'clocker:abc',
      vni: 77_777,
      local: '10.72.10.11',
      port: 4789,
      learns: false,
      mtu: 1450,
      master: 'ckbt',
      isUp: true,
    };
    expect([...read.links.values()]).toEqual([link]);
    expect([...read.bridges.keys()]).toEqual(['docker0', 'ckbt']);
    expect(read.remote('ckxt')).toEqual([{ mac: '02:42:0a:d0:00:05', at: '10.72.10.12' }]);
    expect(read.forwarded('ckxt')).toEqual(['02:42:0a:d0:00:05']);
    expect(read.neighbours('ckbt')).toEqual([{ address: '10.208.0.5', mac: '02:42:0a:d0:00:05' }]);
  });

  it('is refused where it cannot be read, with the host', () => {
    expect(() => readLinks('#links\nDevice "x" does not exist', 'host-7')).toThrowError(
      expect.objectContaining({ code: 'network.refused' }),
    );
    expect(readLinks('', 'host-7').links.size).toBe(0);
  });
});
