import { cloudOfHost } from '../../domain/cloud/cloud-of-host.ts';
import { allocatePorts } from '../../domain/entity/allocate-ports.ts';
import { afterFailure, LOOP_FAILURES } from '../../domain/entity/crash-back-off.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Instance, PortBinding } from '../../domain/entity/instance.ts';
import { containerName } from '../../domain/entity/ownership.ts';
import { networkRecordId } from '../../domain/network/network-record.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import { beginProcess } from '../../domain/software/process-state.ts';
import type { Draft } from '../../ports/store.ts';
import { type DesiredContainer, keepsDataOfHost } from '../desired-container.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { addressRefusal, isPortTaken, portLeaseId, takeLeases } from '../leases.ts';
import { withoutMove } from '../move-marks.ts';
import { newId } from '../new-id.ts';
import { keepsAddress } from '../sdn/keeps-address.ts';
import { endpointRefusals, planEndpoints } from '../sdn/virtual-networks.ts';
import { networkNameOf } from '../shared-things.ts';
import { lastWords } from './entity-last-words.ts';
import { patchInstance, type StepInput } from './entity-step.ts';

export interface NewInstance {
  readonly entity: Entity;
  readonly desired: DesiredContainer;
  readonly hostId: HostId;
  readonly ports: readonly PortBinding[];
  readonly decisionId: string | null;
  /** The instance whose place it takes. */
  readonly predecessor?: Instance;
}

/** Commits-to-be of a planned instance: its row, its port leases, and the entity that it shall serve for. */
export function putPlannedInstance(draft: Draft, context: EngineContext, plan: NewInstance): Instance {
  const { entity, desired } = plan;
  const incarnation = 1 + draft.instancesOf(entity.id).reduce((top, other) => Math.max(top, other.incarnation), entity.incarnation);
  const { applicationId, id: entityId } = entity;
  const { hostId } = plan;
  const inherited = (plan.predecessor ?? addressesFrom(draft, context, plan))?.endpoints ?? [];
  const endpoints = planEndpoints(draft, context, { applicationId, entityId, hostId, networks: desired.spec.networks ?? [], inherited });
  const instance: Instance = {
    id: newId<'instance'>(context.ids),
    applicationId: entity.applicationId,
    entityId: entity.id,
    incarnation,
    hostId: plan.hostId,
    containerName: containerName(context.secrets.planeId, entity.id, incarnation),
    containerId: null,
    spec: desired.spec,
    specHash: desired.specHash,
    liveHash: null,
    serves: [],
    generation: entity.generation,
    restartSerial: entity.restartSerial,
    state: 'planned',
    stoppingSince: null,
    ready: false,
    ports: plan.ports,
    ...(endpoints.length === 0 ? {} : { endpoints }),
    ...(desired.spec.process && { process: beginProcess(desired.spec.process, earlier(plan.predecessor)) }),
    startedAt: null,
    exitCode: null,
    oomKilled: false,
    bridgeAddress: null,
    decisionId: plan.decisionId,
    createdAt: context.clock.now(),
  };
  draft.put('instance', instance);
  takeLeases(draft, instance);
  wantNetworks(draft, context, instance);
  // What it writes into a folder or a volume that is the host's stays there.
  const data = keepsDataOfHost(desired.spec) ? { dataHostId: plan.hostId } : {};
  const moving = entity.moveFrom === plan.hostId ? entity : withoutMove(entity);
  draft.put('entity', { ...moving, ...data, instanceId: instance.id, incarnation, waitingFor: null });
  return instance;
}

function earlier(before: Instance | undefined): Parameters<typeof beginProcess>[1] {
  return before ? { spec: before.spec.process, state: before.process } : null;
}

/** Whose addresses it takes over. What serves on beside it until it is ready keeps its own, unless it is to stop first. */
function addressesFrom(draft: Draft, { plugins }: EngineContext, { entity, desired }: NewInstance): Instance | undefined {
  const current = entity.instanceId === null ? undefined : draft.get('instance', entity.instanceId);
  if (current?.state !== 'running') return goneBefore(draft, entity);
  return keepsAddress(entity, desired.spec, { view: draft, types: plugins.entityTypes }) ? current : undefined;
}

/** One that is lost, or ended: its addresses are free for the one that comes after it. */
function goneBefore(draft: Draft, entity: Entity): Instance | undefined {
  return [...draft.instancesOf(entity.id)]
    .sort((a, b) => b.incarnation - a.incarnation)
    .find(({ state }) => state === 'lost' || state === 'exited');
}

/** The networks that it is to join: the network controller makes what is not there yet. */
export function wantNetworks(
  draft: Draft,
  { secrets, clock }: EngineContext,
  { applicationId, hostId, spec }: Pick<Instance, 'applicationId' | 'hostId' | 'spec'>,
): void {
  for (const network of spec.networks ?? []) {
    if (network.definition.external !== undefined || network.definition.provider !== undefined) continue;
    const name = networkNameOf(secrets.planeId, applicationId, network);
    const id = networkRecordId(hostId, name);
    if (draft.get('network', id)) continue;
    draft.put('network', {
      ...{ id, hostId, applicationId, networkName: name, logicalName: network.name, definition: network.definition },
      ...{ state: 'planned', problem: '', createdAt: clock.now() },
    });
  }
}

/** A new incarnation on the same host: healing, or a new spec. Its ports stay where they can, so that addresses stay. */
export async function replaceInstance(input: StepInput, old: Instance, failures: number | null): Promise<void> {
  const { context, resolution, entity } = input;
  if (resolution.kind !== 'resolved') return;
  const problem = await describeLoop(input, old, failures);
  await durableCommit('instance.plan', () =>
    context.store.commit((draft) => {
      const latest = draft.get('entity', entity.id);
      if (!latest || latest.instanceId !== old.id || latest.goal !== 'running') return;
      const now = context.clock.now();
      const counted = countFailure(latest, { failures, problem, now });
      const allocation = allocatePorts({
        ports: resolution.spec.ports,
        pool: poolOf(draft, old.hostId),
        inherited: old.ports,
        isTaken: (protocol, host) => isPortTaken(draft, portLeaseId(old.hostId, { protocol, host }), { ownerId: old.id, now }),
      });
      if (!allocation.ok || ownAddressRefusal(draft, context, old, resolution.spec) !== null) {
        draft.put('entity', { ...counted, instanceId: null });
        return;
      }
      const { hostId, decisionId } = old;
      const ports = allocation.bindings;
      putPlannedInstance(draft, context, { entity: counted, desired: resolution, hostId, ports, decisionId, predecessor: old });
    }),
  );
}

/** An adopted container that ended is started again as it is. */
export async function reviveInstance(input: StepInput, old: Instance, failures: number): Promise<void> {
  const { context, entity } = input;
  const problem = await describeLoop(input, old, failures);
  await durableCommit('instance.revive', () =>
    context.store.commit((draft) => {
      const latest = draft.get('entity', entity.id);
      if (latest?.instanceId !== old.id || draft.get('instance', old.id)?.state !== 'exited') return;
      draft.put('entity', countFailure(latest, { failures, problem, now: context.clock.now() }));
      patchInstance(draft, old.id, { state: 'created' });
    }),
  );
}

/** Why networks cannot be had on the host of an instance, whose own addresses do not count; null when they can. */
export function ownAddressRefusal(
  draft: Draft,
  context: EngineContext,
  instance: Instance,
  spec: Pick<DesiredContainer['spec'], 'networks'>,
): string | null {
  const refusal = addressRefusal(draft, instance, { spec, ownerId: instance.id });
  const host = draft.get('host', instance.hostId);
  const cloud = cloudOfHost(draft, host);
  if (refusal !== null || !host || !cloud) return refusal;
  const { applicationId, entityId } = instance;
  return endpointRefusals(draft, context, { cloud, applicationId, networks: spec.networks, entityId, takesOver: true })(host);
}

/** The entity lets go of an ended instance, so that placement finds it a host. */
export async function abandonInstance(input: StepInput, old: Instance, failures: number | null): Promise<void> {
  const { context, entity } = input;
  const problem = await describeLoop(input, old, failures);
  await durableCommit('instance.abandon', () =>
    context.store.commit((draft) => {
      const latest = draft.get('entity', entity.id);
      if (!latest || latest.instanceId !== old.id) return;
      draft.put('entity', { ...countFailure(latest, { failures, problem, now: context.clock.now() }), instanceId: null });
      patchInstance(draft, old.id, { state: 'removing' });
    }),
  );
}

function countFailure(
  entity: Entity,
  { failures, problem, now }: { readonly failures: number | null; readonly problem: string | null; readonly now: number },
): Entity {
  if (failures === null) return entity;
  const { 'crash-loop': _, ...others } = entity.problems;
  return { ...entity, crash: afterFailure(failures, now), problems: problem ? { ...others, 'crash-loop': problem } : others };
}

async function describeLoop(input: StepInput, old: Instance, failures: number | null): Promise<string | null> {
  if (failures === null || failures + 1 < LOOP_FAILURES) return null;
  const how = old.oomKilled ? 'killed for lack of memory' : `exit code ${old.exitCode ?? 'unknown'}`;
  const words = await lastWords(input, old);
  return `Ended ${failures + 1} times in a row, the last time with ${how}${words ? `: ${words}` : ''}`;
}

function poolOf(draft: Draft, hostId: HostId): { readonly from: number; readonly to: number } {
  return cloudOfHost(draft, draft.get('host', hostId))?.portPool ?? { from: 1, to: 0 };
}
