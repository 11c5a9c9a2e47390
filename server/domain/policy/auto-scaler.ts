import type { AdjunctBehaviour, AdjunctInput, Decision, Watch } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import { isEntityUp } from '../entity/service-state.ts';
import type { EntityId } from '../shared/ids.ts';
import type { Json } from '../shared/json.ts';
import { clamp, idealSize, type ScalingRules } from './ideal-size.ts';
import { sustainedSizes, type WantedSize, withWanted } from './size-windows.ts';

/** The config of an auto-scaler, read. Times in milliseconds. */
export interface ScalerSettings extends ScalingRules {
  readonly metric: string | null;
  readonly entityWithMetric: EntityId | null;
  readonly minPeriodMs: number;
  readonly upMs: number;
  readonly downMs: number;
  /** A value that is older is none. */
  readonly staleMs: number;
  /** Growing and shrinking in turns is slowed down by that, and by more the more often it happens. */
  readonly flapGuardMs: number;
  readonly maxReachedSensor: string | null;
  readonly maxReachedDelayMs: number;
}

export interface ScalerMemory {
  readonly wanted: readonly WantedSize[];
  /** Its own changes of the last hour. */
  readonly changes: readonly { readonly at: number; readonly by: number }[];
  /** Found to be the most that there is room for. */
  readonly full?: { readonly size: number; readonly at: number };
  /** When its members were last seen on their way: what was heard before is of another size. */
  readonly busyAt?: number;
  /** Since when more is wanted than may be. */
  readonly shortSince?: number;
}

/** A member that has found no place for so long will find none. */
const NO_ROOM_MS = 20_000;
/** That there is room for no more is believed for so long. */
const FULL_FOR_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
const LONGEST_GUARD_MS = 30 * 60_000;
/** Windows are looked at again so often while they decide. */
const LOOK_MS = 1_000;
const NOTHING: ScalerMemory = { wanted: [], changes: [] };

type Input = AdjunctInput<ScalerSettings, ScalerMemory>;
type Seen = { readonly ok: true; readonly value: number; readonly at: number } | { readonly ok: false; readonly why: string };

/**
 * Brooklyn's auto-scaler, and where Brooklyn could run away: it decides nothing while members are still on their way, a metric that is
 * missing, old or no number freezes it, and what it has grown it shrinks only when no larger size was wanted for a while.
 */
export const autoScaler: Pick<AdjunctBehaviour<ScalerSettings, ScalerMemory>, 'watches' | 'decide' | 'writes'> = {
  watches: ({ metric, entityWithMetric }, { self }): readonly Watch[] => {
    const sensors = metric === null ? [] : [metric];
    const entityId = entityWithMetric ?? self.id;
    return [
      { of: 'entity', entityId, sensors },
      { of: 'members', entityId, sensors },
    ];
  },
  writes: (_, { self }) => [`size of ${self.id}`],
  decide(input) {
    const { self, config, now } = input;
    const memory = input.memory ?? NOTHING;
    const { size } = self;
    if (size === null) return frozen(`${self.name} has no size`);
    if (config.min > config.max) return frozen(`The fewest members (${config.min}) are more than the most (${config.max})`);
    const rules = withinRoom(config, memory, now);
    const inRange = clamp(size, rules);
    if (inRange !== size) {
      const why = `${self.name} has ${size} ${members(size)}; ${inRange < size ? 'at most' : 'at least'} ${inRange} may be`;
      return resize(input, { memory, to: inRange, why, wanted: [] });
    }
    const busy = onTheirWay(input);
    if (busy.waiting !== null) return foundNoRoom(input, { memory, busy, size });
    if (busy.count > 0) {
      const text = `Waits for ${busy.count} ${members(busy.count)} to start`;
      return { memory: { ...memory, busyAt: now }, highlight: { level: 'ok', text }, lookAgainAt: now + LOOK_MS };
    }
    const seen = readMetric(input);
    if (!seen.ok) return { ...frozen(`${seen.why}: the size stays ${size}`), memory: { ...memory, wanted: [] } };
    const settledAt = Math.max(memory.busyAt ?? 0, memory.changes.at(-1)?.at ?? 0);
    if (seen.at <= settledAt) {
      const text = `Waits for a value of ${config.metric ?? 'its metric'} on ${size} ${members(size)}`;
      return { highlight: { level: 'ok', text }, lookAgainAt: seen.at + config.staleMs + 1 };
    }
    if (!isEntityUp(self) && size > 0) return frozen(`${self.name} does not serve: the size stays ${size}`);
    return scale(input, { memory, rules, size, seen });
  },
};

interface Scaling {
  readonly memory: ScalerMemory;
  readonly rules: ScalingRules;
  readonly size: number;
  readonly seen: Extract<Seen, { readonly ok: true }>;
}

function scale(input: Input, { memory, rules, size, seen }: Scaling): Decision<ScalerMemory> {
  const { config, now } = input;
  const ideal = idealSize(seen.value, size, rules);
  const downMs = Math.max(config.downMs, guardMs(config, memory, now));
  const wanted = withWanted(memory.wanted, { at: now, size: ideal.size }, Math.max(config.upMs, downMs));
  const { growth, shrink } = sustainedSizes(wanted, { upMs: config.upMs, downMs }, now);
  const what = `${config.metric ?? 'its metric'} is ${shown(seen.value)} on ${size} ${members(size)}, ${boundsOf(config)}`;
  const { shortSince: _, ...others } = memory;
  const next = { ...others, wanted, ...shortage(input, { memory, size, metric: seen.value }) };
  const told = maxReached(input, next, size);
  const lastAt = memory.changes.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const mayAt = lastAt + config.minPeriodMs;
  const target = growth !== null && growth > size ? growth : shrink !== null && shrink < size ? shrink : size;
  if (target !== size && now >= mayAt) {
    return { ...told, ...resize(input, { memory: next, to: target, why: `${what}: ${target} ${members(target)}`, wanted }) };
  }
  const soon = ideal.size === size && target === size ? seen.at + config.staleMs + 1 : now + LOOK_MS;
  return {
    ...told,
    memory: next,
    highlight: { level: 'ok', text: ideal.size === size ? what : `${what}: ${ideal.size} would do, if that stays so` },
    lookAgainAt: Math.max(soon, now + 1),
  };
}

interface Resizing {
  readonly memory: ScalerMemory;
  readonly to: number;
  readonly why: string;
  readonly wanted: readonly WantedSize[];
}

function resize({ self, now }: Input, { memory, to, why, wanted }: Resizing): Decision<ScalerMemory> {
  const by = to - (self.size ?? 0);
  const changes = [...memory.changes.filter(({ at }) => at > now - HOUR_MS), { at: now, by }];
  return {
    memory: { ...memory, changes, wanted },
    highlight: { level: 'acts', text: why },
    actions: [{ kind: 'effector', entityId: self.id, effector: 'resize', parameters: { desiredSize: to }, why }],
    lookAgainAt: now + LOOK_MS,
  };
}

/** What it has grown it does not shrink at the next dip; and each turn of the last hour doubles the time. */
function guardMs({ flapGuardMs }: ScalerSettings, { changes }: ScalerMemory, now: number): number {
  const recent = changes.filter(({ at }) => at > now - HOUR_MS);
  const turns = recent.filter(({ by }, index) => index > 0 && Math.sign(by) !== Math.sign(recent[index - 1]?.by ?? by)).length;
  return recent.some(({ by }) => by > 0) ? Math.min(LONGEST_GUARD_MS, flapGuardMs * 2 ** turns) : 0;
}

function withinRoom(config: ScalerSettings, { full }: ScalerMemory, now: number): ScalingRules {
  return full && now < full.at + FULL_FOR_MS ? { ...config, max: Math.min(config.max, Math.max(full.size, config.min)) } : config;
}

interface Busy {
  /** Members that neither serve nor have failed yet. */
  readonly count: number;
  /** One that has found no place for long. */
  readonly waiting: Entity | null;
}

function onTheirWay({ self, read, now }: Input): Busy {
  const all = read.members(self.id);
  const coming = all.filter((member) => member.goal === 'running' && !isEntityUp(member) && !isSettled(member));
  const waiting = coming.find(({ waitingFor, createdAt }) => waitingFor?.startsWith('placement:') === true && createdAt < now - NO_ROOM_MS);
  return { count: coming.length + Math.max(0, (self.size ?? 0) - all.length), waiting: waiting ?? null };
}

function isSettled({ actual }: Entity): boolean {
  return actual === 'ON_FIRE' || actual === 'STOPPED';
}

interface NoRoom {
  readonly memory: ScalerMemory;
  readonly busy: Busy;
  readonly size: number;
}

/** There is room for no more: back to what has a place, and no further for a while. */
function foundNoRoom(input: Input, { memory, busy, size }: NoRoom): Decision<ScalerMemory> {
  const { self, read, now, config } = input;
  const placed = read.members(self.id).filter(({ waitingFor }) => waitingFor?.startsWith('placement:') !== true).length;
  const to = Math.min(size, Math.max(placed, config.min));
  const full = { size: to, at: now };
  const why = `There is no room for more than ${placed} ${members(placed)} of ${self.name} (${busy.waiting?.waitingFor ?? 'placement'})`;
  if (to === size) return { ...frozen(why), memory: { ...memory, full }, lookAgainAt: now + NO_ROOM_MS };
  return resize(input, { memory: { ...memory, full }, to, why: `${why}: tried again in ${FULL_FOR_MS / 60_000} minutes`, wanted: [] });
}

/** Of the entity itself; where it has none, the mean of its members that serve. */
function readMetric({ self, config, read, now }: Input): Seen {
  const { metric, entityWithMetric, staleMs } = config;
  if (metric === null) return { ok: false, why: 'It has no metric' };
  const entityId = entityWithMetric ?? self.id;
  const own = read.sensor(entityId, metric);
  const up = own ? [] : read.members(entityId).filter(isEntityUp);
  const readings = own ? [own] : up.flatMap(({ id }) => read.sensor(id, metric) ?? []);
  if (readings.length === 0) return { ok: false, why: `There is no value of ${metric}` };
  const values = readings.map(({ value }) => toNumber(value));
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) return { ok: false, why: `${metric} is no number (${String(readings[wrong]?.value)})` };
  // What is only in the store may be from before a restart: of another load, and of another size.
  const times = readings.flatMap(({ at }) => (at === null ? [] : [at]));
  if (times.length < readings.length) return { ok: false, why: `${metric} has not been heard since the console started` };
  const oldest = Math.min(...times);
  if (now - oldest > staleMs) {
    return { ok: false, why: `The last value of ${metric} is ${Math.round((now - oldest) / 1000)} s old` };
  }
  const value = values.reduce((sum, one) => sum + one, 0) / values.length;
  return { ok: true, value, at: oldest };
}

function toNumber(value: Json): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

interface Short {
  readonly memory: ScalerMemory;
  readonly size: number;
  readonly metric: number;
}

function shortage({ config, now }: Input, { memory, size, metric }: Short): { readonly shortSince?: number } {
  const isShort = config.upper > 0 && metric > config.upper && size >= config.max;
  return isShort ? { shortSince: memory.shortSince ?? now } : {};
}

/** Tells that more would be needed than there may be. */
function maxReached({ config, now }: Input, { shortSince }: ScalerMemory, size: number): Pick<Decision, 'publish'> {
  const { maxReachedSensor } = config;
  if (maxReachedSensor === null) return {};
  const isDue = shortSince !== undefined && now >= shortSince + config.maxReachedDelayMs;
  return { publish: { [maxReachedSensor]: isDue ? { size, since: shortSince } : null } };
}

function frozen(text: string): Decision<ScalerMemory> {
  return { highlight: { level: 'frozen', text } };
}

function members(count: number): string {
  return count === 1 ? 'member' : 'members';
}

function boundsOf({ lower, upper }: ScalerSettings): string {
  if (upper <= 0) return lower > 0 ? `wanted above ${shown(lower)}` : 'with no bounds';
  return lower > 0 ? `wanted from ${shown(lower)} to ${shown(upper)}` : `wanted below ${shown(upper)}`;
}

function shown(value: number): string {
  return String(Number(Math.abs(value) < 1 ? value.toFixed(3) : value.toPrecision(4)));
}
