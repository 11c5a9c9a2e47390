import type { Entity } from '../entity/entity.ts';
import { SENSOR } from '../entity/entity.ts';
import type { EntityId } from '../shared/ids.ts';
import type { AdjunctBehaviour, Highlight, Reading, SensorReader } from './behaviour.ts';

/** Recorded values of one sensor, oldest first; times in milliseconds since the epoch. */
export interface RecordedSeries {
  readonly entityId: EntityId;
  readonly sensor: string;
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

export interface Rehearsal {
  /** Members at the beginning. */
  readonly size: number;
  readonly series: readonly RecordedSeries[];
  /** How many members there really were, oldest first; the beginning where it is empty. */
  readonly sizes: readonly { readonly at: number; readonly value: number }[];
  /** Its load is shared: with more members than there were, each would have had less. */
  readonly sharesLoad: boolean;
  /** From an order to a member that serves, milliseconds. */
  readonly startMs: number;
}

export interface RehearsedAct {
  readonly at: number;
  readonly why: string;
  /** Members before and after; equal where the size was not changed. */
  readonly from: number;
  readonly to: number;
}

export interface RehearsedRun {
  readonly acts: readonly RehearsedAct[];
  /** Size over time, at the beginning and after each change. */
  readonly sizes: readonly { readonly at: number; readonly value: number }[];
  /** Changes of direction: grown after shrinking, or shrunk after growing. */
  readonly turns: number;
  /** Milliseconds in which it could decide nothing. */
  readonly frozenMs: number;
  readonly lastHighlight: Pick<Highlight, 'level' | 'text'> | null;
}

/** More decisions are not rehearsed. */
const MOST_STEPS = 200_000;

/** What a policy would have done: its own decisions on recorded values, its changes of size carried out in mind. Pure. */
export function rehearse<Config, Memory>(
  behaviour: AdjunctBehaviour<Config, Memory>,
  config: Config,
  self: Entity,
  rehearsal: Rehearsal,
): RehearsedRun {
  const times = timesOf(rehearsal);
  const world = createWorld(self, rehearsal);
  const acts: RehearsedAct[] = [];
  let memory: Memory | undefined;
  let frozenMs = 0;
  let last: RehearsedRun['lastHighlight'] = null;
  let lookAt = Number.POSITIVE_INFINITY;
  let index = 0;
  let now = times[0] ?? 0;
  for (let step = 0; step < MOST_STEPS && index < times.length; step += 1) {
    const next = Math.min(times[index] ?? Number.POSITIVE_INFINITY, lookAt);
    if (last?.level === 'frozen') frozenMs += Math.max(0, next - now);
    now = next;
    while ((times[index] ?? Number.POSITIVE_INFINITY) <= now) index += 1;
    const size = world.sizeAt(now);
    const input = { config, memory, now, self: world.selfAt(now), read: world.readAt(now), outcomes: [] };
    const decision = behaviour.decide(input);
    if (decision.memory !== undefined) memory = decision.memory;
    last = decision.highlight ?? last;
    for (const action of decision.actions ?? []) {
      const wanted = action.kind === 'effector' && action.effector === 'resize' ? Number(action.parameters?.desiredSize) : size;
      if (wanted !== size) world.resize(now, wanted);
      acts.push({ at: now, why: action.why, from: size, to: wanted });
    }
    lookAt = decision.lookAgainAt === undefined ? Number.POSITIVE_INFINITY : Math.max(now + 1, decision.lookAgainAt);
  }
  return { acts, sizes: world.sizes(), turns: turnsOf(acts), frozenMs, lastHighlight: last };
}

function timesOf({ series }: Rehearsal): readonly number[] {
  return [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at)))].sort((a, b) => a - b);
}

function turnsOf(acts: readonly RehearsedAct[]): number {
  const signs = acts.map(({ from, to }) => Math.sign(to - from)).filter((sign) => sign !== 0);
  return signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length;
}

function createWorld(self: Entity, { size, series, sizes: recorded, sharesLoad, startMs }: Rehearsal) {
  const changes: { readonly at: number; readonly value: number }[] = [{ at: series[0]?.points[0]?.at ?? 0, value: size }];
  const bySensor = new Map(series.map((one) => [`${one.entityId} ${one.sensor}`, one.points]));

  const sizeAt = (at: number): number => valueAt(changes, at) ?? size;
  const selfAt = (at: number): Entity => ({
    ...self,
    size: sizeAt(at),
    goal: 'running',
    actual: 'RUNNING',
    sensors: { ...self.sensors, [SENSOR.isUp]: true, [SENSOR.groupSize]: sizeAt(at) },
  });

  function membersAt(at: number): readonly Entity[] {
    const since = changes.at(-1)?.at ?? 0;
    const before = changes.at(-2)?.value ?? size;
    return Array.from({ length: sizeAt(at) }, (_, n): Entity => {
      const isUp = n < before || at >= since + startMs;
      const id = `${self.id}/${n + 1}` as EntityId;
      const state = { goal: 'running', actual: isUp ? 'RUNNING' : 'STARTING', sensors: { [SENSOR.isUp]: isUp } } as const;
      return { ...self, id, parentId: self.id, slot: n + 1, size: null, createdAt: since, waitingFor: null, problems: {}, ...state };
    });
  }

  function readingAt(at: number, entityId: string, sensor: string): Reading | undefined {
    const points = bySensor.get(`${entityId} ${sensor}`);
    const index = points === undefined ? -1 : lastAt(points, at);
    const point = points?.[index];
    if (!point) return undefined;
    const real = valueAt(recorded, point.at) ?? size;
    const share = sharesLoad ? real / Math.max(1, sizeAt(at)) : 1;
    return { value: point.value * share, at: point.at };
  }

  return {
    sizeAt,
    selfAt,
    sizes: () => changes,
    resize: (at: number, value: number) => void changes.push({ at, value }),
    readAt(at: number): SensorReader {
      return {
        entity: (id) => (id === self.id ? selfAt(at) : undefined),
        named: () => undefined,
        members: (id) => (id === self.id ? membersAt(at) : []),
        children: (id) => (id === self.id ? membersAt(at) : []),
        sensor: (entityId, name) => readingAt(at, entityId, name),
      };
    },
  };
}

/** Index of the last point at or before; -1 where there is none. */
function lastAt(points: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function valueAt(points: readonly { readonly at: number; readonly value: number }[], at: number): number | undefined {
  return points[lastAt(points, at)]?.value;
}
