import { z } from 'zod';
import type { NetworkDefinition } from '../../domain/entity/container-spec.ts';
import { VXLAN_CONFIG } from '../../domain/entity-types/sdn-config.ts';
import { macOf } from '../../domain/network/addresses.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostNetwork, HostNetworks, HostWay, RootShell, SdnProvider, SdnStep } from '../../ports/sdn-provider.ts';
import { type ObservedLinks, readLinks } from './vxlan/read-links.ts';

/** Outer Ethernet, IPv4, UDP and VXLAN headers. */
const OVERHEAD_BYTES = 50;
const CHUNK_LINES = 500;
const EVERYBODY = '00:00:00:00:00:00';

const config = z.strictObject(VXLAN_CONFIG);

interface BatchStep extends SdnStep {
  readonly tool: 'ip' | 'bridge';
  /** Of `ip -batch` or `bridge -batch`. */
  readonly line: string;
}

/**
 * Kernel VXLAN between the bridges that Docker makes, with no agent on the hosts. Control `controller` is IBM DOVE's model: each host is told where
 * every address is, and nothing is flooded, so that an address that nobody has costs nothing. `flood` is Weave's: hosts learn by asking all others.
 */
export const plugin: SdnProvider<ObservedLinks, BatchStep> = {
  id: 'vxlan',
  title: 'VXLAN',
  description: 'Kernel VXLAN between the hosts, with no agent on them.',
  aliases: ['vxlan-network', 'VxlanNetwork'],
  config,
  commands: ['ip', 'bridge'],
  overheadBytes: OVERHEAD_BYTES,
  definition,
  observe,
  refusal,
  plan,
  way,
  apply,
};

/** At most 15 characters, as Linux wants it. */
function nameOf(kind: 'ckb' | 'ckx', vni: number): string {
  return `${kind}${vni.toString(36)}`;
}

function markOf(planeId: string): string {
  return `clocker:${planeId}`;
}

function definition({ vni, subnet, gateway, mtu, internal }: Omit<HostNetwork, 'endpoints' | 'peers' | 'gateways'>): NetworkDefinition {
  return {
    subnet,
    gateway,
    ...(internal ? { internal: true } : {}),
    options: { 'com.docker.network.bridge.name': nameOf('ckb', vni), 'com.docker.network.driver.mtu': String(mtu) },
  };
}

const OBSERVE = `
if ! command -v ip >/dev/null || ! command -v bridge >/dev/null; then echo missing; exit 0; fi
echo '#links'; ip -j -d link show type vxlan
echo '#bridges'; ip -j link show type bridge
echo '#fdb'; bridge -j fdb show
echo '#neighbours'; ip -j neigh show nud all
`;

async function observe(shell: RootShell, { hostName }: HostNetworks): Promise<ObservedLinks> {
  const { output } = await shell.run(OBSERVE);
  if (output.trim() === 'missing') {
    throw new ClockerError('network.refused', {
      message: `${hostName} has no commands ip and bridge, by which its networks are made`,
      hint: 'Install iproute2 on it.',
    });
  }
  return readLinks(output, hostName);
}

function refusal({ hostName, planeId, networks }: HostNetworks, { links }: ObservedLinks): ClockerError | null {
  const taken = networks
    .map(({ vni }) => links.get(nameOf('ckx', vni)))
    .find((link) => link !== undefined && link.alias !== markOf(planeId));
  if (!taken) return null;
  return new ClockerError('conflict.foreign', {
    message: `A link that is not ours is called ${taken.name} on ${hostName}`,
    hint: 'Remove or rename it; Clocker touches nothing without its own mark.',
  });
}

function plan(wanted: HostNetworks, observed: ObservedLinks): readonly BatchStep[] {
  const mark = markOf(wanted.planeId);
  const known = new Set(wanted.networks.map(({ vni }) => nameOf('ckx', vni)));
  const surplus = [...observed.links.values()].filter(({ name, alias }) => alias === mark && name.startsWith('ckx') && !known.has(name));
  return [
    ...surplus.map(({ name }) => ip(`link del ${name}`, `Remove ${name}`)),
    ...wanted.networks.flatMap((network) =>
      observed.bridges.has(nameOf('ckb', network.vni)) ? planNetwork(wanted, network, observed) : [],
    ),
  ];
}

function way(
  { vni, networking }: Pick<HostNetwork, 'vni' | 'networking'>,
  { from, to }: { readonly from: string; readonly to: string },
): HostWay {
  const needs = `UDP ${config.parse(networking.config)['vxlan.port']}`;
  return { text: `VXLAN number ${vni} over ${needs}, ${from} → ${to}`, needs };
}

function planNetwork({ planeId, underlay }: HostNetworks, network: HostNetwork, observed: ObservedLinks): readonly BatchStep[] {
  const { vni, mtu } = network;
  const [name, bridge, mark] = [nameOf('ckx', vni), nameOf('ckb', vni), markOf(planeId)];
  const settings = config.parse(network.networking.config);
  const isControlled = settings['vxlan.control'] === 'controller';
  const present = observed.links.get(name);
  if (present && present.alias !== mark) return [];
  const isRight =
    present?.vni === vni &&
    present.local === underlay.address &&
    present.port === settings['vxlan.port'] &&
    present.learns === !isControlled &&
    present.mtu === mtu &&
    present.master === bridge &&
    present.isUp;
  const made = isRight
    ? []
    : makeLink({ name, bridge, mark, vni, mtu, isControlled, port: settings['vxlan.port'], underlay, isThere: present !== undefined });
  const steps = [
    ...planOwnAddress(bridge, network, observed),
    ...made,
    ...planEntries({ name, bridge, network, isControlled, isNew: !isRight, observed }),
    ...(isRight && !isControlled ? planUnlearning(name, network, observed) : []),
  ];
  return steps.map((step) => ({ ...step, networkId: network.id }));
}

/** The bridge gets the hardware address that the other hosts are told of it, so that hosts can try each other. */
function planOwnAddress(bridge: string, { gateway }: HostNetwork, { bridges }: ObservedLinks): readonly BatchStep[] {
  const mac = macOf(gateway);
  return bridges.get(bridge) === mac ? [] : [ip(`link set dev ${bridge} address ${mac}`, `This host is ${gateway}`)];
}

interface Link {
  readonly name: string;
  readonly bridge: string;
  readonly mark: string;
  readonly vni: number;
  readonly mtu: number;
  readonly port: number;
  readonly isControlled: boolean;
  readonly underlay: HostNetworks['underlay'];
  readonly isThere: boolean;
}

/** Of a device, so that the kernel refuses an MTU that would not fit through it. */
function makeLink({ name, bridge, mark, vni, mtu, port, isControlled, underlay, isThere }: Link): readonly BatchStep[] {
  const text = `Make ${name} (VNI ${vni}, MTU ${mtu})`;
  const learning = isControlled ? ' nolearning' : '';
  return [
    ...(isThere ? [ip(`link del ${name}`, text)] : []),
    ip(`link add ${name} type vxlan id ${vni} dstport ${port} local ${underlay.address} dev ${underlay.device}${learning}`, text),
    ip(`link set dev ${name} alias ${mark}`, text),
    ip(`link set dev ${name} mtu ${mtu}`, text),
    ip(`link set dev ${name} master ${bridge} up`, text),
    ...(isControlled
      ? [bridgeLine(`link set dev ${name} learning off flood off mcast_flood off bcast_flood off neigh_suppress on`, text)]
      : []),
  ];
}

interface Entries {
  readonly name: string;
  readonly bridge: string;
  readonly network: HostNetwork;
  readonly isControlled: boolean;
  /** The link was made anew: none of its entries is there. */
  readonly isNew: boolean;
  readonly observed: ObservedLinks;
}

/** Each entry is a line that adds it; what is there and not wanted is deleted. */
function planEntries({ name, bridge, network, isControlled, isNew, observed }: Entries): readonly BatchStep[] {
  const remote = [...network.endpoints, ...(network.gateways ?? [])].flatMap(({ at, ...rest }) => (at === null ? [] : [{ ...rest, at }]));
  const wanted = new Map<string, BatchStep>();
  for (const { address, mac, at } of isControlled ? remote : []) {
    const text = `${address} is at ${at}`;
    wanted.set(`self ${mac} ${at}`, bridgeLine(`fdb replace ${mac} dev ${name} dst ${at} self static`, text));
    wanted.set(`master ${mac}`, bridgeLine(`fdb replace ${mac} dev ${name} master static`, text));
    wanted.set(`neighbour ${address} ${mac}`, ip(`neigh replace ${address} lladdr ${mac} dev ${bridge} nud noarp`, text));
  }
  for (const at of isControlled ? [] : network.peers) {
    wanted.set(`self ${EVERYBODY} ${at}`, bridgeLine(`fdb append ${EVERYBODY} dev ${name} dst ${at} self permanent`, `Ask ${at} too`));
  }
  const present = new Map<string, BatchStep>();
  for (const { mac, at } of isNew ? [] : observed.remote(name)) {
    present.set(`self ${mac} ${at}`, bridgeLine(`fdb del ${mac} dev ${name} dst ${at} self`, `Forget ${mac} at ${at}`));
  }
  for (const mac of isNew ? [] : observed.forwarded(name))
    present.set(`master ${mac}`, bridgeLine(`fdb del ${mac} dev ${name} master`, `Forget ${mac}`));
  for (const { address, mac } of observed.neighbours(bridge)) {
    present.set(`neighbour ${address} ${mac}`, ip(`neigh del ${address} dev ${bridge}`, `Forget ${address}`));
  }
  const elsewhere = new Set([...wanted.keys()].map(subjectOf));
  return [
    ...inBatches([...present].flatMap(([key, step]) => (wanted.has(key) || isReplaced(key, elsewhere) ? [] : [step]))),
    ...inBatches([...wanted].flatMap(([key, step]) => (present.has(key) ? [] : [step]))),
  ];
}

/** What was learned of an address before it moved would send all there until the address speaks itself, for five minutes at most. */
function planUnlearning(name: string, { endpoints }: HostNetwork, observed: ObservedLinks): readonly BatchStep[] {
  const known = new Map(endpoints.map((endpoint) => [endpoint.mac, endpoint]));
  return observed.learned(name).flatMap(({ mac, at }): readonly BatchStep[] => {
    const endpoint = known.get(mac);
    if (!endpoint || (at === null ? endpoint.at !== null : endpoint.at === at)) return [];
    const where = at === null ? 'master' : `dst ${at} self`;
    return [bridgeLine(`fdb del ${mac} dev ${name} ${where}`, `Forget where ${endpoint.address} was`)];
  });
}

/** Lines of one tool together: a thousand addresses are a few batches then, not some for each. None waits for one of the other. */
function inBatches(steps: readonly BatchStep[]): readonly BatchStep[] {
  return [...steps.filter(({ tool }) => tool === 'bridge'), ...steps.filter(({ tool }) => tool === 'ip')];
}

/** An address or a hardware address that is now somewhere else is replaced in one step, without a moment in which it is nowhere. */
function isReplaced(key: string, elsewhere: ReadonlySet<string>): boolean {
  const [kind, subject] = key.split(' ');
  return kind !== 'master' && subject !== EVERYBODY && elsewhere.has(subjectOf(key));
}

/** `self <mac>`, `neighbour <address>`: what a key is about, without where that is. */
function subjectOf(key: string): string {
  return key.split(' ').slice(0, 2).join(' ');
}

function ip(line: string, text: string): BatchStep {
  return { tool: 'ip', line, text };
}

function bridgeLine(line: string, text: string): BatchStep {
  return { tool: 'bridge', line, text };
}

async function apply(shell: RootShell, steps: readonly BatchStep[]): Promise<void> {
  for (let at = 0; at < steps.length; at += CHUNK_LINES) {
    const some = steps.slice(at, at + CHUNK_LINES);
    const { output, code } = await shell.run(batchScript(some), some.map(({ line }) => line).join('\n'));
    if (code === 0) continue;
    const [, failed] = /-:(\d+)/.exec(output) ?? [];
    const what = some[Number(failed ?? 1) - 1]?.text ?? 'a network';
    throw new ClockerError('network.refused', {
      message: `${what}: ${output.trim().split('\n').slice(0, 2).join(' / ')}`,
      retryable: true,
    });
  }
}

/** All in one turn of the shell: lines in a row of one tool are a batch of it, in which those of the others are blank, so that it counts lines as we do. */
function batchScript(steps: readonly BatchStep[]): string {
  const starts = steps.flatMap(({ tool }, n) => (tool === steps[n - 1]?.tool ? [] : [n]));
  const batches = starts.map((start, n) => {
    const lines = `${start + 1},${starts[n + 1] ?? steps.length}`;
    return `printf '%s\\n' "$CK_TEXT" | sed '${lines}!s/.*//' | ${steps[start]?.tool} -batch - 2>&1`;
  });
  return batches.join(' || exit 1\n');
}
