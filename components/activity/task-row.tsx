'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useRecordValue } from '@/components/live/use-live.ts';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Progress } from '@/components/ui/progress.tsx';
import { StateIcon } from '@/components/ui/state-badge.tsx';
import { taskLook } from '@/components/ui/state-look.ts';
import { Duration, Time } from '@/components/ui/time.tsx';
import type { Task } from '@/server/domain/entity/task.ts';
import type { Json } from '@/server/domain/shared/json.ts';
import { BlockingReasons } from './blocking-reasons.tsx';
import { CancelTask } from './cancel-task.tsx';
import { LayerList } from './layer-list.tsx';
import { RunAgain } from './run-again.tsx';
import { TaskLog } from './task-log.tsx';
import type { TaskNode } from './task-tree.ts';

export interface TaskRowProps {
  node: TaskNode;
  depth: number;
  /** The task that the URL names: opened and marked. */
  focused: string;
}

/** One task with its progress, error and log; its steps below. Running and failed acts are open by themselves. */
export function TaskRow({ node, depth, focused }: TaskRowProps) {
  const { task, children } = node;
  const row = useRef<HTMLLIElement>(null);
  const isFocused = focused === task.id;
  useEffect(() => {
    if (isFocused) row.current?.scrollIntoView({ block: 'center' });
  }, [isFocused]);
  const [choice, setChoice] = useState<boolean | null>(null);
  // An act always has its link and what it waits for.
  const isRich = children.length > 0 || task.hasLog || task.error !== null || task.result !== undefined || Boolean(task.progress?.layers);
  const hasMore = depth === 0 || isRich;
  const open = choice ?? (hasFocus(node, focused) || task.status === 'running' || (task.status === 'failed' && depth > 0));
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li
      ref={row}
      aria-current={isFocused || undefined}
      className={cx(depth === 0 && 'border-b border-line last:border-b-0', isFocused && 'bg-accent-soft')}
    >
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
            {task.status === 'running' && task.effect !== null ? <BlockingReasons task={task} /> : null}
            {task.error ? <ErrorState compact error={task.error} className="mb-2" /> : null}
            {task.progress?.layers && task.status === 'running' ? <LayerList layers={task.progress.layers} /> : null}
            {task.hasLog ? <TaskLog taskId={task.id} /> : null}
            {task.result === undefined || task.result === null || task.result === '' ? null : <TaskResult result={task.result} />}
            {depth === 0 ? <TaskActs task={task} /> : null}
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

/** The acts on one task that is opened: a link to it, and the call made again. */
function TaskActs({ task }: { task: Task }) {
  return (
    <div className="flex flex-wrap items-center gap-2 pb-1">
      <RunAgain task={task} />
      <CopyButton text={`${window.location.origin}/activity?task=${task.id}`} label="Copy link" wide />
    </div>
  );
}

function hasFocus({ task, children }: TaskNode, focused: string): boolean {
  return focused !== '' && (task.id === focused || children.some((child) => hasFocus(child, focused)));
}
