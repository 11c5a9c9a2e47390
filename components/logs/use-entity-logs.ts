'use client';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { ErrorView } from '@/server/domain/shared/clocker-error.ts';
import { appendLog, EMPTY_LOG, type LogBuffer, type LogRow, pauseLog, resumeLog } from './log-buffer.ts';

/** New lines are shown together each so many milliseconds: a flood costs one render, not one for each line. */
const FLUSH_MS = 60;

type Act = { readonly kind: 'append'; readonly lines: readonly Omit<LogRow, 'n'>[] } | { readonly kind: 'pause' | 'resume' | 'clear' };

function reduce(buffer: LogBuffer, act: Act): LogBuffer {
  switch (act.kind) {
    case 'append':
      return appendLog(buffer, act.lines);
    case 'pause':
      return pauseLog(buffer);
    case 'resume':
      return resumeLog(buffer);
    case 'clear':
      return { ...EMPTY_LOG, paused: buffer.paused };
  }
}

/** Follows what the containers of an entity and of all below it print, over restarts and replacements. */
export function useEntityLogs(entityId: string, options: { readonly tail: number; readonly follow: boolean }) {
  const client = useTRPCClient();
  const [buffer, act] = useReducer(reduce, EMPTY_LOG);
  const [error, setError] = useState<ErrorView | null>(null);
  const [started, setStarted] = useState(false);
  const arrived = useRef<Omit<LogRow, 'n'>[]>([]);
  const { tail, follow } = options;

  useEffect(() => {
    act({ kind: 'clear' });
    setError(null);
    setStarted(false);
    const subscription = client.entity.logs.subscribe(
      { entityId, tail, follow },
      {
        onStarted: () => setStarted(true),
        onData: ({ at, stream, text, marker, entityId: from, entity }) =>
          arrived.current.push({ at, stream: marker ? 'info' : stream, text, member: from === entityId ? null : entity }),
        onError: (cause) => setError(toErrorView(cause)),
      },
    );
    const timer = setInterval(() => {
      if (arrived.current.length > 0) act({ kind: 'append', lines: arrived.current.splice(0) });
    }, FLUSH_MS);
    return () => {
      subscription.unsubscribe();
      clearInterval(timer);
      arrived.current = [];
    };
  }, [client, entityId, tail, follow]);

  return {
    buffer,
    error,
    started,
    pause: useCallback(() => act({ kind: 'pause' }), []),
    resume: useCallback(() => act({ kind: 'resume' }), []),
    clear: useCallback(() => act({ kind: 'clear' }), []),
  };
}
