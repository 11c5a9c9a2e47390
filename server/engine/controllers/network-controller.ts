import type { NetworkAttachment } from '../../domain/entity/container-spec.ts';
import { readOwnership } from '../../domain/entity/ownership.ts';
import type { NetworkRecord } from '../../domain/network/network-record.ts';
import { nextNetworkStep } from '../../domain/network/next-network-step.ts';
import { ClockerError, inWords, isClockerError, isHostAway, toClockerError } from '../../domain/shared/clocker-error.ts';
import { canonicalJson } from '../../domain/shared/json.ts';
import type { NetworkView } from '../../ports/docker-engine.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { durableCommit, durableStep } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { ownershipCheck } from '../hosts/ownership-check.ts';
import { ownerLabels } from '../owner-labels.ts';
import { isAttaching } from '../sdn/attaching.ts';
import type { NetworkSettler } from '../sdn/settle-networks.ts';
import { definitionOf, dropPart } from '../sdn/virtual-networks.ts';
import { networkNameOf, sharedThingsOf } from '../shared-things.ts';

/**
 * Makes the networks of applications on their hosts as soon as a container that joins them is planned, and removes them with the last
 * one (key `network:<record id>`, so that one network is never worked on twice at a time).
 */
export function registerNetworkController(context: EngineContext, settler: NetworkSettler): void {
  context.queue.register('network', async (id, signal) => {
    const { view } = context.store;
    const network = view.get('network', id);
    if (!network) return;
    const host = view.get('host', network.hostId);
    const isReady = host?.state === 'ready' && context.hosts.ready(host.id) !== undefined;
    const state = host?.state === 'ready' && !isReady ? 'connecting' : host?.state;
    switch (nextNetworkStep({ network, host: state, isWanted: isWanted(context, view, network), others: othersOf(view, network) })) {
      case 'nothing':
        return;
      case 'create':
        return await telling(context, network, () => create(context, { network, signal, settler }));
      case 'remove':
        return await telling(context, network, () => remove(context, { network, signal, settler }));
      case 'forget':
        return await durableCommit('network.forget', () => context.store.commit((draft) => dropPart(draft, network, context.clock.now())));
    }
  });
}

function isWanted({ secrets, plugins }: EngineContext, view: StoreView, network: NetworkRecord): boolean {
  const { hostId, networkName, definition } = network;
  return view.instancesOn(hostId).some((instance) => {
    const { applicationId } = instance;
    // A network of the cloud has containers of any application on it.
    if (definition.shared === undefined && applicationId !== network.applicationId) return false;
    if (instance.state === 'running' && instance.rejoin?.leave.includes(networkName)) return true;
    const isAmong = (joined: readonly NetworkAttachment[] = []): boolean =>
      joined.some((one) => networkNameOf(secrets.planeId, applicationId, one) === networkName);
    if (!isAmong(instance.spec.networks)) return false;
    if (instance.state === 'created' || instance.state === 'running' || instance.state === 'removing') return true;
    // One that does not run holds its networks only as long as it may be started as it is.
    const owner = view.get('entity', instance.entityId);
    return owner?.instanceId === instance.id && isAmong(sharedThingsOf(owner, { view, types: plugins.entityTypes }).networks);
  });
}

function othersOf(view: StoreView, { id, applicationId, hostId }: NetworkRecord): readonly NetworkRecord[] {
  return [...view.all('network').values()].filter(
    (other) => other.id !== id && other.applicationId === applicationId && other.hostId === hostId,
  );
}

/** A failure is told on the record, for those who wait for the network; the queue tries again. */
async function telling(context: EngineContext, network: NetworkRecord, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const failure = toClockerError(error);
    const problem = inWords(failure);
    if (!isHostAway(failure) && failure.code !== 'cancelled')
      await context.store.commit((draft) => patchNetwork(draft, network.id, { problem }));
    throw error;
  }
}

interface Working {
  readonly network: NetworkRecord;
  readonly signal: AbortSignal;
  readonly settler: NetworkSettler;
}

async function create(context: EngineContext, { network, signal, settler }: Working): Promise<void> {
  const { secrets, store } = context;
  const { networkName: name, applicationId } = network;
  const definition = definitionOf(store.view, context, network);
  const ownerId = ownerOf(store.view, network);
  if (ownerId === undefined) return;
  if (network.reach) await settler.preflight(network.hostId, network.reach.networkId);
  const labels = ownerLabels(secrets, { name, applicationId: applicationId ?? '', entityId: ownerId });
  await durableStep({
    name: 'network.create',
    look: () => onHost(context, network, (session) => findOwn(context, { session, network, signal })),
    act: () =>
      runTask(context, network, `Create network ${network.logicalName}`, async (session) => {
        const { networkId } = await session.engine.createNetwork({ name, definition, labels }, { signal });
        return { id: networkId, name, labels };
      }),
    record: async () => {
      await recordWayOut(context, { network, signal, settler });
      // Nobody joins it before it reaches the others.
      if (network.reach) await settler.settle(network.hostId, [network.reach.networkId]);
      await store.commit((draft) => patchNetwork(draft, network.id, { state: 'ready', problem: '' }));
    },
  });
}

/** Where containers ask for names on a network whose provider attaches them: an address that Docker chose. */
async function recordWayOut(context: EngineContext, { network, signal }: Working): Promise<void> {
  const { store } = context;
  const virtual = network.reach && store.view.get('virtualNetwork', network.reach.networkId);
  if (!virtual || !isAttaching(context, virtual)) return;
  const found = await onHost(context, network, (session) => findOwn(context, { session, network, signal }));
  if (!found?.range) {
    throw new ClockerError('network.refused', {
      message: `Docker gave its bridge for network ${network.logicalName} no IPv4 addresses`,
      hint: 'Look at default-address-pools of that engine: all of them may be in use.',
      retryable: true,
    });
  }
  const wayOut = found.range;
  await store.commit((draft) => {
    const latest = draft.get('network', network.id);
    if (latest?.reach && canonicalJson(latest.reach.wayOut ?? null) !== canonicalJson(wayOut))
      draft.put('network', { ...latest, reach: { ...latest.reach, wayOut } });
  });
}

/** What its labels are signed for: the root of its application, or the cloud of a network that was made on its own. */
function ownerOf(view: StoreView, { applicationId, hostId }: NetworkRecord): string | undefined {
  return applicationId === null ? (view.get('host', hostId)?.cloudId ?? undefined) : view.get('application', applicationId)?.rootId;
}

async function remove(context: EngineContext, { network, signal, settler }: Working): Promise<void> {
  const { store } = context;
  await durableStep({
    name: 'network.remove',
    intend: () =>
      store.commit((draft) => {
        const latest = draft.get('network', network.id);
        if (latest && !isWanted(context, draft, latest)) draft.put('network', { ...latest, state: 'removing' });
      }),
    act: async () => {
      const latest = store.view.get('network', network.id);
      // One that is wanted again while it was being removed may have containers already: what is left of it is taken over.
      if (latest?.state !== 'removing' || isWanted(context, store.view, latest)) return;
      // Others that are refused there keep nothing from being removed.
      if (network.reach) await settler.release(network.hostId, network.reach.networkId);
      await runTask(context, network, `Remove network ${network.logicalName}`, async (session) => {
        const found = await findOwn(context, { session, network, signal }).catch(ignoreForeign);
        if (found) await session.engine.removeNetwork(found.id, { signal });
      });
    },
    record: () =>
      store.commit((draft) => {
        const latest = draft.get('network', network.id);
        if (latest?.state !== 'removing') return;
        if (isWanted(context, draft, latest)) draft.put('network', { ...latest, state: 'planned', problem: '' });
        else dropPart(draft, latest, context.clock.now());
      }),
  });
}

interface Finding {
  readonly session: HostSession;
  readonly network: NetworkRecord;
  readonly signal: AbortSignal;
}

/** The network of ours that has this name; null when there is none. Errors: conflict.foreign. */
async function findOwn({ secrets }: EngineContext, { session, network, signal }: Finding): Promise<NetworkView | null> {
  const found = await session.engine.inspectNetwork(network.networkName, { signal });
  if (!found || readOwnership(network.networkName, found.labels, ownershipCheck(secrets))) return found;
  throw new ClockerError('conflict.foreign', {
    message: `A network that is not ours is called ${network.networkName}`,
    hint: 'Rename or remove that network; Clocker touches nothing without its own signed label.',
  });
}

/** What is not ours need not be removed. */
function ignoreForeign(error: unknown): null {
  if (isClockerError(error) && error.code === 'conflict.foreign') return null;
  throw error;
}

async function onHost<T>({ hosts }: EngineContext, { hostId }: NetworkRecord, work: (session: HostSession) => Promise<T>): Promise<T> {
  return await hosts.operate(hostId, work);
}

async function runTask<T>(
  context: EngineContext,
  network: NetworkRecord,
  name: string,
  work: (session: HostSession) => Promise<T>,
): Promise<T> {
  const { hostId, applicationId } = network;
  const start = { name, cause: { kind: 'controller', by: 'network' }, hostId, applicationId } as const;
  return await context.tasks.run(start, () => onHost(context, network, work));
}

function patchNetwork(draft: Draft, id: string, patch: Partial<NetworkRecord>): void {
  const network = draft.get('network', id);
  if (network) draft.put('network', { ...network, ...patch });
}
