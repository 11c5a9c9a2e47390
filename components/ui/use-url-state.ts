'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/**
 * One search parameter as state: filters, tabs, selection. The value equal to `initial` is left out of the URL.
 * Changes replace the current history entry; the page is not loaded again.
 */
export function useUrlState<T extends string>(key: string, initial: T, allowed?: readonly T[]): readonly [T, (value: T) => void] {
  const params = useSearchParams();
  const pathname = usePathname();
  const raw = params.get(key);
  const set = useCallback(
    (value: T) => {
      const next = new URLSearchParams(window.location.search);
      if (value === initial) next.delete(key);
      else next.set(key, value);
      const query = next.toString();
      window.history.replaceState(null, '', query ? `${pathname}?${query}` : pathname);
    },
    [key, initial, pathname],
  );
  return [raw === null ? initial : isAllowed(raw, allowed) ? raw : initial, set];
}

function isAllowed<T extends string>(value: string, allowed: readonly T[] | undefined): value is T {
  return !allowed || allowed.some((each) => each === value);
}
