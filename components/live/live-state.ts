import type { LiveRecords } from '@/server/api/masking/record-views.ts';
import type { Kind } from '@/server/domain/shared/records.ts';

/** What the console keeps live. Everything else is asked for when it is looked at. */
export const LIVE_KINDS = [
  'application',
  'rollout',
  'entity',
  'instance',
  'cloud',
  'host',
  'network',
  'virtualNetwork',
  'task',
  'catalogItem',
  'snapshot',
  'adjunct',
] as const satisfies readonly Kind[];
export type LiveKind = (typeof LIVE_KINDS)[number];
export type LiveRecord<K extends LiveKind> = LiveRecords[K];

export type LiveTables = { readonly [K in LiveKind]: ReadonlyMap<string, LiveRecord<K>> };

export interface LiveState {
  /** Revision of the last patch; null before the first snapshot. */
  readonly revision: number | null;
  readonly tables: LiveTables;
}

export interface LiveChange {
  readonly kind: Kind;
  readonly id: string;
  /** Null when removed. */
  readonly record: object | null;
}

export interface LivePatch {
  readonly revision: number;
  /** All records of the kinds asked for; what it does not name is gone. */
  readonly snapshot?: readonly LiveChange[];
  readonly changes?: readonly LiveChange[];
}

/** `entity:01J…`, and `entity` for the table as a whole. */
export type TouchedKey = string;

export interface Applied {
  readonly state: LiveState;
  /** Keys whose listeners are to be told. Empty when nothing changed. */
  readonly touched: ReadonlySet<TouchedKey>;
}

const emptyTables = (): LiveTables => ({
  application: new Map(),
  rollout: new Map(),
  entity: new Map(),
  instance: new Map(),
  cloud: new Map(),
  host: new Map(),
  network: new Map(),
  virtualNetwork: new Map(),
  task: new Map(),
  catalogItem: new Map(),
  snapshot: new Map(),
  adjunct: new Map(),
});

export const EMPTY_LIVE_STATE: LiveState = { revision: null, tables: emptyTables() };

/**
 * The state after a patch, and which records changed. Pure: maps are copied once a patch for each kind touched, records are
 * taken as they come. A patch older than the state changes nothing, since it was already seen.
 */
export function applyPatch(state: LiveState, patch: LivePatch): Applied {
  if (patch.snapshot) return applySnapshot(state, patch.revision, patch.snapshot);
  if (state.revision !== null && patch.revision < state.revision) return { state, touched: new Set() };
  const tables = new Map<LiveKind, Map<string, object>>();
  const touched = new Set<TouchedKey>();
  for (const { kind, id, record } of patch.changes ?? []) {
    if (!isLiveKind(kind)) continue;
    const table = tables.get(kind) ?? new Map<string, object>(state.tables[kind]);
    tables.set(kind, table);
    if (record === null) table.delete(id);
    else table.set(id, record);
    touched.add(kind).add(`${kind}:${id}`);
  }
  return { state: { revision: patch.revision, tables: { ...state.tables, ...toTables(tables) } }, touched };
}

function applySnapshot(state: LiveState, revision: number, snapshot: readonly LiveChange[]): Applied {
  const tables = new Map<LiveKind, Map<string, object>>(LIVE_KINDS.map((kind) => [kind, new Map()]));
  const touched = new Set<TouchedKey>(LIVE_KINDS);
  for (const { kind, id, record } of snapshot) {
    if (!isLiveKind(kind) || record === null) continue;
    tables.get(kind)?.set(id, record);
    touched.add(`${kind}:${id}`);
  }
  for (const kind of LIVE_KINDS) for (const id of state.tables[kind].keys()) touched.add(`${kind}:${id}`);
  return { state: { revision, tables: { ...emptyTables(), ...toTables(tables) } }, touched };
}

function isLiveKind(kind: Kind): kind is LiveKind {
  return LIVE_KINDS.some((each) => each === kind);
}

/** The server checked these records; a kind and its record always belong together. */
function toTables(tables: ReadonlyMap<LiveKind, ReadonlyMap<string, object>>): Partial<LiveTables> {
  return Object.fromEntries(tables);
}
