/** Sizes that were wanted, oldest first, each until the next: all of them more, or all of them fewer hosts than there are. */
export interface ScaleMemory {
  readonly direction: 'up' | 'down';
  readonly wishes: readonly { readonly at: number; readonly size: number }[];
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
  const delayMs = direction === 'up' ? input.upDelayMs : input.downDelayMs;
  const wishes = withinWindow(
    withWish(before?.direction === direction ? before.wishes : [], { at: input.now, size: wanted }),
    input.now - delayMs,
  );
  const [oldest] = wishes;
  const dueAt = (oldest?.at ?? input.now) + delayMs;
  const memory: ScaleMemory = { direction, wishes };
  if (input.now < dueAt) return { size: null, memory, lookAgainAt: dueAt };
  const sizes = wishes.map(({ size }) => size);
  const size = direction === 'up' ? Math.min(...sizes) : Math.max(...sizes);
  const isBetween = direction === 'up' ? size > input.hosts : size < input.hosts;
  const lookAgainAt = wishes[1] === undefined ? null : wishes[1].at + delayMs;
  return { size: isBetween ? size : null, memory, lookAgainAt };
}

type Wishes = ScaleMemory['wishes'];

function withWish(wishes: Wishes, wish: Wishes[number]): Wishes {
  return wishes.at(-1)?.size === wish.size ? wishes : [...wishes, wish];
}

/** Without those that were over before the window began; the one that held at its beginning stays. */
function withinWindow(wishes: Wishes, from: number): Wishes {
  const first = wishes.findLastIndex(({ at }) => at <= from);
  return first <= 0 ? wishes : wishes.slice(first);
}

function wantedSize({ hosts, emptyHosts, target, isWaited }: ScaleInput): number {
  if (target >= hosts) return target;
  return isWaited ? hosts : Math.max(target, hosts - emptyHosts);
}
