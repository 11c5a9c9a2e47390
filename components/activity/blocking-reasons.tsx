'use client';
import { Hourglass } from 'lucide-react';
import Link from 'next/link';
import { useCallback } from 'react';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive } from '@/components/live/use-live.ts';
import type { Task } from '@/server/domain/entity/task.ts';

const SHOWN = 3;

/** What the entities of an act that runs wait for. */
export function BlockingReasons({ task }: { task: Task }) {
  const waiting = useLive(
    ['entity'],
    useCallback(
      ({ entity }: LiveTables) => [...entity.values()].filter(({ taskId, waitingFor }) => taskId === task.id && waitingFor !== null),
      [task.id],
    ),
  );
  if (waiting.length === 0) return null;
  return (
    <ul aria-label={`What ${task.name} waits for`} className="flex flex-col gap-0.5 pb-1 text-sm text-ink-2">
      {waiting.slice(0, SHOWN).map((entity) => (
        <li key={entity.id} className="flex gap-1.5">
          <Hourglass aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ink-3" />
          <span className="min-w-0 break-words">
            <Link
              className="underline decoration-line-strong underline-offset-2 hover:text-ink"
              href={`/applications/${entity.applicationId}?entity=${entity.id}`}
            >
              {entity.name}
            </Link>{' '}
            waits for {entity.waitingFor}
          </span>
        </li>
      ))}
      {waiting.length > SHOWN ? <li className="text-ink-3">and {waiting.length - SHOWN} more wait</li> : null}
    </ul>
  );
}
