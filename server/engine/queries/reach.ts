import type { Instance } from '../../domain/entity/instance.ts';
import { networkRecordId } from '../../domain/network/network-record.ts';
import { type ReachAnswer, type ReachEnd, type ReachFindings, toReachAnswer } from '../../domain/network/reach-answer.ts';
import type { VirtualNetwork } from '../../domain/network/virtual-network.ts';
import { isHostAway, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { InstanceId } from '../../domain/shared/ids.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { notFound } from '../commands/hosts/require-valid.ts';
import { LISTENERS_SCRIPT } from '../controllers/entity-probe-scripts.ts';
import type { EngineContext } from '../engine-context.ts';
import { dnsQuestion, listenersAt, REACH_SCRIPT, type ReachOutput, readReach } from '../sdn/reach-scripts.ts';
import { asRoot } from '../sdn/root-shell.ts';
import { missingOn } from '../sdn/settle-networks.ts';

const TIMEOUT_MS = 5_000;

export interface ReachQuestion {
  readonly from: InstanceId;
  readonly to: InstanceId;
  /** TCP, 1 to 65535; a ping without. */
  readonly port?: number | undefined;
}

/** Can a container reach another? Tried from inside of the first; nothing is changed. Errors: not-found, network.refused (no root), host.*. */
export async function reach(context: EngineContext, { from, to, port }: ReachQuestion): Promise<ReachAnswer> {
  const [first, second] = [findEnd(context, from), findEnd(context, to)];
  const [a, b] = await Promise.all([look(context, first), look(context, second)]);
  const shared = await sharedBy(context, first, { ...second, pid: b.pid });
  const common = {
    ...{ from: first.end, to: second.end, port: port ?? null, stopped: { from: a.stopped, to: b.stopped } },
    joined: { from: joinedBy(first.instance), to: joinedBy(second.instance) },
    shared: shared && { name: shared.name, address: shared.address },
  };
  if (!shared || a.pid === null || !a.session) {
    const why = shared ? `${first.end.name} cannot be entered` : 'They share no network';
    const none = { way: null, missing: { from: null, to: null }, hosts: null, listens: null, resolved: null };
    return toReachAnswer({ ...common, ...none, probe: { end: 'untried', why } });
  }
  const known = shared.virtual && wayBetween(context, { from: first, to: second, network: shared.virtual });
  const [output, listens, missing] = await Promise.all([
    probe(a.session, { first, pid: a.pid, shared, port, known }),
    port === undefined ? null : listensOn(b, port),
    missingOnBoth(context, { first, second, networkId: shared.virtual?.id }),
  ]);
  return toReachAnswer({
    ...common,
    way: known && { text: known.text, needs: known.needs, probe: output.way },
    missing,
    hosts: output.hosts,
    probe: output.answer,
    listens,
    resolved: output.name === null || shared.asked === null ? null : { name: shared.asked, addresses: output.name },
  });
}

interface Found {
  readonly instance: Instance;
  readonly end: ReachEnd;
}

function findEnd({ store: { view } }: EngineContext, id: InstanceId): Found {
  const instance = view.get('instance', id);
  if (!instance) throw notFound('container', id);
  const { entityId, hostId } = instance;
  const end = {
    instanceId: id,
    entityId,
    name: view.get('entity', entityId)?.name ?? entityId,
    hostId,
    host: view.get('host', hostId)?.name ?? hostId,
  };
  return { instance, end };
}

interface Looked {
  readonly session: HostSession | undefined;
  readonly pid: number | null;
  /** Why it takes no part; empty where it runs. */
  readonly stopped: string;
}

async function look({ hosts }: EngineContext, { instance, end }: Found): Promise<Looked> {
  const session = hosts.ready(end.hostId);
  if (!session) return { session, pid: null, stopped: `is on ${end.host}, which is not connected` };
  if (instance.containerId === null) return { session, pid: null, stopped: `has no container yet on ${end.host}` };
  const container = await session.engine.inspectContainer(instance.containerId, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!container) return { session, pid: null, stopped: `has no container on ${end.host} any more` };
  const { status, pid } = container;
  return { session, pid, stopped: pid === null || status === 'paused' ? `does not run: it is ${status} on ${end.host}` : '' };
}

interface Shared {
  readonly name: string;
  readonly address: string;
  /** Null for a bridge that ends at its host. */
  readonly virtual: VirtualNetwork | null;
  /** A name of the second on it; null where it has none. */
  readonly asked: string | null;
}

/** The first network of the first that the second is on too. A bridge of one host has its addresses of Docker, which its process tells. */
async function sharedBy(
  { store: { view }, hosts }: EngineContext,
  first: Found,
  second: Found & { readonly pid: number | null },
): Promise<Shared | null> {
  const theirs = second.instance.endpoints ?? [];
  for (const { networkId } of first.instance.endpoints ?? []) {
    const endpoint = theirs.find((one) => one.networkId === networkId);
    const virtual = view.get('virtualNetwork', networkId);
    if (!endpoint || !virtual) continue;
    const { aliases = [] } = second.instance.spec.networks?.find(({ name }) => name === endpoint.network) ?? {};
    const alias = aliases.find((one) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(one));
    return { name: endpoint.network, address: endpoint.address, virtual, asked: alias === undefined ? null : `${alias}.${virtual.domain}` };
  }
  return await bridgeBetween(hosts, first, second);
}

async function bridgeBetween(
  hosts: EngineContext['hosts'],
  first: Found,
  { instance, end, pid }: Found & { readonly pid: number | null },
): Promise<Shared | null> {
  const isTogether = first.end.hostId === end.hostId && first.instance.applicationId === instance.applicationId;
  const joined = isTogether ? joinedBy(instance) : [];
  const name = joinedBy(first.instance).find((one) => joined.includes(one));
  const session = hosts.ready(end.hostId);
  if (name === undefined || pid === null || !session) return null;
  const { output } = await asRoot(session.shell, end.host).run(OWN_ADDRESSES, `${pid}`);
  const number = (instance.spec.networks ?? []).findIndex((one) => one.name === name);
  const address = output.trim().split('\n')[Math.max(0, number)];
  return address ? { name, address, virtual: null, asked: null } : null;
}

/** IPv4 addresses of a process’s network, in the order of its interfaces. */
const OWN_ADDRESSES = `nsenter -t "$CK_TEXT" -n ip -o -4 addr show scope global | sed -n 's|.* inet \\([0-9.]*\\)/.*|\\1|p'`;

function joinedBy({ spec }: Instance): readonly string[] {
  return (spec.networks ?? []).map(({ name }) => name);
}

interface Known {
  readonly text: string;
  readonly needs: string;
  readonly peer: string;
  readonly gateway: string | null;
}

function wayBetween(
  { store: { view }, plugins }: EngineContext,
  { from, to, network }: { readonly from: Found; readonly to: Found; readonly network: VirtualNetwork },
): Known | null {
  if (from.end.hostId === to.end.hostId) return null;
  const underlayOf = (hostId: string): string | undefined => view.get('host', hostId)?.facts?.underlay?.address;
  const [own, peer] = [underlayOf(from.end.hostId), underlayOf(to.end.hostId)];
  const provider = plugins.sdnProviders.get(network.networking.provider);
  if (own === undefined || peer === undefined || !provider) return null;
  const way = provider.way?.(network, { from: own, to: peer });
  const gateway = view.get('network', networkRecordId(to.end.hostId, network.networkName))?.reach?.gateway ?? null;
  return way
    ? { ...way, peer, gateway }
    : { text: `${provider.title}, ${own} → ${peer}`, needs: `what ${provider.title} sends`, peer, gateway: null };
}

interface Probing {
  readonly first: Found;
  readonly pid: number;
  readonly shared: Shared;
  readonly port: number | undefined;
  readonly known: Known | null;
}

async function probe(session: HostSession, { first, pid, shared, port, known }: Probing): Promise<ReachOutput> {
  const question = shared.asked === null ? '-' : dnsQuestion(shared.asked);
  const text = [pid, shared.address, port ?? '-', question, known?.peer ?? '-', known?.gateway ?? '-'].join(' ');
  const { output } = await asRoot(session.shell, first.end.host).run(REACH_SCRIPT, text);
  return readReach(output, first.end.host);
}

async function listensOn({ session, pid }: Looked, port: number): Promise<readonly string[] | null> {
  if (!session || pid === null) return null;
  const { output } = await session.shell.run(LISTENERS_SCRIPT, { env: { CK_PID: String(pid) }, timeoutMs: TIMEOUT_MS });
  return listenersAt(output, port);
}

interface Looking {
  readonly first: Found;
  readonly second: Found;
  readonly networkId: string | undefined;
}

async function missingOnBoth(context: EngineContext, { first, second, networkId }: Looking): Promise<ReachFindings['missing']> {
  if (networkId === undefined) return { from: [], to: [] };
  const [from, to] = await Promise.all([missing(context, first, networkId), missing(context, second, networkId)]);
  return { from, to };
}

/** Null where the host is away. What a provider refuses is what is missing. */
async function missing(context: EngineContext, { end }: Found, networkId: string): Promise<readonly string[] | null> {
  const { view } = context.store;
  const host = view.get('host', end.hostId);
  const network = view.get('virtualNetwork', networkId);
  if (!host || !network) return null;
  const part = view.get('network', networkRecordId(host.id, network.networkName));
  if (part?.state !== 'ready')
    return [`its part of ${network.logicalName}, which is being made${part?.problem ? `: ${part.problem}` : ''}`];
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const made = await context.hosts.ready(host.id)?.engine.inspectNetwork(network.networkName, { signal });
    return [...(made === null ? [`Docker’s network ${network.networkName}`] : []), ...(await missingOn(context, host, networkId))];
  } catch (error) {
    const failure = toClockerError(error);
    return isHostAway(failure) || failure.code === 'deadline' ? null : [failure.message];
  }
}
