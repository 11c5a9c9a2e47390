/** Since when a change has been wanted without a break, and the most cautious size of that time. */
export interface ScaleMemory {
  readonly direction: 'up' | 'down';
  readonly since: number;
  readonly size: number;
}

export interface ScaleInput {
  /** Hosts that are there or on their way; those that failed do not count. */
  readonly hosts: number;
  /** Hosts without any container, ours or not: only these may go. */
  readonly emptyHosts: number;
  /** Hosts that load and headroom need. */
  readonly target: number;
  /** Something waits for a host: none is given back meanwhile. */
  readonly isWaited: boolean;
  readonly upDelayMs: number;
  readonly downDelayMs: number;
  readonly now: number;
}

export interface ScaleDecision {
  /** Hosts there should be from now on; null: as they are. */
  readonly size: number | null;
  readonly memory: ScaleMemory | null;
  /** When to look again, milliseconds since the epoch; null where nothing is waited for. */
  readonly lookAgainAt: number | null;
}

const NOTHING: ScaleDecision = { size: null, memory: null, lookAgainAt: null };

/**
 * Acts on a wish that has held for the whole stabilisation time, by the most cautious size that was wished for in it: what flickers
 * changes nothing. Only empty hosts are given back.
 */
export function decideScale(input: ScaleInput, before: ScaleMemory | null): ScaleDecision {
  const wanted = wantedSize(input);
  if (wanted === input.hosts) return NOTHING;
  const direction = wanted > input.hosts ? 'up' : 'down';
  const kept = before?.direction === direction ? before : null;
  const cautious = direction === 'up' ? Math.min : Math.max;
  const memory: ScaleMemory = { direction, since: kept?.since ?? input.now, size: cautious(wanted, kept?.size ?? wanted) };
  const dueAt = memory.since + (direction === 'up' ? input.upDelayMs : input.downDelayMs);
  if (input.now < dueAt) return { size: null, memory, lookAgainAt: dueAt };
  return { size: memory.size, memory: null, lookAgainAt: null };
}

function wantedSize({ hosts, emptyHosts, target, isWaited }: ScaleInput): number {
  if (target >= hosts) return target;
  return isWaited ? hosts : Math.max(target, hosts - emptyHosts);
}
