'use client';
import { Activity } from 'lucide-react';
import { useMemo } from 'react';
import { useLiveStatus, useRecords } from '@/components/live/use-live.ts';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import type { Task } from '@/server/domain/entity/task.ts';
import { TaskRow } from './task-row.tsx';
import { taskTree } from './task-tree.ts';

/** Acts drawn at once; the filter finds the others. */
const ACTS = 200;

export interface ActivityListProps {
  /** Which tasks belong here. A step is shown with its act, whatever it says itself. */
  filter: (task: Task) => boolean;
  focused?: string;
  empty: string;
}

/** Tasks as a tree, newest act first, live. */
export function ActivityList({ filter, focused = '', empty }: ActivityListProps) {
  const { ready } = useLiveStatus();
  const tasks = useRecords('task');
  const acts = useMemo(
    () => taskTree(tasks).filter((node) => filter(node.task) || node.children.some((child) => filter(child.task))),
    [tasks, filter],
  );
  if (!ready) return <SkeletonRows rows={6} />;
  if (acts.length === 0) {
    return (
      <EmptyState icon={Activity} title="Nothing here yet">
        {empty}
      </EmptyState>
    );
  }
  return (
    <>
      <ul aria-label="Activity">
        {acts.slice(0, ACTS).map((node) => (
          <TaskRow key={node.task.id} node={node} depth={0} focused={focused} />
        ))}
      </ul>
      {acts.length > ACTS ? (
        <p className="px-4 py-3 text-sm text-ink-3">
          The newest {ACTS} of {acts.length} are shown. Filter to find the others.
        </p>
      ) : null}
    </>
  );
}
