import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macOf } from '../../domain/network/addresses.ts';
import type { HostEndpoint, HostNetwork, HostNetworks, RootShell } from '../../ports/sdn-provider.ts';
import type { Attached, CniContainer, CniHost } from './attaching/read-host.ts';
import { readHost } from './attaching/read-host.ts';
import { plugin } from './cni.ts';

const CONTAINERS = ['a', 'b', 'c', 'd'].map((name) => ({ name, id: name.repeat(64), instanceId: `i-${name}` }));

/** A host whose containers run, end and are started anew; steps do with it what their scripts do. */
function createHost() {
  const inodes = new Map<string, string>();
  const attached = new Map<string, Attached>();
  let next = 4_026_532_000;
  return {
    attached,
    start: (name: string) => inodes.set(name, String(next++)),
    end: (name: string) => inodes.delete(name),
    damage: (name: string) => {
      const found = attached.get(name);
      if (found) attached.set(name, { ...found, state: 'wrong' });
    },
    observe(): CniHost {
      const containers = CONTAINERS.map((one): CniContainer => ({ ...one, inode: inodes.get(one.name) ?? null, pid: '42' }));
      const seen = [...attached.values()].map((one): Attached => {
        const owner = containers.find(({ id }) => one.name.endsWith(`-${id}`));
        return owner?.inode === one.inode ? one : { ...one, state: 'gone' };
      });
      return { missing: [], absent: [], containers, attached: seen };
    },
    run({ kind, input }: { readonly kind: 'add' | 'del'; readonly input: string }) {
      const [, name = '', , , hash = '', , inode = ''] = (input.split('\n')[0] ?? '').split(' ');
      if (kind === 'del') {
        if (!attached.delete(name)) throw new Error(`nothing called ${name}`);
      } else if (attached.has(name)) throw new Error(`${name} is attached already`);
      else attached.set(name, { name, hash, inode, state: 'right' });
    },
  };
}

const endpoint = (address: string, name?: string): HostEndpoint => ({
  ...{ address, mac: macOf(address), at: name === undefined ? '10.0.0.2' : null },
  ...(name === undefined ? {} : { container: { key: name, instanceId: `i-${name}`, startedAt: 1 } }),
});

function network(vni: number, endpoints: readonly HostEndpoint[], config: HostNetwork['networking']['config'] = {}): HostNetwork {
  return {
    ...{ id: `n${vni}`, vni, subnet: `10.208.${vni - 70_000}.0/24`, gateway: `10.208.${vni - 70_000}.254`, mtu: 1500, internal: false },
    ...{ networking: { provider: 'cni', pool: '10.208.0.0/12', prefix: 24, config }, peers: [], endpoints },
  };
}

const wanted = (networks: readonly HostNetwork[]): HostNetworks => ({
  ...{ hostName: 'host-1', planeId: 'abc123', underlay: { address: '10.0.0.1', device: 'eth0', mtu: 1500 }, networks },
});

function settle(host: ReturnType<typeof createHost>, networks: readonly HostNetwork[], most = Number.POSITIVE_INFINITY): readonly string[] {
  const steps = plugin.plan(wanted(networks), host.observe()) as readonly { kind: 'add' | 'del'; text: string; input: string }[];
  for (const step of steps.slice(0, most)) host.run(step);
  return steps.map(({ text }) => text);
}

describe('networks by CNI', () => {
  it('attach each container that runs, and none that does not, is elsewhere or is not ours', () => {
    const host = createHost();
    host.start('a');
    host.start('c');
    const foreign: HostEndpoint = { ...endpoint('10.208.1.4'), at: null, container: { key: 'c', instanceId: 'other', startedAt: 1 } };
    const networks = [network(70_001, [endpoint('10.208.1.1', 'a'), endpoint('10.208.1.2', 'b'), endpoint('10.208.1.3'), foreign])];
    expect(settle(host, networks)).toEqual(['Attach 10.208.1.1 to container aaaaaaaaaaaa']);
    expect(settle(host, networks)).toEqual([]);
  });

  it('find an adopted container by its id', () => {
    const host = createHost();
    host.start('a');
    const container = { key: 'a'.repeat(64), instanceId: null, startedAt: 1 };
    expect(settle(host, [network(70_001, [{ ...endpoint('10.208.1.1', 'a'), container }])])).toHaveLength(1);
  });

  it('give back and attach anew what was started anew, taken away, or has another address', () => {
    const host = createHost();
    host.start('a');
    const networks = [network(70_001, [endpoint('10.208.1.1', 'a')])];
    settle(host, networks);
    host.start('a');
    expect(settle(host, networks)).toEqual([
      'Give back what was kept for container aaaaaaaaaaaa',
      'Attach 10.208.1.1 to container aaaaaaaaaaaa',
    ]);
    host.damage([...host.attached.keys()][0] ?? '');
    expect(settle(host, networks)).toEqual(['Undo what is left of container aaaaaaaaaaaa', 'Attach 10.208.1.1 to container aaaaaaaaaaaa']);
    expect(settle(host, [network(70_001, [endpoint('10.208.1.9', 'a')])])).toEqual([
      'Detach container aaaaaaaaaaaa',
      'Attach 10.208.1.9 to container aaaaaaaaaaaa',
    ]);
  });

  it('come to what is wanted whatever happened and wherever it broke off, and plan nothing then', () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constantFrom('start', 'end'), name: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({ kind: fc.constant('damage'), at: fc.nat(3) }),
      fc.record({ kind: fc.constant('want'), nets: fc.array(fc.subarray(['a', 'b', 'c', 'd']), { maxLength: 3 }), most: fc.nat(4) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const host = createHost();
        let networks: readonly HostNetwork[] = [];
        for (const one of events) {
          if ('nets' in one) {
            networks = one.nets.map((names, net) =>
              network(
                70_001 + net,
                names.map((name, at) => endpoint(`10.208.${net + 1}.${at + 1}`, name)),
              ),
            );
            settle(host, networks, one.most);
          } else if ('at' in one) host.damage([...host.attached.keys()][one.at] ?? '');
          else if (one.kind === 'start') host.start(one.name);
          else host.end(one.name);
        }
        settle(host, networks);
        expect(settle(host, networks)).toEqual([]);
        const running = host.observe().containers.filter(({ inode }) => inode !== null);
        const expected = networks.flatMap(({ endpoints }) =>
          endpoints.filter(({ container }) => running.some(({ name }) => name === container?.key)),
        );
        expect(host.attached.size).toBe(expected.length);
      }),
    );
  });

  it('refuse a host without a plug-in, and say what to install', async () => {
    const shell: RootShell = { run: async () => ({ output: 'absent macvlan\n', code: 0 }) };
    const all = wanted([network(70_001, [])]);
    expect(plugin.refusal?.(all, await plugin.observe(shell, all))).toMatchObject({
      code: 'network.refused',
      message: expect.stringContaining('no plug-in macvlan of CNI in /opt/cni/bin:/usr/lib/cni'),
    });
  });

  it('look for plug-ins in the folders of each network, which keeps those that it was made with', async () => {
    const told: (string | undefined)[] = [];
    const shell: RootShell = {
      run: async (_, text) => {
        told.push(text);
        return { output: '', code: 0 };
      },
    };
    const before = network(70_001, [], { 'cni.path': '/opt/cni/bin' });
    const after = network(70_002, [], { 'cni.path': '/opt/cni/bin:/srv/cni' });
    await plugin.observe(shell, wanted([before, after]));
    expect(told.map((text) => text?.split('\n')[0])).toEqual(['/run/clocker/abc123/cni /opt/cni/bin:/srv/cni']);
  });

  it('say what a plug-in said, also where that is no proper JSON', async () => {
    const output = '10.208.1.1 macvlan: { "msg": "no \\d here" }';
    const shell: RootShell = { run: async () => ({ output, code: 1 }) };
    const steps = [{ kind: 'add', subject: '10.208.1.1', text: 'Attach 10.208.1.1', input: '' }];
    await expect(plugin.apply(shell, steps as never)).rejects.toMatchObject({
      message: 'Attach 10.208.1.1: macvlan says no \\d here',
    });
  });

  it('say what a plug-in said', async () => {
    const output = '10.208.1.1 macvlan: {\n    "cniVersion": "1.0.0",\n    "code": 999,\n    "msg": "failed to look up \\"eth9\\""\n}';
    const shell: RootShell = { run: async () => ({ output, code: 1 }) };
    const steps = [{ kind: 'add', subject: '10.208.1.1', text: 'Attach 10.208.1.1', input: '' }];
    await expect(plugin.apply(shell, steps as never)).rejects.toMatchObject({
      message: 'Attach 10.208.1.1: macvlan says failed to look up "eth9"',
    });
  });

  it('execute CHECK once nothing else is to be done, and mend what it finds', async () => {
    const id = 'a'.repeat(64);
    const all = { ...wanted([network(70_001, [endpoint('10.208.1.1', 'a')])]), isThorough: true };
    const there = `container ${id} 42 4026532001 /a i-a\n`;
    const scripts: string[] = [];
    const planned = async (seen: string, checked = '', looked: HostNetworks = all) => {
      scripts.length = 0;
      const shell: RootShell = {
        run: async (script) => {
          const isCheck = script.includes('call CHECK');
          scripts.push(isCheck ? 'check' : 'look');
          return { output: isCheck ? checked : seen, code: 0 };
        },
      };
      return plugin.plan(looked, await plugin.observe(shell, looked));
    };
    const [add] = await planned(there);
    expect(scripts).toEqual(['look']);
    const [, name = '', , , hash = ''] = String((add as { input?: string } | undefined)?.input).split(/\s/);
    const attached = `attached ${name} 4026532001 ${hash} right\n`;
    expect(await planned(`${there}${attached}`)).toEqual([]);
    expect(scripts).toEqual(['look', 'check']);
    expect(await planned(`${there}${attached}`, `wrong ${name}\n`, { ...all, isThorough: false })).toEqual([]);
    expect(scripts).toEqual(['look']);
    expect((await planned(`${there}${attached}`, `wrong ${name}\n`)).map(({ text }) => text)).toEqual([
      'Undo what is left of container aaaaaaaaaaaa',
      'Attach 10.208.1.1 to container aaaaaaaaaaaa',
    ]);
    expect((await planned(attached)).map(({ text }) => text)).toEqual(['Detach container aaaaaaaaaaaa']);
    expect(scripts).toEqual(['look']);
  });

  it('read what the observing script tells', () => {
    const id = 'f'.repeat(64);
    const host = readHost(
      `missing nsenter\ncontainer ${id} 42 4026532001 /web i-1\ncontainer ${id} 0 0 /db -\nattached 1ab-${id} 4026532001 h right\n`,
    );
    expect(host).toEqual({
      ...{ missing: ['nsenter'], absent: [] },
      containers: [
        { id, name: 'web', pid: '42', instanceId: 'i-1', inode: '4026532001' },
        { id, name: 'db', pid: '0', instanceId: null, inode: null },
      ],
      attached: [{ name: `1ab-${id}`, inode: '4026532001', hash: 'h', state: 'right' }],
    });
  });
});
