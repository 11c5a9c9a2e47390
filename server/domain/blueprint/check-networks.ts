import ipaddr from 'ipaddr.js';
import { networks, toNetworkDefinitions, toNetworks } from '../entity/container-networks.ts';
import type { NetworkAttachment, NetworkDefinition } from '../entity/container-spec.ts';
import type { EntitySpec } from '../entity/entity-spec.ts';
import { joinPath, quoteText } from './findings.ts';
import type { PlanState } from './plan-state.ts';
import { nodeAt } from './source-node.ts';

const ATTACHED = 'docker.container.networks';
const DECLARED = 'docker.networks';

type Definitions = Readonly<Record<string, NetworkDefinition>>;

/** Fixed addresses that their network does not have, or has once; and networks with fewer addresses than containers. */
export function checkNetworks(root: EntitySpec, state: PlanState): void {
  const definitions = toNetworkDefinitions(root.config[DECLARED]);
  const holders = new Map<string, string>();
  const wanted = new Map<string, number>();
  for (const { spec, copies } of withCopies(root, 1)) {
    for (const network of attachmentsOf(spec)) {
      wanted.set(network.name, (wanted.get(network.name) ?? 0) + copies);
      checkAddress({ spec, network, copies }, definitions, holders, state);
    }
  }
  for (const [name, count] of wanted) checkRoom(root, { name, count, definition: definitions[name] }, state);
}

interface Counted {
  readonly spec: EntitySpec;
  /** How many of it there are when the clusters around it have their first size. */
  readonly copies: number;
}

function* withCopies(spec: EntitySpec, copies: number): Generator<Counted> {
  yield { spec, copies };
  for (const child of spec.children) yield* withCopies(child, copies);
  const size = spec.config['cluster.initial.size'];
  if (spec.memberSpec !== null) yield* withCopies(spec.memberSpec, copies * (typeof size === 'number' && size >= 0 ? size : 1));
}

/** None where an expression stands in between: then it is known only later. */
function attachmentsOf(spec: EntitySpec): readonly NetworkAttachment[] {
  const given = networks.safeParse(spec.config[ATTACHED] ?? []);
  return given.success ? toNetworks({ [ATTACHED]: given.data }) : [];
}

interface Attached extends Counted {
  readonly network: NetworkAttachment;
}

function checkAddress({ spec, network, copies }: Attached, definitions: Definitions, holders: Map<string, string>, state: PlanState): void {
  const { address, name } = network;
  const place = state.levels.get(spec.path)?.places.get(ATTACHED);
  // Importers tell of what stands in their own language, in its words.
  if (address === undefined || place === undefined || place.keyRange.path !== undefined) return;
  const holder = holders.get(`${name} ${address}`);
  holders.set(`${name} ${address}`, spec.name);
  const at = addressPath(spec.config[ATTACHED], name);
  const where = {
    range: place.node === null ? place.keyRange : nodeAt(place.node, at).range,
    path: at.reduce<string>((path, key) => joinPath(path, key), place.path),
  };
  const problem = holder === undefined ? addressProblem(address, definitions[name]) : `is given to ${quoteText(holder)} too`;
  if (problem !== null) {
    const hint = 'Give another address, or leave it away: the containers of an application find each other by name.';
    state.findings.add('config-invalid', { ...where, message: `${quoteText(address)} ${problem}.`, hint });
  } else if (copies > 1) {
    const message = `${quoteText(address)} is one address: of ${copies} containers one gets it, and the others wait.`;
    state.findings.add('config-doubtful', { ...where, message, hint: 'Leave the address away.' });
  }
}

function addressPath(config: unknown, name: string): readonly (string | number)[] {
  if (!Array.isArray(config)) return [name, 'address'];
  return [
    config.findIndex((entry: unknown) => typeof entry === 'object' && entry !== null && 'name' in entry && entry.name === name),
    'address',
  ];
}

/** What is wrong with a fixed IPv4 address on a network, in words that go after it. */
export function addressProblem(address: string, { external, shared, subnet, gateway }: NetworkDefinition = {}): string | null {
  // What others made has the addresses that it has: its engine tells, and of a network of the cloud the planning of its container.
  if (external !== undefined || shared !== undefined) return null;
  if (subnet === undefined) return 'needs a subnet at its network';
  if (!ipaddr.IPv4.isValidCIDR(subnet) || !ipaddr.IPv4.isValidFourPartDecimal(address)) return null;
  if (!ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(subnet))) return `is not within ${subnet}`;
  if (address === ipaddr.IPv4.networkAddressFromCIDR(subnet).toString()) return `is the address of the network ${subnet} itself`;
  if (address === ipaddr.IPv4.broadcastAddressFromCIDR(subnet).toString()) return `is the broadcast address of ${subnet}`;
  return address === gateway ? 'is the gateway of its network' : null;
}

interface Network {
  readonly name: string;
  /** Containers that are to be on it. */
  readonly count: number;
  readonly definition: NetworkDefinition | undefined;
}

/** Of a network’s addresses its own, the broadcast and that of its gateway are not for containers. */
function checkRoom(root: EntitySpec, { name, count, definition }: Network, state: PlanState): void {
  const pool = definition?.subnet;
  if (pool === undefined || !ipaddr.IPv4.isValidCIDR(pool)) return;
  const usable = 2 ** (32 - ipaddr.IPv4.parseCIDR(pool)[1]) - 2;
  const room = usable - 1;
  if (count <= room) return;
  const place = state.levels.get(root.path)?.places.get(DECLARED);
  if (place === undefined) return;
  const at = [name, 'subnet'];
  state.findings.add('config-invalid', {
    range: place.node === null ? place.keyRange : nodeAt(place.node, at).range,
    path: at.reduce<string>((path, key) => joinPath(path, key), place.path),
    message: `${quoteText(pool)} has ${usable} usable addresses, one of them for the gateway, and ${count} containers are to be on the network ${quoteText(name)}.`,
    hint: `Write a larger network, such as ${largerThan(pool, count)}.`,
  });
}

function largerThan(pool: string, count: number): string {
  const bits = Math.max(1, 32 - Math.ceil(Math.log2(count + 3)));
  const [address] = pool.split('/');
  return `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits}`).toString()}/${bits}`;
}
