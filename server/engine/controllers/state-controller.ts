import { machineState } from '../../domain/cloud/host-state.ts';
import { isMember, QUARANTINE_GROUP } from '../../domain/cluster/members.ts';
import { placesOf } from '../../domain/cluster/plan-members.ts';
import { toQuorum } from '../../domain/cluster/quorum.ts';
import { type Entity, SENSOR, type Sensors } from '../../domain/entity/entity.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { containerState, groupState, isCompleted, isEntityUp, keptProblems, type ServiceState } from '../../domain/entity/service-state.ts';
import type { Json } from '../../domain/shared/json.ts';
import { canonicalJson } from '../../domain/shared/json.ts';
import { isOnMachine } from '../../domain/software/process-state.ts';
import type { StoreView } from '../../ports/store.ts';
import { hostOf } from '../clouds/cloud-hosts.ts';
import { cloudSensors, hostSensors } from '../clouds/cloud-sensors.ts';
import { readHostSettings } from '../clouds/cloud-settings.ts';
import { configOf, restartPolicyOf } from '../config-of.ts';
import { type DesiredContainer, resolveContainer } from '../desired-container.ts';
import type { EngineContext } from '../engine-context.ts';
import { entityKind } from '../entity-kind.ts';
import { membersOf } from '../members-of.ts';
import { quarantineOf } from '../set-aside.ts';
import { subtreeOf } from '../subtree.ts';

const DEFAULT_START_TIMEOUT_MS = 120_000;
/** A start has succeeded once all of it has been up this long, as Nomad’s `min_healthy_time` has it. */
const SETTLED_AFTER_MS = 10_000;

/** Writes what an entity is now: state, sensors, problems. Parents follow from their children. */
export function registerStateController(context: EngineContext): void {
  context.queue.register('state', async (id) => {
    const entity = context.store.view.get('entity', id);
    if (!entity || unchanged(entity, describe(context, context.store.view, entity))) return;
    await context.store.commit((draft) => {
      const latest = draft.get('entity', id);
      if (!latest) return;
      const next = describe(context, draft, latest);
      if (!unchanged(latest, next)) draft.put('entity', next);
    });
  });
}

/** The entity as the world makes it. */
function describe(context: EngineContext, view: StoreView, entity: Entity): Entity {
  const kind = entityKind(context, entity.type);
  if (kind === 'host') return describeMachine(context, view, entity);
  const next = kind === 'container' ? describeContainer(context, view, entity) : describeGroup(context, view, entity);
  return settling(context, view, next);
}

/**
 * Whether a member has come to stay up: a container that nothing asks whether it is well is up from its start, also where it ends at once.
 * Time is that of this process: hosts have clocks of their own.
 */
function settling({ clock, queue }: EngineContext, view: StoreView, { upSince, ...member }: Entity): Entity {
  if (member.slot === null || member.settled || !isEntityUp(member)) return member;
  const since = upSince ?? clock.now();
  const settledAt = Math.max(since, ...subtreeOf(view, member).map(({ crash }) => crash.lastAt)) + SETTLED_AFTER_MS;
  if (settledAt <= clock.now()) return { ...member, settled: true };
  queue.lookAgain(`state:${member.id}`, settledAt);
  return { ...member, upSince: since };
}

function describeGroup(context: EngineContext, view: StoreView, entity: Entity): Entity {
  const kind = entityKind(context, entity.type);
  const source = { view, types: context.plugins.entityTypes };
  const members = membersOf(view, entity);
  const given = toQuorum(configOf(entity, 'quorum', source) ?? configOf(entity, 'quorum.up', source));
  const quorum = given ?? (entity.size !== null ? 'atLeastOneUnlessEmpty' : members === undefined ? 'all' : 'alwaysTrue');
  const running = toQuorum(configOf(entity, 'quorum.running', source));
  const state = groupState({ entity, children: placesOf(countedOf(view, entity, members)), quorum, running, size: entity.size });
  const sensors = {
    ...(members === undefined ? {} : { [SENSOR.groupSize]: members.length, [SENSOR.groupMembers]: members.map(({ id }) => id) }),
    ...(entity.size === null ? {} : clusterSensors(view, entity)),
    ...(kind === 'cloud' ? cloudSensors(view, entity) : {}),
  };
  return withState(entity, state, sensors);
}

/** Those whose state makes that of a group: members of a cluster; of other groups children, and members that they have besides. */
function countedOf(view: StoreView, entity: Entity, members: readonly Entity[] = []): readonly Entity[] {
  if (entity.type === QUARANTINE_GROUP) return [];
  const children = view.childrenOf(entity.id);
  return entity.size === null ? [...new Set([...children, ...members])] : children.filter(isMember);
}

/** What is kept aside, where anything ever was. */
function clusterSensors(view: StoreView, entity: Entity): Sensors {
  const quarantine = quarantineOf(view, entity);
  return quarantine === undefined ? {} : { 'dynamiccluster.quarantineGroup': quarantine.id };
}

/** A host of a Docker cloud is what its machine is. */
function describeMachine(context: EngineContext, view: StoreView, entity: Entity): Entity {
  const host = hostOf(view, entity);
  const { startTimeoutMs } = readHostSettings(context, view, entity);
  const state = machineState({ entity, host, startTimeoutMs, now: context.clock.now() });
  return withState(entity, state, host ? hostSensors(view, host) : {});
}

function describeContainer(context: EngineContext, view: StoreView, entity: Entity): Entity {
  const instances = view.instancesOf(entity.id);
  const instance = instances.find((one) => one.id === entity.instanceId);
  const host = instance && view.get('host', instance.hostId);
  const resolution = entity.goal === 'running' && instance?.state === 'running' ? resolveContainer(entity, view, context) : null;
  const desired = resolution?.kind === 'resolved' ? resolution : null;
  // A process has that time from its launch, and its own steps tell when it is over.
  const startTimeoutMs = instance?.process ? Number.POSITIVE_INFINITY : (desired?.startTimeoutMs ?? DEFAULT_START_TIMEOUT_MS);
  const now = context.clock.now();
  const unserving = instance && desired ? whyUnserving(instance, desired) : null;
  const policy = restartPolicyOf(entity, { view, types: context.plugins.entityTypes });
  const state = containerState({ entity, instance, instanceCount: instances.length, host, startTimeoutMs, unserving, policy, now });
  const overdueAt =
    instance?.state === 'running' && !instance.ready && instance.startedAt !== null ? instance.startedAt + startTimeoutMs : 0;
  if (overdueAt > now && Number.isFinite(overdueAt)) context.queue.lookAgain(`state:${entity.id}`, overdueAt);
  const isReady = instance?.state === 'running' && instance.ready;
  return withState(withoutLeft(entity, instance), state, containerSensors(view, instance, isReady ? desired : null));
}

const NETWORK_ADDRESS = /^network\.(.+)\.address$/;

/** Addresses on networks that its container has left are told no more. */
function withoutLeft(entity: Entity, instance: Instance | undefined): Entity {
  if (!instance) return entity;
  const names = new Set(instance.endpoints?.map(({ network }) => network));
  const kept = Object.entries(entity.sensors).filter(([name]) => {
    const [, network] = NETWORK_ADDRESS.exec(name) ?? [];
    return network === undefined || names.has(network);
  });
  return kept.length === Object.keys(entity.sensors).length ? entity : { ...entity, sensors: Object.fromEntries(kept) };
}

/** A load balancer runs when it serves: until its first reload with a server it answers, but with an error. */
function whyUnserving({ serves }: Instance, { live }: DesiredContainer): string | null {
  if (!live || live.wanted === 0 || serves.length > 0) return null;
  return live.serves.length > 0 ? 'it takes up its first servers' : `none of its ${live.wanted} servers is ready`;
}

/** Where it runs is known from its creation; what it offers only once it is up, and then stays while it is healed (addresses stay). */
function containerSensors(view: StoreView, instance: Instance | undefined, desired: DesiredContainer | null): Sensors {
  const host = instance && view.get('host', instance.hostId);
  if (!instance || !host) return {};
  const live = desired?.live ? desired.live.sensors : {};
  return {
    [SENSOR.hostAddress]: host.address,
    [SENSOR.hostName]: host.name,
    ...(isOnMachine(instance) ? {} : { [SENSOR.containerName]: instance.containerName, [SENSOR.imageName]: instance.spec.image }),
    ...(instance.containerId ? { [SENSOR.containerId]: instance.containerId } : {}),
    ...(instance.exitCode === null ? {} : { [SENSOR.exitCode]: instance.exitCode }),
    ...(instance.bridgeAddress ? { [SENSOR.subnetAddress]: instance.bridgeAddress } : {}),
    ...Object.fromEntries((instance.endpoints ?? []).map(({ network, address }) => [`network.${network}.address`, address])),
    ...(instance.process ? { [SENSOR.processRunning]: instance.state === 'running' && instance.ready } : {}),
    ...(desired ? desired.sensors(instance, host) : {}),
    ...(desired && instance.liveHash === desired.live?.hash ? live : {}),
  };
}

function withState(entity: Entity, state: ServiceState, sensors: Sensors): Entity {
  const problems = { ...keptProblems(entity), ...state.problems };
  const kept: Record<string, Json> = entity.goal === 'running' ? { ...entity.sensors } : {};
  return {
    ...entity,
    actual: state.actual,
    problems,
    notUpIndicators: state.notUpIndicators,
    ...(state.isUp && entity.slot !== null ? { wasUp: true as const } : {}),
    sensors: {
      ...kept,
      ...sensors,
      [SENSOR.state]: state.actual,
      // Once it has completed, being stopped is what is expected of it.
      [SENSOR.expectedState]: isCompleted({ goal: entity.goal, actual: state.actual }) ? 'STOPPED' : entity.expected.state,
      [SENSOR.isUp]: state.isUp,
      [SENSOR.notUpIndicators]: state.notUpIndicators,
      [SENSOR.problems]: problems,
    },
  };
}

function unchanged(before: Entity, after: Entity): boolean {
  return (
    before.actual === after.actual &&
    before.wasUp === after.wasUp &&
    before.upSince === after.upSince &&
    before.settled === after.settled &&
    canonicalJson([before.sensors, before.problems, before.notUpIndicators]) ===
      canonicalJson([after.sensors, after.problems, after.notUpIndicators])
  );
}
