'use client';
import { useMemo } from 'react';
import type { LiveKind, LiveRecord, LiveTables } from './live-state.ts';
import { useLive } from './use-live.ts';

/**
 * A part of every record of a kind: the very same array, with the same items, until one of these parts changes. `toShape` must be pure
 * and stay the same function.
 */
export function useShapes<K extends LiveKind, S extends object>(kind: K, toShape: (record: LiveRecord<K>) => S): readonly S[] {
  return useLive(
    [kind],
    useMemo(() => shaper(kind, toShape), [kind, toShape]),
  );
}

/** Remembers what it made of each record: one that did not change costs a look-up. */
export function shaper<K extends LiveKind, S extends object>(
  kind: K,
  toShape: (record: LiveRecord<K>) => S,
): (tables: Pick<LiveTables, K>) => readonly S[] {
  let known = new Map<string, { readonly record: LiveRecord<K>; readonly shape: S }>();
  let table: unknown;
  let shapes: readonly S[] = [];
  return (tables) => {
    if (tables[kind] === table) return shapes;
    table = tables[kind];
    const next: typeof known = new Map();
    for (const [id, record] of tables[kind]) {
      const before = known.get(id);
      if (before?.record === record) next.set(id, before);
      else next.set(id, { record, shape: keep(before?.shape, toShape(record)) });
    }
    known = next;
    shapes = [...next.values()].map(({ shape }) => shape);
    return shapes;
  };
}

function keep<S extends object>(before: S | undefined, shape: S): S {
  return before && JSON.stringify(before) === JSON.stringify(shape) ? before : shape;
}
