'use client';
import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Map<string, Set<() => void>>();

/**
 * A small JSON value kept in localStorage and shared by all components that use the same key. The initial value while
 * rendering on the server and where nothing readable is stored; a browser that refuses storage keeps it for the page only.
 */
export function useStoredState<T extends string | number | boolean>(key: string, initial: T): readonly [T, (value: T) => void] {
  const raw = useSyncExternalStore(
    useCallback((listener) => subscribeStored(key, listener), [key]),
    () => readStored(key),
    () => null,
  );
  const set = useCallback((value: T) => writeStored(key, JSON.stringify(value)), [key]);
  return [parseStored(raw, initial), set];
}

const page = new Map<string, string>();

/** Null when nothing is stored. */
export function readStored(key: string): string | null {
  const own = page.get(key);
  if (own !== undefined) return own;
  return typeof localStorage === 'undefined' ? null : localStorage.getItem(key);
}

export function writeStored(key: string, value: string | null): void {
  page.delete(key);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    if (value !== null) page.set(key, value); // private mode or full: kept until the page is left
  }
  for (const listener of listeners.get(key) ?? []) listener();
}

/** Calls back when the value of a key is another. Returns the unsubscribe function. */
export function subscribeStored(key: string, listener: () => void): () => void {
  const own = listeners.get(key) ?? new Set();
  listeners.set(key, own.add(listener));
  return () => own.delete(listener);
}

function parseStored<T extends string | number | boolean>(raw: string | null, initial: T): T {
  if (raw === null) return initial;
  try {
    const value: unknown = JSON.parse(raw);
    return isSame(value, initial) ? value : initial;
  } catch {
    return initial; // written by something else under our key
  }
}

function isSame<T extends string | number | boolean>(value: unknown, initial: T): value is T {
  return typeof value === typeof initial;
}
