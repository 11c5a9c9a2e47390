'use client';
import { useEffect, useState } from 'react';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import { cx } from '@/components/ui/cx.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { ErrorView } from '@/server/domain/shared/clocker-error.ts';
import type { TaskLogLine } from '@/server/ports/store.ts';

/** Lines kept on screen; the older ones stay on the server. */
const LINES = 500;

/** What a task printed, live while it runs. */
export function TaskLog({ taskId }: { taskId: string }) {
  const client = useTRPCClient();
  const [lines, setLines] = useState<readonly TaskLogLine[]>([]);
  const [error, setError] = useState<ErrorView | null>(null);
  useEffect(() => {
    setLines([]);
    setError(null);
    const subscription = client.task.log.subscribe(
      { taskId },
      {
        onData: (line) => setLines((before) => [...before, line].slice(-LINES)),
        onError: (cause) => setError(toErrorView(cause)),
      },
    );
    return () => subscription.unsubscribe();
  }, [client, taskId]);
  if (error) return <ErrorState compact error={error} className="mb-2" />;
  if (lines.length === 0) return null;
  return (
    <pre className="mb-2 max-h-64 overflow-auto rounded-md border border-line bg-sunken px-3 py-2 text-xs leading-[18px]">
      {lines.map((line) => (
        <div
          key={line.n}
          className={cx('whitespace-pre-wrap', line.stream === 'stderr' && 'text-warn', line.stream === 'info' && 'text-ink-2')}
        >
          {line.text}
        </div>
      ))}
    </pre>
  );
}
