import { neededOf, type Quorum } from '../cluster/quorum.ts';
import { isOnMachine, type ProcessState } from '../software/process-state.ts';
import type { Entity } from './entity.ts';
import type { HostState } from './host.ts';
import type { Instance } from './instance.ts';
import { isSilent } from './last-known.ts';
import type { Lifecycle } from './lifecycle.ts';
import { ownEnd } from './own-end.ts';
import type { RestartPolicy } from './restart-policy.ts';

export interface ServiceState {
  readonly actual: Lifecycle;
  readonly isUp: boolean;
  readonly notUpIndicators: Readonly<Record<string, string>>;
  /** Problems that follow from the state of the world; those that steps have recorded are kept beside them. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Problems that this file decides on; all others belong to the step that met them. */
export const STATE_PROBLEMS = ['host', 'not-ready', 'members', 'quorum', 'question', 'ended'] as const;

/** A degraded group still runs: this problem alone puts nothing on fire. */
const MILD = 'members';

export interface ContainerState {
  readonly entity: Entity;
  readonly instance: Instance | undefined;
  readonly instanceCount: number;
  readonly host: { readonly name: string; readonly state: HostState } | undefined;
  readonly startTimeoutMs: number;
  /** Why a load balancer that is ready serves nobody; null for all others. */
  readonly unserving: string | null;
  readonly policy: RestartPolicy;
  readonly now: number;
}

/** Brooklyn's rule for an entity with a container of its own. */
export function containerState(input: ContainerState): ServiceState {
  const { entity, instance, host } = input;
  const isUp = instance?.state === 'running' && instance.ready && input.unserving === null;
  const notUpIndicators: Record<string, string> = {};
  if (!isUp) notUpIndicators.instance = notUpReason(input);
  if (entity.goal !== 'running') {
    const gone = entity.goal === 'stopped' && (instance === undefined || instance.state === 'exited' || instance.state === 'lost');
    return { actual: gone ? 'STOPPED' : 'STOPPING', isUp: isUp && !gone, notUpIndicators, problems: {} };
  }

  const end = ownEnd(entity, instance, input.policy);
  // What it was for is done: it is as it should be, and no more needed to be up.
  if (end === 'completed')
    return { actual: 'STOPPED', isUp: false, notUpIndicators: { instance: 'completed with exit code 0' }, problems: {} };
  const problems: Record<string, string> = {};
  if (end === 'failed') problems.ended = `Ended with exit code ${instance?.exitCode ?? 'unknown'}, and its restart policy leaves it so`;
  // Of a host that only does not answer the last that was known holds, until it is declared lost: see `lastKnownOf`.
  if (instance && instance.state !== 'planned' && host?.state === 'refused') problems.host = `${host.name} refuses us`;
  if (instance && isOnMachine(instance) && host?.state === 'lost')
    problems.host = `${host.name} is lost: its process is not started elsewhere`;
  if (entity.question) problems.question = entity.question.text;
  if (startIsOverdue(input)) problems['not-ready'] = `Not ready ${Math.round(input.startTimeoutMs / 1000)} s after its start`;
  const hasProblems = Object.keys({ ...keptProblems(entity), ...problems }).length > 0;
  const actual = hasProblems ? 'ON_FIRE' : isUp ? 'RUNNING' : 'STARTING';
  return { actual, isUp, notUpIndicators, problems };
}

export interface GroupState {
  readonly entity: Entity;
  readonly children: readonly Entity[];
  /** To be up. */
  readonly quorum: Quorum;
  /** To run, without a problem; absent: members with problems are told, and put nothing on fire while the others are the quorum. */
  readonly running?: Quorum | undefined;
  /** Members wanted, where they are counted: missing ones are still starting. */
  readonly size: number | null;
}

/** Brooklyn's rule for groups: children that are stopped, stopping or destroyed do not count, nor those that have completed. */
export function groupState({ entity, children, quorum, running: runningQuorum, size }: GroupState): ServiceState {
  if (entity.goal !== 'running') {
    const busy = children.some((child) => child.actual !== 'STOPPED' && child.actual !== 'DESTROYED');
    const actual = busy || entity.goal === 'destroyed' ? 'STOPPING' : 'STOPPED';
    return { actual, isUp: false, notUpIndicators: { children: 'stopped' }, problems: {} };
  }
  const running = children.filter((child) => child.goal === 'running');
  const counted = running.filter((child) => !isCompleted(child));
  const isAllThere = running.length > 0 && running.length >= (size ?? 0);
  if (isAllThere && counted.length === 0) {
    return { actual: 'STOPPED', isUp: false, notUpIndicators: { children: 'all have completed' }, problems: {} };
  }
  const up = counted.filter(isEntityUp);
  const wanted = Math.max(counted.length, (size ?? 0) - (running.length - counted.length));
  const isUp = up.length >= neededOf(quorum, wanted);
  const burning = counted.filter((child) => child.actual === 'ON_FIRE');
  const problems: Record<string, string> = {};
  if (burning.length > 0) problems.members = `${burning.length} of ${wanted} not well: ${namesOf(burning)}`;
  const neededRunning = runningQuorum === undefined ? 0 : neededOf(runningQuorum, wanted);
  if (burning.length > 0 && counted.length - burning.length < neededRunning) {
    problems.quorum = `${counted.length - burning.length} of ${wanted} without problems, and ${neededRunning} needed (quorum.running)`;
  }
  const notUpIndicators: Record<string, string> = isUp ? {} : { children: `${up.length} of ${wanted} up` };
  const needed = neededOf(quorum, wanted);
  const actual = problems.quorum === undefined ? groupActual({ entity, counted, burning, isUp, needed }) : 'ON_FIRE';
  return { actual, isUp, notUpIndicators, problems };
}

interface GroupView {
  readonly entity: Entity;
  readonly counted: readonly Entity[];
  readonly burning: readonly Entity[];
  readonly isUp: boolean;
  readonly needed: number;
}

function groupActual({ entity, counted, burning, isUp, needed }: GroupView): Lifecycle {
  const own = Object.keys(keptProblems(entity)).some((code) => code !== MILD);
  if (own) return 'ON_FIRE';
  if (isUp) return 'RUNNING';
  const hopeless = burning.length > 0 && counted.length - burning.length < needed;
  return hopeless ? 'ON_FIRE' : 'STARTING';
}

/** It ran to its end and is to stay so: what is to run and is stopped has completed. */
export function isCompleted({ goal, actual }: Pick<Entity, 'goal' | 'actual'>): boolean {
  return goal === 'running' && actual === 'STOPPED';
}

export function isEntityUp(entity: Entity): boolean {
  return entity.sensors['service.isUp'] === true;
}

/** Problems that steps have recorded. */
export function keptProblems(entity: Entity): Readonly<Record<string, string>> {
  const decidedHere: readonly string[] = STATE_PROBLEMS;
  return Object.fromEntries(Object.entries(entity.problems).filter(([code]) => !decidedHere.includes(code)));
}

function startIsOverdue({ instance, host, startTimeoutMs, now }: ContainerState): boolean {
  if (isSilent(host)) return false;
  return instance?.state === 'running' && !instance.ready && instance.startedAt !== null && now >= instance.startedAt + startTimeoutMs;
}

function notUpReason({ entity, instance, unserving }: ContainerState): string {
  if (!instance) return entity.waitingFor ?? 'no container yet';
  if (instance.process && instance.state !== 'exited') return notUpProcess(instance.process);
  if (instance.state === 'running') return instance.ready && unserving !== null ? unserving : 'its container is not ready';
  return `its container is ${instance.state}`;
}

function notUpProcess({ phase }: ProcessState): string {
  switch (phase) {
    case 'install':
      return 'it is to be installed';
    case 'customize':
      return 'it is to be customised';
    case 'launch':
      return 'it is to be launched';
    case 'check':
      return 'its process does not run yet';
    case 'end':
      return 'what is left of its process is ended';
  }
}

function namesOf(entities: readonly Entity[]): string {
  const names = entities.slice(0, 3).map((entity) => entity.name);
  return entities.length > 3 ? `${names.join(', ')} …` : names.join(', ');
}
