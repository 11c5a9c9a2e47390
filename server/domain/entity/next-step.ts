import { networkChange } from '../network/network-change.ts';
import { takesOverFrom } from '../network/takes-over-from.ts';
import type { HostId } from '../shared/ids.ts';
import { nextProcessStep } from '../software/next-process-step.ts';
import { isOnMachine } from '../software/process-state.ts';
import { countedFailures, nextAttemptAt, RESET_AFTER_MS } from './crash-back-off.ts';
import type { Entity } from './entity.ts';
import type { Instance } from './instance.ts';
import { type OwnEnd, ownEnd } from './own-end.ts';
import type { Desired, EntityFacts, Step } from './step-facts.ts';

/** A load balancer that has not dropped an instance by then is not waited for. Milliseconds. */
export const DRAIN_LIMIT_MS = 10_000;
/** Requests on their way through the load balancer's old process end within this time. Milliseconds. */
export const DRAIN_LINGER_MS = 300;

/** A host that is away tells when it is back; it is looked at again by this time all the same. Milliseconds. */
const HOST_LOOK_MS = 10_000;

const NOTHING: Step = { kind: 'nothing' };

/**
 * The one step that brings an entity nearer to its goal, or what it waits for. Performing the steps in a world that does not fail
 * reaches the goal; two live instances of one entity are there only while it starts before it stops (a rollout, a move), and never with one address.
 */
export function nextStep(facts: EntityFacts): Step {
  if (facts.entity.goal === 'destroyed') return towardsDestroyed(facts);
  if (facts.kind !== 'container') return NOTHING;
  return facts.entity.goal === 'stopped' ? towardsStopped(facts) : towardsRunning(facts);
}

function towardsRunning(facts: EntityFacts): Step {
  const current = currentInstance(facts);
  if (!current) return surplusStep(facts, undefined) ?? placeStep(facts);
  const end = ownEnd(facts.entity, current, facts.policy);
  if (end !== null && !isRenewed(facts, current)) return afterOwnEnd(facts, { current, end });
  if (current.state === 'lost' || !(current.hostId in facts.hosts)) return fromLostHost(facts, current);
  if (facts.entity.question) return { kind: 'withdraw-question' };
  const host = facts.hosts[current.hostId];
  if (host !== 'ready') return { kind: 'wait', for: `host: it is ${host}`, lookAgainAt: facts.now + HOST_LOOK_MS };

  switch (current.state) {
    case 'removing':
      return { kind: 'remove', instance: current };
    case 'planned':
      if (facts.latch !== null) return { kind: 'wait', for: facts.latch };
      if (isOutdated(facts, current)) return { kind: 'remove', instance: current };
      if (facts.missing !== null) return waitForOthers(facts.missing);
      if (!facts.imagePresent) return { kind: 'pull', instance: current };
      if (!facts.volumesPresent) return { kind: 'ensure-volumes', instance: current };
      if (facts.network) return waitForNetwork(facts.network);
      return waitForDependency(facts) ?? takeOverStep(facts, current) ?? { kind: 'create', instance: current };
    case 'created':
      return { kind: isOutdated(facts, current) ? 'remove' : 'start', instance: current };
    case 'running':
      return fromRunning(facts, current);
    case 'exited':
      return fromExited(facts, current);
  }
}

/** All that it needs is there: the one that it takes addresses over from stops now. */
function takeOverStep(facts: EntityFacts, current: Instance): Step | null {
  const before = takesOverFrom(facts.instances, current);
  const host = before && facts.hosts[before.hostId];
  if (!before || host === undefined || host === 'lost') return null;
  return host === 'ready' ? stopStep(facts, before) : { kind: 'wait', for: `host: its address is in use on one that is ${host}` };
}

function fromRunning(facts: EntityFacts, current: Instance): Step {
  const { entity, desired } = facts;
  const restart = entity.restartSerial > current.restartSerial;
  const replace = isStale(facts, current) && entity.granted >= entity.generation;
  const beside = facts.order === 'start-first' && desired.kind === 'resolved' && !desired.exclusive && entity.dataHostId === null;
  const leaves = entity.moveFrom === current.hostId && !isBoundTo(facts, current.hostId);
  if (leaves && current.stoppingSince === null)
    return surplusStep(facts, current) ?? (replace ? null : liveStep(facts, current)) ?? placeStep(facts);
  if (replace && beside && current.stoppingSince === null) return surplusStep(facts, current) ?? { kind: 'place' };
  if (replace && !facts.nextImagePresent) return { kind: 'prefetch', instance: current };
  if (replace || restart) return stopStep(facts, current);
  if (current.stoppingSince !== null) return { kind: 'keep', instance: current };
  const live = liveStep(facts, current);
  if (live && live.kind !== 'probe') return live;
  const process = processStep(facts, current);
  if (process) return process;
  if (live) return live;

  const surplus = surplusStep(facts, current);
  if (surplus && surplus.kind !== 'wait') return surplus;
  if (!current.ready) return { kind: 'wait', for: 'readiness', lookAgainAt: facts.probeAt };
  if (surplus) return surplus;
  if (current.rejoin && facts.network) return waitForNetwork(facts.network);
  if (desired.kind === 'invalid') return waitForConfig(desired.problem);
  return whileUp(facts, current);
}

/** It is up: a process is asked again, and what went wrong before is forgotten in time. */
function whileUp({ entity, process, now }: EntityFacts, { startedAt }: Instance): Step {
  const since = process ? process.state.launchedAt : startedAt;
  const calmAt = entity.crash.failures === 0 ? Number.POSITIVE_INFINITY : (since ?? 0) + RESET_AFTER_MS;
  if (now >= calmAt) return { kind: 'calm' };
  const lookAgainAt = Math.min(calmAt, process?.checkAt ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(lookAgainAt) ? { kind: 'nothing', lookAgainAt } : NOTHING;
}

/** Null where its process runs and is to be asked later, and where it has none. */
function processStep(facts: EntityFacts, current: Instance): Step | null {
  const { process } = facts;
  if (!process) return null;
  const move = nextProcessStep(process);
  switch (move.kind) {
    case 'wait':
      return current.ready
        ? null
        : { kind: 'wait', for: move.for, ...(move.lookAgainAt === undefined ? {} : { lookAgainAt: move.lookAgainAt }) };
    case 'rest':
      return surplusStep(facts, current, 'failed') ?? NOTHING;
    default:
      return { kind: 'process', instance: current, move };
  }
}

/** What is done to a container as it runs: one that waits for a place elsewhere serves as well as the others. A process reads what is new once it runs. */
function liveStep(facts: EntityFacts, current: Instance): Step | null {
  const { desired, now, probeAt } = facts;
  const isToReload = desired.kind === 'resolved' && desired.liveHash !== current.liveHash;
  if (current.spec.process?.place.kind === 'machine') return isToReload && current.ready ? { kind: 'reload', instance: current } : null;
  if (limitsDiffer(desired, current)) return { kind: 'limits', instance: current };
  const networks = networkStep(facts, current);
  if (networks) return networks;
  if (isToReload) return { kind: 'reload', instance: current };
  return facts.process === null && !current.ready && now >= probeAt ? { kind: 'probe', instance: current } : null;
}

/** What it is to leave it leaves first: a network may have the addresses of the one that comes in its place. */
function networkStep({ desired, network }: EntityFacts, current: Instance): Step | null {
  const isOther = desired.kind === 'resolved' && networkChange(desired.networks, current) === 'in-place';
  if (isOther) return { kind: 'plan-networks', instance: current };
  if (!current.rejoin || (network && current.rejoin.leave.length === 0)) return null;
  return { kind: 'join-networks', instance: current };
}

function fromExited(facts: EntityFacts, current: Instance): Step {
  const isToRunAgain = current.stoppingSince !== null || (facts.policy.kind !== 'always' && isRenewed(facts, current));
  if (isToRunAgain) {
    const isGone = current.stoppingSince === null && current.containerId === null;
    if (isOutdated(facts, current) || isGone) return replaceStep(facts, current, null);
    return waitForDependency(facts) ?? { kind: 'start', instance: current };
  }
  const failures = countedFailures(facts.entity.crash, current.startedAt, facts.now);
  const retryAt = nextAttemptAt(facts.entity.crash, failures);
  if (retryAt > facts.now) {
    const text = `back-off after ${failures} ${failures === 1 ? 'failure' : 'failures'}`;
    return surplusStep(facts, current) ?? { kind: 'wait', for: text, lookAgainAt: retryAt };
  }
  const step = replaceStep(facts, current, failures);
  return step.kind === 'replace' && isToBeKept(facts, current) ? { kind: 'revive', instance: current, failures } : step;
}

/** What an adopted container has written into itself exists nowhere else: while it is there, and right, it is started again as it is. */
function isToBeKept(facts: EntityFacts, current: Instance): boolean {
  return current.adopted !== undefined && current.containerId !== null && !isStale(facts, current);
}

/** Its end was its own: it is left as it is, whatever becomes of its host. */
function afterOwnEnd(facts: EntityFacts, { current, end }: { readonly current: Instance; readonly end: OwnEnd }): Step {
  if (facts.entity.question) return { kind: 'withdraw-question' };
  if (end === 'completed' && facts.entity.crash.failures > 0) return { kind: 'calm' };
  return surplusStep(facts, current, end) ?? NOTHING;
}

/** A restart was asked for, or another spec, since it was started last. */
function isRenewed(facts: EntityFacts, current: Instance): boolean {
  const { entity } = facts;
  return entity.restartSerial > current.restartSerial || (isStale(facts, current) && entity.granted >= entity.generation);
}

/** A host that is lost, or was removed, holds the instance that should serve. */
function fromLostHost(facts: EntityFacts, current: Instance): Step {
  const host = facts.hosts[current.hostId];
  if (host === 'ready') return { kind: 'wait', for: 'host: its containers are being listed' };
  const hasData = facts.entity.dataHostId !== null;
  if ((hasData || facts.snapshotHostId === current.hostId) && host !== undefined) {
    const what = hasData ? 'data' : 'snapshot';
    return facts.entity.question ? { kind: 'wait', for: `an answer: its ${what} is on a lost host` } : { kind: 'ask' };
  }
  return placeStep(facts);
}

function towardsStopped(facts: EntityFacts): Step {
  let blocked: Step | undefined;
  const current = currentInstance(facts);
  for (const instance of facts.instances) {
    const isKept = instance === current && (instance.state === 'exited' || instance.state === 'lost');
    const kept = isKept && !hasToLeave(facts.entity, instance);
    if (kept) continue;
    const step = removalStep(facts, instance);
    if (step.kind !== 'wait') return step;
    blocked ??= step;
  }
  if (facts.entity.question) return { kind: 'withdraw-question' };
  return blocked ?? NOTHING;
}

/** Its host is to be empty. One that is to go to another host may as well stay while it is stopped. */
function hasToLeave({ moveFrom, moveTo }: Entity, { hostId }: Instance): boolean {
  return moveFrom === hostId && moveTo === undefined;
}

function towardsDestroyed(facts: EntityFacts): Step {
  if (facts.holding !== null) return { kind: 'wait', for: facts.holding };
  if (facts.childCount > 0) return { kind: 'wait', for: 'its children to be removed' };
  let blocked: Step | undefined;
  for (const instance of facts.instances) {
    const step = removalStep(facts, instance);
    if (step.kind !== 'wait') return step;
    blocked ??= step;
  }
  if (blocked) return blocked;
  if (facts.entity.destroyVolumes) {
    if (facts.volumeHosts.some((id) => facts.hosts[id] === 'ready')) return { kind: 'remove-volumes' };
    if (facts.volumeHosts.some((id) => facts.hosts[id] === 'connecting' || facts.hosts[id] === 'unreachable')) {
      return { kind: 'wait', for: 'host: it holds volumes that are to be removed' };
    }
  }
  if (hasMachine(facts)) return { kind: 'release-machine' };
  return facts.entity.parentId === null ? NOTHING : { kind: 'delete-row' };
}

/** Takes an instance out of the world; a running one is stopped first. What sits on a lost host is removed there when the host comes back. */
function removalStep(facts: EntityFacts, instance: Instance): Step {
  const host = facts.hosts[instance.hostId];
  // A machine that refuses us has nobody who would say when it does no more.
  const isGivenUp = host === 'refused' && facts.entity.goal === 'destroyed' && isOnMachine(instance);
  if (host === undefined || host === 'lost' || isGivenUp) return { kind: 'forget', instance };
  if (host !== 'ready') return { kind: 'wait', for: `host: it is ${host}` };
  return instance.state === 'running' ? stopStep(facts, instance) : { kind: 'remove', instance };
}

/** The first step that takes away an instance which is not the current one, as soon as it may go: one that serves, once the current one does or has ended. */
function surplusStep(facts: EntityFacts, current: Instance | undefined, end: OwnEnd | null = null): Step | undefined {
  for (const instance of facts.instances) {
    if (instance === current) continue;
    const host = facts.hosts[instance.hostId];
    if (host === undefined) return { kind: 'forget', instance };
    if (host !== 'ready') continue;
    const serves = instance.state === 'running';
    if (serves && current && !current.ready && end === null) continue;
    return serves ? stopStep(facts, instance) : { kind: 'remove', instance };
  }
  return undefined;
}

/** Once its latch is open, out of the load balancers first, stopped then. */
function stopStep(facts: EntityFacts, instance: Instance): Step {
  if (facts.latch !== null && instance.state === 'running') return { kind: 'wait', for: facts.latch };
  const since = instance.stoppingSince;
  const served = facts.served.includes(instance.id);
  if (served && since === null) return { kind: 'drain', instance };
  if (since !== null && facts.now < since + DRAIN_LIMIT_MS) {
    if (served) return { kind: 'wait', for: 'load balancer: still serves it', lookAgainAt: since + DRAIN_LIMIT_MS };
    const lingerUntil = (facts.droppedAt[instance.id] ?? 0) + DRAIN_LINGER_MS;
    if (facts.now < lingerUntil) return { kind: 'wait', for: 'last requests through the load balancer', lookAgainAt: lingerUntil };
  }
  return { kind: 'stop', instance };
}

function placeStep(facts: EntityFacts): Step {
  if (facts.desired.kind === 'waiting') return waitForSensor(facts.desired);
  if (facts.desired.kind === 'invalid') return waitForConfig(facts.desired.problem);
  if (facts.desired.place === 'container' && facts.instances.length === 0 && hasMachine(facts)) return { kind: 'release-machine' };
  return facts.latch === null ? { kind: 'place' } : { kind: 'wait', for: facts.latch };
}

function waitForConfig(problem: string): Step {
  return { kind: 'wait', for: `config: ${problem}`, problem: { key: 'config', text: problem } };
}

/** What is healed does not wait: those it depends on have let it start before. */
function waitForDependency({ entity, dependency }: EntityFacts): Step | null {
  return dependency === null || entity.crash.failures > 0 ? null : { kind: 'wait', for: dependency };
}

function waitForNetwork({ name, problem }: NonNullable<EntityFacts['network']>): Step {
  const wait = { kind: 'wait', for: `network ${name}` } as const;
  return problem === '' ? wait : { ...wait, problem: { key: 'network', text: problem } };
}

function waitForOthers(what: string): Step {
  return { kind: 'wait', for: what, problem: { key: 'external', text: what } };
}

function waitForSensor({ for: sensor, lookAgainAt, failure }: Desired & { readonly kind: 'waiting' }): Step {
  if (failure !== undefined) return waitForConfig(failure);
  return { kind: 'wait', for: sensor, ...(lookAgainAt === undefined ? {} : { lookAgainAt }) };
}

function replaceStep(facts: EntityFacts, instance: Instance, failures: number | null): Step {
  if (facts.desired.kind !== 'resolved') return placeStep(facts);
  const { entity, home, cordoned, snapshotHostId, desired } = facts;
  if (desired.place !== (instance.spec.process?.place.kind ?? 'container')) return { kind: 'abandon', instance, failures };
  if (desired.place === 'machine') return { kind: 'replace', instance, failures };
  const bound = isBoundTo(facts, instance.hostId);
  if (!bound && snapshotHostId !== null) return { kind: 'abandon', instance, failures };
  const stays =
    bound ||
    (home.kind === 'host'
      ? home.hostId === instance.hostId
      : // What waits to leave serves on where it is: elsewhere there may be no room for it.
        entity.moveFrom === instance.hostId || !cordoned.includes(instance.hostId));
  return { kind: stays ? 'replace' : 'abandon', instance, failures };
}

/** By its data, or by the snapshot that it runs from. */
function isBoundTo({ entity, snapshotHostId }: EntityFacts, hostId: HostId): boolean {
  return entity.dataHostId === hostId || (entity.dataHostId === null && snapshotHostId === hostId);
}

/** A machine of its own; that of a host of a Docker cloud is not this step's. */
function hasMachine({ kind, entity }: EntityFacts): boolean {
  return kind === 'container' && entity.machine !== undefined;
}

function currentInstance(facts: EntityFacts): Instance | undefined {
  return facts.instances.find((instance) => instance.id === facts.entity.instanceId);
}

function isStale(facts: EntityFacts, instance: Instance): boolean {
  const { desired } = facts;
  if (desired.kind !== 'resolved') return false;
  return desired.specHash !== instance.specHash || networkChange(desired.networks, instance) === 'anew';
}

/** One that does not run is made anew for other networks too: those that it was made with may be gone. What was adopted is kept, and joins as it runs. */
function isOutdated(facts: EntityFacts, instance: Instance): boolean {
  if (isStale(facts, instance)) return true;
  const { desired } = facts;
  return !instance.adopted && desired.kind === 'resolved' && networkChange(desired.networks, instance) !== 'none';
}

function limitsDiffer(desired: Desired, instance: Instance): boolean {
  if (desired.kind !== 'resolved') return false;
  return desired.memoryBytes !== instance.spec.memoryBytes || desired.cpus !== instance.spec.cpus;
}
