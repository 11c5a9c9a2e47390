'use client';
import { useMutation } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { TaskRow } from '@/components/activity/task-row.tsx';
import { taskTree } from '@/components/activity/task-tree.ts';
import { useRecords } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { notify } from '@/components/ui/notify.ts';
import type { Host } from '@/server/domain/entity/host.ts';

/** How Docker Engine is being set up: its steps with their output, and what stands against it. Nothing once it is done. */
export function SetUpPanel({ host }: { host: Host }) {
  const trpc = useTRPC();
  const may = useMay('administer');
  const { setUp } = host;
  const tasks = useRecords('task', (task) => setUp !== undefined && (task.id === setUp.taskId || task.parentId === setUp.taskId));
  const again = useMutation(trpc.host.setUp.mutationOptions({ onError: notify.failure }));
  if (setUp === undefined || setUp.state === 'done') return null;
  const failed = setUp.state === 'failed';
  return (
    <section aria-label="Set-up" aria-live="polite" className="border-b border-line bg-sunken px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <PackageOpen aria-hidden className={failed ? 'size-4 shrink-0 text-bad' : 'size-4 shrink-0 text-busy'} />
        <p className="min-w-0 flex-1">
          {failed ? 'Docker Engine is not set up.' : 'Docker Engine is being set up.'}{' '}
          <span className={failed ? 'text-bad' : 'text-ink-2'}>{setUp.problem ?? ''}</span>
        </p>
        {failed && may ? (
          <Button busy={again.isPending} onClick={() => again.mutate({ hostId: host.id })}>
            Try again
          </Button>
        ) : null}
      </div>
      {tasks.length > 0 ? (
        <ul className="mt-2 rounded-md border border-line bg-surface">
          {taskTree(tasks).map((node) => (
            <TaskRow key={node.task.id} node={node} depth={0} focused="" />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
