'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/**
 * One search parameter as state: filters, tabs, selection. The value equal to `initial` is left out of the URL.
 * Changes replace the current history entry; the page is not loaded again.
 */
export function useUrlState(key: string, initial: string): readonly [string, (value: string) => void];
export function useUrlState<T extends string>(key: string, initial: T, allowed: readonly T[]): readonly [T, (value: T) => void];
export function useUrlState(key: string, initial: string, allowed?: readonly string[]): readonly [string, (value: string) => void] {
  const params = useSearchParams();
  const pathname = usePathname();
  const raw = params.get(key);
  const set = useCallback(
    (value: string) => {
      const next = new URLSearchParams(window.location.search);
      if (value === initial) next.delete(key);
      else next.set(key, value);
      const query = next.toString();
      window.history.replaceState(null, '', query ? `${pathname}?${query}` : pathname);
    },
    [key, initial, pathname],
  );
  return [raw === null || (allowed && !allowed.includes(raw)) ? initial : raw, set];
}
