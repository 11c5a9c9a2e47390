'use client';
import { useSyncExternalStore } from 'react';

/** Changes whenever the colours of the page do: what is painted on a canvas does not follow by itself. */
export function useColors(): string {
  return useSyncExternalStore(subscribe, current, () => '');
}

function subscribe(listener: () => void): () => void {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const chosen = new MutationObserver(listener);
  system.addEventListener('change', listener);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', listener);
    chosen.disconnect();
  };
}

function current(): string {
  const isDark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  return `${document.documentElement.dataset.theme ?? 'system'} ${isDark}`;
}
