'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import { isTyping } from './is-typing.ts';

/** `j`/`k` move a selection through rows marked with `data-row={id}`, Enter opens it, `x` chooses it where several can be. Gives the selected id. */
export function useRowKeys(ids: readonly string[], onOpen: (id: string) => void, onChoose?: (id: string) => void): string | null {
  const [selected, setSelected] = useState<string | null>(null);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const at = selected === null ? -1 : ids.indexOf(selected);
    if (event.key === 'Enter' && at >= 0 && selected !== null && !isOnControl(event.target)) onOpen(selected);
    if (event.key === 'x' && at >= 0 && selected !== null) onChoose?.(selected);
    const next = event.key === 'j' ? ids[Math.min(at + 1, ids.length - 1)] : event.key === 'k' ? ids[Math.max(at - 1, 0)] : undefined;
    if (next === undefined) return;
    event.preventDefault();
    setSelected(next);
    document.querySelector(`[data-row="${CSS.escape(next)}"]`)?.scrollIntoView({ block: 'nearest' });
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
  return selected;
}

function isOnControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a, button') !== null;
}
