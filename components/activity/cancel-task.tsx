'use client';
import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import type { Victims } from '@/components/ui/alert-dialog.tsx';
import { Button } from '@/components/ui/button.tsx';
import type { Task } from '@/server/domain/entity/task.ts';
import { cancelText, cancelVictims } from './cancel-effects.ts';

/** Asks before a task is cancelled, and says what becomes of what it has begun. Tasks that cannot be cancelled have no button. */
export function CancelTask({ task }: { task: Task }) {
  const may = useMay('operate');
  const [asking, setAsking] = useState(false);
  const text = cancelText(task);
  if (!may || task.status !== 'running' || text === null) return null;
  return (
    <>
      <Button variant="ghost" square aria-label={`Cancel ${task.name}`} onClick={() => setAsking(true)}>
        <X aria-hidden />
      </Button>
      {asking ? <CancelDialog task={task} text={text} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function CancelDialog({ task, text, onClose }: { task: Task; text: string; onClose: () => void }) {
  const trpc = useTRPC();
  const cancel = useMutation(trpc.task.cancel.mutationOptions({ onSuccess: onClose }));
  const victims = useLive<readonly Victims[]>(
    ['entity'],
    useCallback((tables: LiveTables) => cancelVictims(task, tables.entity), [task]),
  );
  return (
    <ActDialog
      act={cancel}
      onClose={onClose}
      title={`Cancel “${task.name}”?`}
      description={text}
      victims={victims}
      action="Cancel the task"
      onConfirm={() => cancel.mutate({ taskId: task.id })}
    />
  );
}
