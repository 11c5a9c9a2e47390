'use client';
import { useCallback, useSyncExternalStore } from 'react';
import { readStored, subscribeStored, writeStored } from '@/components/ui/use-stored-state.ts';
import { addView, parseViews, type SavedView } from './view-list.ts';

const KEY = 'clocker.views';

/** Screens with their filters and selection under names of one's own, kept in this browser. */
export function useSavedViews() {
  const raw = useSyncExternalStore(
    useCallback((listener) => subscribeStored(KEY, listener), []),
    () => readStored(KEY),
    () => null,
  );
  return {
    views: parseViews(raw),
    save: (view: SavedView) => writeStored(KEY, JSON.stringify(addView(parseViews(readStored(KEY)), view))),
    forget: (name: string) => writeStored(KEY, JSON.stringify(parseViews(readStored(KEY)).filter((view) => view.name !== name))),
  };
}
