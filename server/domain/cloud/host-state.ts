import type { Entity } from '../entity/entity.ts';
import type { Host } from '../entity/host.ts';
import type { ServiceState } from '../entity/service-state.ts';

export interface MachineState {
  readonly entity: Entity;
  readonly host: Host | undefined;
  /** Milliseconds that a machine has from its creation to being ready. */
  readonly startTimeoutMs: number;
  readonly now: number;
}

/** The state of a host of a Docker cloud: that of its machine, from being claimed to being ready. */
export function machineState({ entity, host, startTimeoutMs, now }: MachineState): ServiceState {
  if (entity.goal !== 'running') {
    const actual = entity.goal === 'stopped' ? 'STOPPED' : 'STOPPING';
    return { actual, isUp: false, notUpIndicators: { machine: entity.waitingFor ?? 'it is not wanted' }, problems: {} };
  }
  if (entity.problems.machine !== undefined) return notUp('ON_FIRE', entity.problems.machine, {});
  if (host === undefined) return notUp('STARTING', entity.waitingFor ?? 'it waits for a machine', {});
  if (host.state === 'ready') return { actual: 'RUNNING', isUp: true, notUpIndicators: {}, problems: {} };
  if (host.maintenance !== undefined) return { actual: 'STOPPED', isUp: false, notUpIndicators: { machine: host.reason }, problems: {} };
  const { setUp } = host;
  if (setUp?.state === 'failed') return notUp('ON_FIRE', 'it is not set up', { host: setUp.problem ?? 'Setting it up failed' });
  const isInTime = now < host.createdAt + startTimeoutMs;
  if (setUp?.state === 'running') return notUp('STARTING', 'it is being set up', {});
  // A key that nobody has confirmed waits for a person, whatever else is to be done.
  if (setUp?.state === 'wanted' && isInTime && host.hostKey.fingerprint !== '') return notUp('STARTING', 'it is to be set up', {});
  const isFirst = host.facts === null && host.state !== 'refused';
  if (isFirst && isInTime) return notUp('STARTING', host.reason, {});
  return notUp(host.state === 'connecting' && !isFirst ? 'STARTING' : 'ON_FIRE', host.reason, { host: host.reason });
}

function notUp(actual: 'STARTING' | 'ON_FIRE', why: string, problems: Readonly<Record<string, string>>): ServiceState {
  return { actual, isUp: false, notUpIndicators: { machine: why }, problems: actual === 'ON_FIRE' ? problems : {} };
}
