import type { SensorReader } from '../adjunct/behaviour.ts';
import type { FeedAnswer, FeedPlan } from '../adjunct/feed.ts';
import type { Entity } from '../entity/entity.ts';
import type { Json } from '../shared/json.ts';
import type { Condition } from './failure-watch.ts';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** `db.example.org:3306`, `[::1]:80`; null when it is none. */
export function parseEndpoint(text: string): Endpoint | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/i.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host === undefined || port < 1 || port > 65_535 ? null : { host, port };
}

/** A connection that is not there by then is none. Milliseconds. */
const TIMEOUT_MS = 5_000;

export function connectionPlan(endpoint: Endpoint, periodMs: number): FeedPlan {
  return { periodMs, timeoutMs: TIMEOUT_MS, onlyIfUp: false, probe: { kind: 'tcp', ...endpoint } };
}

/** Says whether the last try came through. */
export function connectionSensor(endpoint: string): string {
  return `ha.connection.${endpoint}`;
}

export function connectionSensors(endpoint: string, answer: FeedAnswer): Readonly<Record<string, Json>> {
  return { [connectionSensor(endpoint)]: answer.kind === 'failed' ? { isUp: false, problem: answer.problem } : { isUp: true } };
}

export function connectionCondition(endpoint: string, self: Entity, read: SensorReader): Condition {
  const value = read.sensor(self.id, connectionSensor(endpoint))?.value;
  if (typeof value !== 'object' || value === null || !('isUp' in value)) return { is: 'unknown', why: `${endpoint} was not tried yet` };
  if (value.isUp === true) return { is: 'well', why: `${endpoint} takes connections` };
  return { is: 'failing', why: `${endpoint} takes no connection: ${'problem' in value ? String(value.problem) : 'nobody answers'}` };
}

/** Of a host of a Docker cloud: whether its machine answers over SSH. The engine asks it all the time. */
export function machineCondition(self: Entity): Condition {
  if (self.sensors['docker.host.id'] === undefined)
    return { is: 'unknown', why: `${self.name} is no host of a Docker cloud: there is no machine to watch` };
  const reason = self.notUpIndicators.machine;
  if (reason === undefined) return { is: 'well', why: `${self.name} answers` };
  if (self.actual === 'STOPPED') return { is: 'unknown', why: `${self.name} is in maintenance: ${reason}` };
  return { is: 'failing', why: `${self.name} does not answer: ${reason}` };
}
