import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { macOf } from '../../domain/network/addresses.ts';
import type { HostNetwork, HostNetworks } from '../../ports/sdn-provider.ts';
import { bridgeOf, hostTexts } from './bgp/host-texts.ts';
import { type ObservedHost, readHost } from './bgp/read-host.ts';
import { plugin } from './bgp.ts';

const PEERS = ['10.0.0.2', '10.0.0.3'];
const SETTINGS = { asNumber: 64_512, port: 179 };
const MAC = '02:42:00:00:00:01';
const FOREIGN_PASS = '-s 10.9.0.0/24 -j ACCEPT';

/** What a host has; steps do with it what their scripts do. */
function createHost() {
  const bridges = new Map<string, string>();
  const state = {
    answering: new Set<string>(),
    passes: new Set<string>(),
    files: new Map<string, string>(),
    isLooking: false,
    isNoted: false,
  };
  const bird = { isAlive: false, read: '' };
  const others = new Set([FOREIGN_PASS]);
  const conf = () => `${state.files.get('peers') ?? ''}${state.files.get('routes') ?? ''}`;
  const hash = (name: string) => {
    const text = state.files.get(name);
    return text === undefined ? '' : createHash('sha256').update(text).digest('hex');
  };

  function observe(): ObservedHost {
    const isThere = state.files.size > 0 || state.isLooking || state.passes.size > 0;
    return {
      ...{ bridges: new Map(bridges), answering: new Set(state.answering), peers: hash('peers'), routes: hash('routes') },
      ...{
        rules: state.isNoted ? hash('rules') : '',
        isAlive: bird.isAlive,
        hasRead: bird.read !== '' && bird.read === conf(),
        isLooking: state.isLooking,
      },
      ...{ passes: [...state.passes], isThere, portTaken: '', routed: [] },
    };
  }

  function run(step: (ReturnType<typeof plugin.plan>[number] & Record<string, unknown>) | undefined): void {
    const { kind, content, rule, bridge } = step as unknown as Record<string, string>;
    if (kind === 'rules') state.isNoted = false;
    if (kind === 'rules' || kind === 'peers' || kind === 'routes') state.files.set(kind, content ?? '');
    else if (kind === 'note') state.isNoted = true;
    else if (kind === 'pass') state.passes.add(rule ?? '');
    else if (kind === 'unpass') {
      if (!state.passes.delete(rule ?? '')) throw new Error(`no rule ${rule}`);
    } else if (kind === 'answer') state.answering.add(bridge ?? '');
    else if (kind === 'look') state.isLooking = true;
    else if (kind === 'reload' || kind === 'start') {
      if ((kind === 'start') === bird.isAlive) throw new Error(`cannot ${kind}`);
      Object.assign(bird, { isAlive: true, read: conf() });
    } else if (kind === 'end') {
      state.files.clear();
      state.isLooking = false;
      Object.assign(bird, { isAlive: false, read: '' });
    }
  }

  return { bridges, state, bird, others, observe, run };
}

type TestHost = ReturnType<typeof createHost>;

function network(vni: number, fields: Partial<HostNetwork> = {}): HostNetwork {
  const networking = { provider: 'bgp', pool: '10.208.0.0/12', prefix: 24, config: {} };
  const subnet = `10.208.${vni - 70_000}.0/24`;
  return {
    ...{ id: `n${vni}`, vni, subnet, gateway: '10.208.0.254', mtu: 1500, internal: false, networking },
    ...{ peers: PEERS, endpoints: [] },
    ...fields,
  };
}

const at = (address: string, host: string | null) => ({ address, mac: macOf(address), at: host });

function wanted(networks: readonly HostNetwork[]): HostNetworks {
  return { hostName: 'host-1', planeId: 'abc123', underlay: { address: '10.0.0.1', device: 'eth0', mtu: 1500 }, networks };
}

/** `most`: how many steps are done before all breaks off. */
function settle(host: TestHost, networks: readonly HostNetwork[], most = Number.POSITIVE_INFINITY): number {
  const steps = plugin.plan(wanted(networks), host.observe());
  for (const step of steps.slice(0, most)) host.run(step as never);
  return steps.length;
}

/** By an earlier look, up to the first step that fails. */
function hasten(host: TestHost, next: HostNetworks, earlier: ObservedHost): void {
  for (const step of plugin.ahead?.(next, earlier) ?? []) {
    try {
      host.run(step as never);
    } catch {
      return;
    }
  }
}

describe('BGP on one host', () => {
  it('waits for the bridge that Docker makes, then lets pass before it tells of addresses', () => {
    const host = createHost();
    expect(settle(host, [network(70_000)])).toBe(0);
    host.bridges.set(bridgeOf(70_000), MAC);
    const steps = plugin.plan(wanted([network(70_000)]), host.observe()) as readonly { readonly kind?: string }[];
    expect(steps.map(({ kind }) => kind)).toEqual(['rules', 'peers', 'routes', 'pass', 'pass', 'answer', 'look', 'start', 'note']);
  });

  it('announces what is here, and takes from peers what is of its networks by number', () => {
    const endpoints = [at('10.208.0.1', null), at('10.208.0.2', '10.0.0.2')];
    const { peers, routes, rules } = hostTexts(wanted([network(70_000, { endpoints })]), SETTINGS, new Map([[bridgeOf(70_000), MAC]]));
    expect(routes).toBe('route 10.208.0.1/32 via "ckb1i0g" { bgp_large_community.add((64512, 70000, 0)); };\n');
    expect(peers).toContain('if net ~ 10.208.0.0/24 && (64512, 70000, 0) ~ bgp_large_community then accept;');
    expect(peers).toContain('neighbor 10.0.0.2 port 179 as 64512');
    expect(rules).toContain('elements = { 10.208.0.1, 10.208.0.2 }');
    expect(rules).toContain(`ether daddr { ${macOf('10.208.0.2')} } ether daddr set ${MAC} meta pkttype set host`);
  });

  it('hides only what has a way out behind the host, and never towards networks of ours', () => {
    const of = (internal: boolean) =>
      hostTexts(wanted([network(70_000, { internal, endpoints: [at('10.208.0.1', null)] })]), SETTINGS, new Map()).rules;
    expect(of(false)).toContain('ip daddr != @ranges oifname != "ckb1i0g" masquerade');
    expect(of(true)).not.toMatch(/masquerade|established|dnat/);
  });

  it('has BIRD read again what it was told before all broke off', () => {
    const host = createHost();
    host.bridges.set(bridgeOf(70_000), MAC);
    settle(host, [network(70_000)]);
    const grown = [network(70_000, { endpoints: [at('10.208.0.1', null)] })];
    settle(host, grown, 2);
    expect(plugin.plan(wanted(grown), host.observe())).toMatchObject([{ kind: 'rules' }, { kind: 'reload' }, { kind: 'note' }]);
  });

  it('tells of an address that has come before it looks again, and has nothing to do then', () => {
    const host = createHost();
    host.bridges.set(bridgeOf(70_000), MAC);
    settle(host, [network(70_000)]);
    const grown = wanted([network(70_000, { endpoints: [at('10.208.0.1', null)] })]);
    const steps = plugin.ahead?.(grown, host.observe()) as unknown as readonly { readonly kind: string }[];
    expect(steps.map(({ kind }) => kind)).toEqual(['rules', 'routes', 'reload', 'note']);
    hasten(host, grown, host.observe());
    expect(plugin.plan(grown, host.observe())).toEqual([]);
  });

  it('refuses a port that another holds and hosts that are not on one LAN, with what to do', () => {
    const host = createHost();
    host.bridges.set(bridgeOf(70_000), MAC);
    const refused = (fields: Partial<ObservedHost>, networks = [network(70_000)]) =>
      plugin.refusal?.(wanted(networks), { ...host.observe(), ...fields });
    expect(refused({ portTaken: '"bird"' })).toMatchObject({ code: 'network.refused', hint: expect.stringContaining('bgp.port') });
    expect(refused({ routed: ['10.0.0.2'] })).toMatchObject({ hint: expect.stringContaining('one LAN') });
    expect(refused({ portTaken: '"bird"' }, [])).toBeNull();
  });

  it('comes from any state to any other whatever broke off, plans nothing the second time, and leaves nothing', () => {
    const endpoint = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(null, ...PEERS));
    const one = fc.record({
      vni: fc.constantFrom(70_000, 70_001),
      internal: fc.boolean(),
      endpoints: fc.uniqueArray(endpoint, { selector: ([n]) => n, maxLength: 6 }),
    });
    const state = fc
      .uniqueArray(one, { selector: ({ vni }) => vni })
      .map((list) =>
        list.map(({ vni, internal, endpoints }) =>
          network(vni, { internal, endpoints: endpoints.map(([n, host]) => at(`10.208.${vni - 70_000}.${n}`, host)) }),
        ),
      );
    const act = fc.record({
      state,
      breaksAfter: fc.integer({ min: 0, max: 9 }),
      fault: fc.constantFrom('none', 'killed', 'flushed', 'rules'),
      isHasty: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 8 }), (acts) => {
        const host = createHost();
        for (const vni of [70_000, 70_001]) host.bridges.set(bridgeOf(vni), MAC);
        for (const { state: next, breaksAfter, fault, isHasty } of acts) {
          const earlier = host.observe();
          if (fault === 'killed') host.bird.isAlive = false;
          if (fault === 'flushed') host.state.passes.clear();
          if (fault === 'rules') host.state.files.delete('rules');
          if (isHasty) hasten(host, wanted(next), earlier);
          settle(host, next, breaksAfter);
          settle(host, next);
          expect(settle(host, next)).toBe(0);
          expect(host.bird.isAlive).toBe(next.length > 0);
          expect(host.state.passes.size).toBe(2 * next.length);
        }
        settle(host, []);
        expect(host.observe().isThere).toBe(false);
      }),
    );
  });
});

describe('what a host tells', () => {
  it('is read as Debian 12 prints it', () => {
    const output = `bridge docker0 02:42:ac:11:00:02
bridge ckb1i0g 02:42:00:00:00:01
answering ckb1i0g
folder /run/clocker/abc123/bgp
peers aa
routes bb
read yes
bird alive
table clocker_bgp_abc123
rules cc
rule 12345
pass -A DOCKER-USER -s 10.208.0.0/24 -d 10.208.0.0/24 -i ckb1i0g -o eth0 -m comment --comment "clocker:abc123" -j ACCEPT
`;
    const read = readHost(output);
    expect(read).toMatchObject({ peers: 'aa', routes: 'bb', rules: 'cc', isAlive: true, hasRead: true, isLooking: true, isThere: true });
    expect(read.passes).toEqual(['-s 10.208.0.0/24 -d 10.208.0.0/24 -i ckb1i0g -o eth0 -m comment --comment clocker:abc123 -j ACCEPT']);
    expect([...read.bridges]).toEqual([
      ['docker0', '02:42:ac:11:00:02'],
      ['ckb1i0g', MAC],
    ]);
    expect(readHost('bridge docker0\n')).toMatchObject({ isThere: false, isAlive: false, hasRead: false });
  });
});
