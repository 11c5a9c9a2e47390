'use client';
import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { EffectorDialog } from '@/components/inspector/effector-dialog.tsx';
import { useRecord } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Task, TaskCall } from '@/server/domain/entity/task.ts';

/** Calls the effector of a task that has ended once more, with the same parameters or others. */
export function RunAgain({ task }: { task: Task }) {
  const may = useMay('operate');
  const entity = useRecord('entity', task.entityId);
  const [asking, setAsking] = useState(false);
  if (!may || task.status === 'running' || !task.call || !entity) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)} aria-label={`Run ${task.name} again`}>
        <RotateCcw aria-hidden />
        {task.status === 'done' ? 'Run again…' : 'Retry…'}
      </Button>
      {asking ? <Again entity={entity} call={task.call} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function Again({ entity, call, onClose }: { entity: Entity; call: TaskCall; onClose: () => void }) {
  const trpc = useTRPC();
  const effectors = useQuery(trpc.entity.effectors.queryOptions({ entityId: entity.id }));
  const effector = effectors.data?.find(({ name }) => name === call.effector);
  if (effectors.error) return <ErrorState error={toErrorView(effectors.error)} compact />;
  return effector ? <EffectorDialog entity={entity} effector={effector} parameters={call.parameters} onClose={onClose} /> : null;
}
