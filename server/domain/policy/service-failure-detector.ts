import type { AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import { isCompleted, isEntityUp } from '../entity/service-state.ts';
import { type Condition, type FailureWatchMemory, type FailureWatchSettings, watchFailure } from './failure-watch.ts';

export interface ServiceFailureSettings extends FailureWatchSettings {
  /** Says nothing of what has never been up. */
  readonly onlyIfWasUp: boolean;
  /** False: what serves has not failed, whatever problems it has. */
  readonly problemsCount: boolean;
  /** The engine has so long to bring back by itself what has gone down; then it has failed. Milliseconds. */
  readonly downForMs: number;
}

export interface ServiceFailureMemory extends FailureWatchMemory {
  /** It has been up once. */
  readonly wasUp?: boolean;
  /** What was asked of it when it was up last: see `askOf`. */
  readonly upAsk?: string;
  /** Since when it is down without anybody having asked for that, milliseconds since the epoch. */
  readonly downSince?: number;
}

type Input = AdjunctInput<ServiceFailureSettings, ServiceFailureMemory>;

/**
 * Brooklyn's ServiceFailureDetector on an engine that heals by itself: a container that has died is back at once, and is no failure. One is
 * what is ON_FIRE (it dies again and again, does not get ready in time, its host refuses), or is down for longer than healing takes.
 * Being down while it is started, restarted, updated or moved is none either.
 */
export function detectServiceFailure(input: Input): Decision<ServiceFailureMemory> {
  const { config, self, now, read } = input;
  const memory = input.memory ?? {};
  const seen = look(self, memory, now);
  const condition = conditionOf(input, seen);
  const published = read.sensor(self.id, config.failedSensor)?.value;
  const decision = watchFailure(memory, config, { condition, now, published, name: self.name });
  const next = { ...seen, ...timers(decision.memory ?? memory) };
  const lookAgainAt = soonest(decision.lookAgainAt, seen.downSince === undefined ? undefined : seen.downSince + config.downForMs, now);
  const { memory: _, lookAgainAt: __, ...said } = decision;
  return {
    ...said,
    ...(isSame(memory, next) ? {} : { memory: next }),
    ...(lookAgainAt === undefined ? {} : { lookAgainAt }),
  };
}

type Seen = Pick<ServiceFailureMemory, 'wasUp' | 'upAsk' | 'downSince'>;

function look(self: Entity, memory: ServiceFailureMemory, now: number): Seen {
  if (isEntityUp(self)) return { wasUp: true, upAsk: askOf(self) };
  const { wasUp, upAsk } = memory;
  const known = { ...(wasUp ? { wasUp } : {}), ...(upAsk === undefined ? {} : { upAsk }) };
  const isUnasked = upAsk === askOf(self) && !isCompleted(self);
  return isUnasked ? { ...known, downSince: memory.downSince ?? now } : known;
}

/** Changes with each start, restart, update and move of it: what is down after one of these is on its way. */
function askOf({ expected, restartSerial, granted, generation, moveFrom }: Entity): string {
  return [expected.at, restartSerial, granted, generation, moveFrom ?? ''].join(' ');
}

function conditionOf({ self, config, now }: Input, { wasUp, downSince }: Seen): Condition {
  if (config.onlyIfWasUp && !wasUp) return { is: 'unknown', why: `${self.name} has not been up yet` };
  const isUp = isEntityUp(self);
  if (self.actual === 'ON_FIRE' && (config.problemsCount || !isUp)) return { is: 'failing', why: reasonOf(self) };
  if (isUp) return { is: 'well', why: `${self.name} serves` };
  if (isCompleted(self)) return { is: 'well', why: `${self.name} has completed` };
  if (downSince === undefined) return { is: 'unknown', why: `${self.name} is on its way` };
  const downMs = now - downSince;
  const why = `${self.name} is down: ${notUpReason(self)}`;
  return downMs >= config.downForMs ? { is: 'failing', why } : { is: 'unknown', why: `${why}; it is being healed` };
}

function reasonOf(self: Entity): string {
  const [problem] = Object.values(self.problems);
  return problem ?? notUpReason(self);
}

function notUpReason({ notUpIndicators, waitingFor }: Entity): string {
  const [reason] = Object.values(notUpIndicators);
  return reason ?? waitingFor ?? 'it does not serve';
}

function timers({ failingSince, wellSince }: FailureWatchMemory): FailureWatchMemory {
  return { ...(failingSince === undefined ? {} : { failingSince }), ...(wellSince === undefined ? {} : { wellSince }) };
}

function soonest(one: number | undefined, other: number | undefined, now: number): number | undefined {
  const times = [one, other].filter((at): at is number => at !== undefined && at > now);
  return times.length === 0 ? undefined : Math.min(...times);
}

function isSame(before: ServiceFailureMemory, after: ServiceFailureMemory): boolean {
  const keys = ['failingSince', 'wellSince', 'wasUp', 'upAsk', 'downSince'] as const;
  return keys.every((key) => before[key] === after[key]);
}
