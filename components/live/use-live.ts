'use client';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { useLiveStores } from './live-context.ts';
import type { LiveKind, LiveRecord, LiveTables } from './live-state.ts';
import type { Connection } from './live-store.ts';

/** One record by its id, undefined while unknown. Rendered again only when this record changes. */
export function useRecord<K extends LiveKind>(kind: K, id: string | null | undefined): LiveRecord<K> | undefined {
  const { live } = useLiveStores();
  const key = id ? `${kind}:${id}` : null;
  return useSyncExternalStore(
    useCallback((listener) => (key ? live.subscribe([key], listener) : () => undefined), [live, key]),
    () => (id ? live.state().tables[kind].get(id) : undefined),
    () => undefined,
  );
}

/** One value computed from one record: rendered again only when the value changes. Return primitives or parts of the record. */
export function useRecordValue<K extends LiveKind, T>(
  kind: K,
  id: string | null | undefined,
  select: (record: LiveRecord<K>) => T,
): T | undefined {
  const { live } = useLiveStores();
  const key = id ? `${kind}:${id}` : null;
  const get = () => {
    const record = id ? live.state().tables[kind].get(id) : undefined;
    return record === undefined ? undefined : select(record);
  };
  return useSyncExternalStore(
    useCallback((listener) => (key ? live.subscribe([key], listener) : () => undefined), [live, key]),
    get,
    () => undefined,
  );
}

/**
 * Anything computed from whole tables. `kinds` says which tables it reads; it is computed again when one of them changes, and
 * rendered again when the result differs (arrays are compared item by item).
 */
export function useLive<T>(kinds: readonly LiveKind[], select: (tables: LiveTables) => T): T {
  const { live } = useLiveStores();
  const last = useRef<{ tables: LiveTables; select: unknown; value: T } | null>(null);
  const joined = kinds.join();
  const get = () => {
    const { tables } = live.state();
    const before = last.current;
    if (before && before.select === select && before.tables === tables) return before.value;
    const next = select(tables);
    const value = before && isSame(before.value, next) ? before.value : next;
    last.current = { tables, select, value };
    return value;
  };
  return useSyncExternalStore(
    useCallback((listener) => live.subscribe(joined.split(','), listener), [live, joined]),
    get,
    get,
  );
}

/** All records of a kind that pass the filter, in the order of `compare` (by id, which is by age, without one). */
export function useRecords<K extends LiveKind>(
  kind: K,
  filter?: (record: LiveRecord<K>) => boolean,
  compare?: (a: LiveRecord<K>, b: LiveRecord<K>) => number,
): readonly LiveRecord<K>[] {
  return useLive([kind], (tables) => {
    const found: LiveRecord<K>[] = [];
    for (const record of tables[kind].values()) if (!filter || filter(record)) found.push(record);
    return found.sort(compare ?? ((a, b) => (a.id < b.id ? -1 : 1)));
  });
}

export interface LiveStatus {
  readonly connection: Connection;
  /** True once the first snapshot is in: an empty list before that says nothing. */
  readonly ready: boolean;
}

export function useLiveStatus(): LiveStatus {
  const { live } = useLiveStores();
  const subscribe = useCallback((listener: () => void) => live.subscribe(['connection'], listener), [live]);
  const connection = useSyncExternalStore(subscribe, live.connection, () => 'connecting' as const);
  const ready = useSyncExternalStore(subscribe, live.ready, () => false);
  return { connection, ready };
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}
