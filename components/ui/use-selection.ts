'use client';
import { useState } from 'react';
import { rangeBetween } from './range-between.ts';

export interface Selection {
  /** Those that are still shown, in their order. */
  readonly chosen: readonly string[];
  /** `toAlso`: from the one before up to this one. */
  toggle(id: string, chosen: boolean, toAlso: boolean): void;
  toggleAll(chosen: boolean): void;
  clear(): void;
}

/** Which rows are chosen. What is no longer shown is not: nothing is done to rows that cannot be seen. */
export function useSelection(ids: readonly string[]): Selection {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | null>(null);
  return {
    chosen: ids.filter((id) => marked.has(id)),
    toggle(id, chosen, toAlso) {
      const next = new Set(marked);
      for (const one of toAlso ? rangeBetween(ids, last, id) : [id]) {
        if (chosen) next.add(one);
        else next.delete(one);
      }
      setMarked(next);
      setLast(id);
    },
    toggleAll(chosen) {
      setMarked(new Set(chosen ? ids : []));
      setLast(null);
    },
    clear() {
      setMarked(new Set());
      setLast(null);
    },
  };
}
