'use client';
import { ListChecks } from 'lucide-react';
import Link from 'next/link';
import { useRecords } from '@/components/live/use-live.ts';
import { Button } from '@/components/ui/button.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Popover } from '@/components/ui/popover.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { StateIcon } from '@/components/ui/state-badge.tsx';
import { taskLook } from '@/components/ui/state-look.ts';
import { Duration } from '@/components/ui/time.tsx';
import type { Task } from '@/server/domain/entity/task.ts';

const SHOWN = 8;

/** What is being done right now, with how far it is. */
export function TaskMenu() {
  const running = useRecords(
    'task',
    (task) => task.status === 'running',
    (a, b) => b.startedAt - a.startedAt,
  );
  const roots = running.filter((task) => !running.some((other) => other.id === task.parentId));
  const label = roots.length === 0 ? 'No running tasks' : formatCount(roots.length, 'running task');
  return (
    <Popover
      trigger={
        <Button variant="ghost" aria-label={label}>
          {roots.length > 0 ? <StateIcon look={taskLook('running')} /> : <ListChecks aria-hidden />}
          {roots.length > 0 ? <span className="tabular">{roots.length}</span> : null}
        </Button>
      }
      className="w-88 max-w-[calc(100vw-16px)]"
    >
      <div className="flex items-center justify-between border-b border-line px-3 py-2">
        <h2 className="font-medium">{label}</h2>
        <Link href="/activity" className="text-sm text-ink-2 underline decoration-line-strong underline-offset-2 hover:text-ink">
          Activity
        </Link>
      </div>
      {roots.length === 0 ? (
        <p className="px-3 py-3 text-ink-3">Deployments, restarts and image pulls appear here while they run.</p>
      ) : null}
      <ul>
        {roots.slice(0, SHOWN).map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </ul>
      {roots.length > SHOWN ? <p className="px-3 py-2 text-sm text-ink-3">and {roots.length - SHOWN} more</p> : null}
    </Popover>
  );
}

function TaskRow({ task }: { task: Task }) {
  return (
    <li className="border-b border-line px-3 py-2 last:border-b-0">
      <div className="flex items-baseline gap-2">
        <Link href={`/activity?task=${task.id}`} className="min-w-0 flex-1 truncate hover:underline">
          {task.name}
        </Link>
        <span className="text-sm text-ink-3">
          <Duration startedAt={task.startedAt} endedAt={task.endedAt} />
        </span>
      </div>
      {task.progress ? (
        <>
          <p className="truncate text-sm text-ink-2">{task.progress.text}</p>
          <Progress value={task.progress.fraction} label={task.progress.text} className="mt-1" />
        </>
      ) : null}
    </li>
  );
}
