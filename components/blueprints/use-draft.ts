'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { readStored, writeStored } from '@/components/ui/use-stored-state.ts';

const SETTLE_MS = 250;

export interface Draft {
  /** Text as it was when typing last paused: what the plan is made of. */
  readonly text: string;
  readonly change: (text: string) => void;
  readonly discard: () => void;
}

/** What is typed, kept in the browser from the first pause on and when the page is left. */
export function useDraft(key: string, initial: string): Draft {
  const [text, setText] = useState(() => readStored(key) ?? initial);
  const pending = useRef<{ text: string; timer: ReturnType<typeof setTimeout> } | null>(null);

  const flush = useCallback(() => {
    const waiting = pending.current;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    pending.current = null;
    writeStored(key, waiting.text);
    setText(waiting.text);
  }, [key]);

  const change = useCallback(
    (next: string) => {
      if (pending.current) clearTimeout(pending.current.timer);
      pending.current = { text: next, timer: setTimeout(flush, SETTLE_MS) };
    },
    [flush],
  );

  const discard = useCallback(() => {
    if (pending.current) clearTimeout(pending.current.timer);
    pending.current = null;
    writeStored(key, null);
  }, [key]);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);
  return { text, change, discard };
}
