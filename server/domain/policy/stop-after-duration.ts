import type { AdjunctInput, Decision } from '../adjunct/behaviour.ts';

export interface StopAfterSettings {
  /** Milliseconds; null: for ever. */
  readonly lifetimeMs: number | null;
  /** The state in which its time begins. */
  readonly state: string;
}

export interface StopAfterMemory {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** When it was stopped: started again after that, its time begins anew. */
  readonly stoppedAt?: number;
}

/** Brooklyn's StopAfterDurationPolicy. A time that ends while the console is down stops it when the console is back. */
export function decideStop({ config, self, now, memory }: AdjunctInput<StopAfterSettings, StopAfterMemory>): Decision<StopAfterMemory> {
  const { lifetimeMs, state } = config;
  if (lifetimeMs === null) return { highlight: { level: 'frozen', text: 'It has no lifetime: nothing is stopped' } };
  const isAnew = memory?.stoppedAt !== undefined && self.expected.at > memory.stoppedAt;
  const known = isAnew ? undefined : memory;
  if (known === undefined) {
    if (self.actual !== state.toUpperCase()) return { highlight: { level: 'ok', text: `Its time begins when ${self.name} is ${state}` } };
    return counting(now, lifetimeMs, { memory: { since: now } });
  }
  if (known.stoppedAt !== undefined) return { highlight: { level: 'acts', text: `Stops ${self.name}: its time is over` } };
  if (now < known.since + lifetimeMs) return counting(known.since, lifetimeMs, {});
  const why = `Stop ${self.name}: its time of ${Math.round(lifetimeMs / 1000)} s is over`;
  return {
    memory: { ...known, stoppedAt: now },
    highlight: { level: 'acts', text: why },
    actions: [{ kind: 'effector', entityId: self.id, effector: 'stop', why }],
  };
}

function counting(since: number, lifetimeMs: number, decision: Decision<StopAfterMemory>): Decision<StopAfterMemory> {
  const at = since + lifetimeMs;
  const text = `Is stopped at ${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return { ...decision, highlight: { level: 'ok', text }, lookAgainAt: at };
}
