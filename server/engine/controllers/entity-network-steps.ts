import type { NetworkAttachment } from '../../domain/entity/container-spec.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import { isSameToDocker } from '../../domain/network/network-change.ts';
import { networkRecordId } from '../../domain/network/network-record.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ContainerView, DockerEngine } from '../../ports/docker-engine.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { durableCommit, durableStep } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { giveBack, networkLeaseIds, takeLeases } from '../leases.ts';
import { needsAttaching } from '../sdn/attaching.ts';
import { joinedSpec } from '../sdn/joined-spec.ts';
import { planEndpoints } from '../sdn/virtual-networks.ts';
import { networkNameOf } from '../shared-things.ts';
import { ownAddressRefusal, wantNetworks } from './entity-plan-steps.ts';
import { operate, runStepTask, type StepInput } from './entity-step.ts';

/**
 * Writes down to which networks a running container is to come: it gets addresses on those that are new to it, and keeps those that it leaves
 * until it has left. Other hosts are told at once. Errors: network.refused where there is no address.
 */
export async function planNetworks({ context, resolution }: StepInput, { id }: Instance): Promise<void> {
  if (resolution.kind !== 'resolved') return;
  const wanted = resolution.spec.networks ?? [];
  await durableCommit('instance.networks', () =>
    context.store.commit((draft) => {
      const before = draft.get('instance', id);
      if (before?.state !== 'running') return;
      requireAddresses(draft, context, before, wanted);
      const { applicationId, entityId, hostId, endpoints = [], rejoin } = before;
      const given = planEndpoints(draft, context, { applicationId, entityId, hostId, networks: wanted, inherited: endpoints });
      const after: Instance = {
        ...before,
        spec: { ...before.spec, networks: wanted },
        endpoints: given.map((endpoint) => {
          const known = endpoints.find(({ networkId }) => networkId === endpoint.networkId);
          return known ? { ...endpoint, ...(known.joined ? { joined: true } : {}) } : { ...endpoint, joined: true };
        }),
      };
      const kept = new Set(networkLeaseIds(after));
      const leave = leftBehind(context, before, wanted);
      const leases = [...(rejoin?.leases ?? []), ...networkLeaseIds(before)].filter((lease) => !kept.has(lease));
      draft.put('instance', {
        ...after,
        rejoin: { leave: [...new Set([...(rejoin?.leave ?? []), ...leave])], leases: [...new Set(leases)] },
      });
      takeLeases(draft, after);
      wantNetworks(draft, context, after);
    }),
  );
}

/** Names on the host of networks that it is on and is to leave, to come back where it is only to have another name or address there. */
function leftBehind(
  { secrets }: EngineContext,
  { applicationId, spec }: Instance,
  wanted: readonly NetworkAttachment[],
): readonly string[] {
  const left = (spec.networks ?? []).filter((network) => !wanted.some((one) => isSameToDocker(one, network)));
  return left.map((network) => networkNameOf(secrets.planeId, applicationId, network));
}

function requireAddresses(draft: Draft, context: EngineContext, instance: Instance, wanted: readonly NetworkAttachment[]): void {
  const refusal = ownAddressRefusal(draft, context, instance, { networks: wanted });
  if (refusal === null) return;
  const host = draft.get('host', instance.hostId)?.name ?? instance.hostId;
  throw new ClockerError('network.refused', { message: `It cannot join as it runs: ${host} ${refusal}`, retryable: true });
}

/** Brings a running container to the networks of its record: those it is to leave first, then those that are there and that it is not on. */
export async function joinNetworks(input: StepInput, instance: Instance): Promise<void> {
  const { context } = input;
  await durableStep({
    name: 'instance.join',
    act: () =>
      runStepTask(input, { name: 'Change networks', hostId: instance.hostId }, () =>
        operate(input, instance, ({ engine }) => bring(input, engine, instance)),
      ),
    record: (found) =>
      context.store.commit((draft) => {
        const latest = draft.get('instance', instance.id);
        if (!latest || latest.rejoin !== instance.rejoin) return;
        giveBack(draft, latest.rejoin?.leases ?? [], { ownerId: latest.id, now: context.clock.now() });
        const { rejoin: _, ...rest } = latest;
        const isThere = missing(context, { instance: latest, found }).length === 0;
        draft.put('instance', {
          ...rest,
          ...(isThere ? {} : { rejoin: { leave: [], leases: [] } }),
          bridgeAddress: found.bridgeAddress,
        });
      }),
  });
}

async function bring(input: StepInput, engine: DockerEngine, instance: Instance): Promise<ContainerView> {
  const { context, settler, signal } = input;
  const { view } = context.store;
  const key = containerKey(instance);
  const before = await look(engine, key, signal);
  const leaving = (instance.rejoin?.leave ?? []).filter((name) => before.networks.some((network) => network.name === name));
  for (const name of leaving) await engine.disconnectNetwork(name, before.id, { signal });
  const found = leaving.length === 0 ? before : await look(engine, key, signal);
  const joined = joinedSpec(view, instance).networks ?? [];
  for (const network of missing(context, { instance, found })) {
    if (!isReady(view, instance, network)) continue;
    const attachment = joined.find(({ name }) => name === network.attachment.name) ?? network.attachment;
    await engine.connectNetwork(network.name, { container: found.id, attachment }, { signal });
  }
  const ends = [...(instance.endpoints ?? []), ...leftEnds(context, instance)];
  if (needsAttaching(context, view, { endpoints: ends }))
    await settler.settle(
      instance.hostId,
      ends.map(({ networkId }) => networkId),
    );
  return await look(engine, key, signal);
}

/** Networks that it leaves: an interface may be left, also where it is on none of that kind any more. */
function leftEnds({ store: { view } }: EngineContext, { rejoin, hostId }: Instance): readonly { readonly networkId: string }[] {
  const parts = (rejoin?.leave ?? []).map((name) => view.get('network', networkRecordId(hostId, name)));
  return parts.flatMap((part) => (part?.reach ? [{ networkId: part.reach.networkId }] : []));
}

async function look(engine: DockerEngine, key: string, signal: AbortSignal): Promise<ContainerView> {
  const found = await engine.inspectContainer(key, { signal });
  if (found?.status === 'running' || found?.status === 'paused') return found;
  throw new ClockerError('container.not-ready', { message: 'It ended while its networks were changed', retryable: true });
}

interface NamedNetwork {
  readonly attachment: NetworkAttachment;
  /** On the host. */
  readonly name: string;
}

function missing(
  { secrets }: EngineContext,
  { instance: { applicationId, spec }, found }: { readonly instance: Instance; readonly found: ContainerView },
): readonly NamedNetwork[] {
  const named = (spec.networks ?? []).map((attachment) => ({
    attachment,
    name: networkNameOf(secrets.planeId, applicationId, attachment),
  }));
  return named.filter(({ name }) => !found.networks.some((network) => network.name === name));
}

function isReady(view: StoreView, { hostId }: Instance, { attachment, name }: NamedNetwork): boolean {
  return attachment.definition.external !== undefined || view.get('network', networkRecordId(hostId, name))?.state === 'ready';
}
