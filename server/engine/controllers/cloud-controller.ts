import { planHosts } from '../../domain/cloud/plan-hosts.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Cloud } from '../../domain/entity/host.ts';
import { plantMember } from '../../domain/entity/plant-entities.ts';
import { reachOf } from '../../domain/network/virtual-network.ts';
import { toClockerError } from '../../domain/shared/clocker-error.ts';
import { canonicalJson } from '../../domain/shared/json.ts';
import type { Draft, StoreView } from '../../ports/store.ts';
import { closeCloud } from '../clouds/close-cloud.ts';
import { cloudOf, membersOf, toMember } from '../clouds/cloud-hosts.ts';
import { readCloudSettings } from '../clouds/cloud-settings.ts';
import { makeCloud } from '../clouds/make-cloud.ts';
import { releaseMember } from '../clouds/release-member.ts';
import { createHeadroomWatch } from '../clouds/watch-headroom.ts';
import { requireNoNetworks, requireStrategies } from '../commands/hosts/cloud-settings.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { newId } from '../new-id.ts';
import type { EntityMemory } from './entity-memory.ts';
import { patchEntity } from './entity-step.ts';

/** Keeps a Docker cloud as its blueprint says (key `cloud:<entity id>`): its record, its strategies, the number of its hosts, its headroom. */
export function registerCloudController(context: EngineContext, memory: EntityMemory): void {
  const { store, queue } = context;
  const headroom = createHeadroomWatch(context, memory);
  queue.register('cloud', async (id) => {
    const entity = store.view.get('entity', id);
    if (!entity || entityKind(context, entity.type) !== 'cloud') return headroom.forget(id);
    const cloud = cloudOf(store.view, id);
    if (entity.goal === 'destroyed') {
      headroom.forget(id);
      return cloud && (await closeCloud(context, entity, cloud));
    }
    if (!cloud) return await remake(context, entity);
    recordCpu(context, entity, cloud);
    await keepSettings(context, entity, cloud);
    if (entity.goal !== 'running') return;
    if (await settleHosts(context, entity)) return;
    await headroom.look(entity, cloud);
  });
}

/** Clocker's `cpu.average`: the mean over its hosts. */
function recordCpu({ store, metrics, history, clock }: EngineContext, { id: subjectId }: Entity, cloud: Cloud): void {
  const values = store.view.hostsOf(cloud.id).flatMap((host) => metrics.latest(host.id)['machine.cpu'] ?? []);
  if (values.length === 0) return;
  const at = clock.now();
  const value = values.reduce((sum, cpu) => sum + cpu, 0) / values.length;
  metrics.record(subjectId, at, { 'cpu.average': value });
  history.record([{ subjectId, sensor: 'cpu.average', at, value }]);
}

/** A cloud that an update has brought in has no record yet. */
async function remake(context: EngineContext, entity: Entity): Promise<void> {
  try {
    await durableCommit('cloud.make', () => context.store.commit((draft) => makeCloud(draft, context, entity)));
    await tell(context, entity, null);
  } catch (error) {
    await tell(context, entity, toClockerError(error).message);
  }
}

/** Strategies count for placements from now on, and a registry for images that are built; the name stays what it was, since others are deployed to it. */
async function keepSettings(context: EngineContext, entity: Entity, cloud: Cloud): Promise<void> {
  const { naming, strategies, networking, imageRegistry = cloud.imageRegistry } = readCloudSettings(context, context.store.view, entity);
  const isRenamed = naming.ok && naming.name !== cloud.name;
  if (isRenamed) return await tell(context, entity, `Its location stays ${cloud.name}: deploy another cloud for the name ${naming.name}`);
  const reachesAlike = canonicalJson(networking ?? null) === canonicalJson(cloud.networking ?? null);
  const isSame = reachesAlike && canonicalJson(strategies) === canonicalJson(cloud.strategies) && imageRegistry === cloud.imageRegistry;
  if (isSame) return await tell(context, entity, null);
  try {
    const valid = requireStrategies(context.plugins, strategies);
    await context.store.commit((draft) => {
      const latest = draft.get('cloud', cloud.id);
      if (!latest) return;
      if (reachOf(networking) !== reachOf(latest.networking)) requireNoNetworks(draft, latest);
      const { networking: _, ...rest } = latest;
      const given = { ...(imageRegistry === undefined ? {} : { imageRegistry }), ...(networking === undefined ? {} : { networking }) };
      draft.put('cloud', { ...rest, strategies: valid, ...given });
    });
    await tell(context, entity, null);
  } catch (error) {
    await tell(context, entity, toClockerError(error).message);
  }
}

async function tell({ store }: EngineContext, { id }: Entity, problem: string | null): Promise<void> {
  if ((store.view.get('entity', id)?.problems.cloud ?? null) === problem) return;
  await store.commit((draft) => {
    const { cloud: _, ...problems } = draft.get('entity', id)?.problems ?? {};
    patchEntity(draft, id, { problems: problem === null ? problems : { ...problems, cloud: problem } });
  });
}

/** Adds hosts that are missing, and lets empty ones go, in one commit in which they are still empty. True when something changed. */
async function settleHosts(context: EngineContext, entity: Entity): Promise<boolean> {
  if (isSettled(context.store.view, entity)) return false;
  await durableCommit('cloud.resize', () => context.store.commit((draft) => putHosts(draft, context, entity.id)));
  return true;
}

function isSettled(view: StoreView, entity: Entity): boolean {
  return membersOf(view, entity).length === entity.size;
}

function putHosts(draft: Draft, context: EngineContext, id: string): void {
  const cloud = draft.get('entity', id);
  if (cloud?.goal !== 'running' || cloud.size === null) return;
  const highest = Math.max(0, ...draft.childrenOf(id).map(({ slot }) => slot ?? 0));
  const plan = planHosts(
    membersOf(draft, cloud).map((member) => toMember(draft, member)),
    cloud.size,
    highest,
  );
  const now = context.clock.now();
  for (const slot of plan.add) {
    const planting = {
      applicationId: cloud.applicationId,
      parentId: cloud.id,
      generation: cloud.generation,
      goal: 'running',
      taskId: cloud.taskId,
      now,
      nextId: () => newId<'entity'>(context.ids),
    } as const;
    for (const planted of plantMember(cloud, { slot, isFirst: false }, planting)) draft.put('entity', planted);
  }
  for (const memberId of plan.release) releaseMember(draft, memberId, { now, taskId: cloud.taskId });
  if (plan.size !== cloud.size) patchEntity(draft, id, { size: plan.size });
}
