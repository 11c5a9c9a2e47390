'use client';
import { useMutation } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, X } from 'lucide-react';
import { useState } from 'react';
import { useRecordValue } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { notify } from '@/components/ui/notify.ts';
import { Progress } from '@/components/ui/progress.tsx';
import { StateIcon } from '@/components/ui/state-badge.tsx';
import { taskLook } from '@/components/ui/state-look.ts';
import { Duration, Time } from '@/components/ui/time.tsx';
import type { Task } from '@/server/domain/entity/task.ts';
import type { Json } from '@/server/domain/shared/json.ts';
import { LayerList } from './layer-list.tsx';
import { TaskLog } from './task-log.tsx';
import type { TaskNode } from './task-tree.ts';

export interface TaskRowProps {
  node: TaskNode;
  depth: number;
  /** The task that the URL names: opened and marked. */
  focused: string;
}

/** One task with its progress, error and log; its steps below. Running and failed acts are open by themselves. */
export function TaskRow({ node: { task, children }, depth, focused }: TaskRowProps) {
  const [choice, setChoice] = useState<boolean | null>(null);
  const hasMore = children.length > 0 || task.hasLog || task.error !== null || task.result !== undefined || Boolean(task.progress?.layers);
  const open = choice ?? (focused === task.id || task.status === 'running' || (task.status === 'failed' && depth > 0));
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li className={cx(depth === 0 && 'border-b border-line last:border-b-0', focused === task.id && 'bg-accent-soft')}>
      <div className="flex min-h-row items-center gap-2 py-1 pr-4" style={{ paddingLeft: 12 + depth * 18 }}>
        <button
          type="button"
          className={cx('flex size-5 items-center justify-center rounded-sm text-ink-3 hover:bg-hover', !hasMore && 'invisible')}
          aria-expanded={open}
          aria-label={`${open ? 'Hide' : 'Show'} steps of ${task.name}`}
          onClick={() => setChoice(!open)}
        >
          <Chevron aria-hidden className="size-3.5" />
        </button>
        <StateIcon look={taskLook(task.status)} label />
        <span className="min-w-0 flex-1">
          <span className="break-words">{task.name}</span>
          <TaskSubject task={task} />
          {task.status === 'running' && task.progress ? <span className="ml-2 text-sm text-ink-2">{task.progress.text}</span> : null}
        </span>
        {task.status === 'running' && task.progress && task.progress.fraction !== null ? (
          <Progress className="w-24 max-sm:hidden" value={task.progress.fraction} label={task.progress.text} />
        ) : null}
        {depth === 0 ? <span className="shrink-0 text-sm text-ink-3 max-sm:hidden">{task.cause.by}</span> : null}
        <span className="w-16 shrink-0 text-right text-sm text-ink-2">
          <Duration startedAt={task.startedAt} endedAt={task.endedAt} />
        </span>
        {depth === 0 ? (
          <span className="w-20 shrink-0 text-right text-sm text-ink-3 max-sm:hidden">
            <Time at={task.startedAt} />
          </span>
        ) : null}
        <CancelTask task={task} />
      </div>
      {open && hasMore ? (
        <>
          <div className="flex flex-col gap-2 pr-4 empty:hidden" style={{ paddingLeft: 38 + depth * 18 }}>
            {task.error ? <ErrorState compact error={task.error} className="mb-2" /> : null}
            {task.progress?.layers && task.status === 'running' ? <LayerList layers={task.progress.layers} /> : null}
            {task.hasLog ? <TaskLog taskId={task.id} /> : null}
            {task.result === undefined || task.result === null || task.result === '' ? null : <TaskResult result={task.result} />}
          </div>
          {children.length > 0 ? (
            <ul>
              {children.map((child) => (
                <TaskRow key={child.task.id} node={child} depth={depth + 1} focused={focused} />
              ))}
            </ul>
          ) : null}
        </>
      ) : null}
    </li>
  );
}

function TaskResult({ result }: { result: Json }) {
  const text = typeof result === 'string' ? result : JSON.stringify(result, null, 2);
  return (
    <section aria-label="Result" className="mb-2">
      <h4 className="text-sm text-ink-3">Result</h4>
      <pre className="max-h-60 overflow-auto rounded-md border border-line bg-raised px-3 py-2 font-mono text-sm whitespace-pre-wrap">
        {text}
      </pre>
    </section>
  );
}

function TaskSubject({ task }: { task: Task }) {
  const entity = useRecordValue('entity', task.entityId, (each) => each.name);
  const host = useRecordValue('host', task.hostId, (each) => each.name);
  const words = [entity, host && `on ${host}`].filter(Boolean).join(' ');
  return words ? <span className="ml-2 text-sm text-ink-3">{words}</span> : null;
}

function CancelTask({ task }: { task: Task }) {
  const trpc = useTRPC();
  const may = useMay('operate');
  const cancel = useMutation(trpc.task.cancel.mutationOptions({ onError: notify.failure }));
  if (!may || task.status !== 'running') return null;
  return (
    <Button
      variant="ghost"
      square
      aria-label={`Cancel ${task.name}`}
      busy={cancel.isPending}
      onClick={() => cancel.mutate({ taskId: task.id })}
    >
      <X aria-hidden />
    </Button>
  );
}
