'use client';
import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 767px)';

/** True on a phone, where panes are tabs. False while the server renders. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia?.(QUERY);
      media?.addEventListener('change', listener);
      return () => media?.removeEventListener('change', listener);
    },
    () => window.matchMedia?.(QUERY).matches ?? false,
    () => false,
  );
}
