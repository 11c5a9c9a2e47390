'use client';
import { ArrowRight, X } from 'lucide-react';
import type { FormEvent } from 'react';
import { useRecord, useRecordValue } from '@/components/live/use-live.ts';
import { ReachOutcome, ReachPort } from '@/components/networks/reach-parts.tsx';
import { useReach } from '@/components/networks/use-reach.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import type { ReachAnswer } from '@/server/domain/network/reach-answer.ts';
import type { InstanceId } from '@/server/domain/shared/ids.ts';

export interface PairInspectorProps {
  from: InstanceId;
  to: InstanceId;
  onAnswer: (answer: ReachAnswer | null) => void;
  onClose: () => void;
}

/** Two containers: can the first reach the second? Tried now, from inside of it. */
export function PairInspector({ from, to, onAnswer, onClose }: PairInspectorProps) {
  const may = useMay('operate');
  const reach = useReach(onAnswer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reach.wrongPort === undefined) reach.ask(from, to);
  };
  return (
    <div className="flex flex-col gap-4 p-4">
      <header className="flex items-start gap-2">
        <h2 className="flex-1 text-lg font-semibold">Can they talk?</h2>
        <Button variant="ghost" square aria-label="Let the second container go" onClick={onClose}>
          <X aria-hidden />
        </Button>
      </header>
      <p className="flex flex-wrap items-center gap-2">
        <End instanceId={from} />
        <ArrowRight aria-label="to" className="size-4 text-ink-3" />
        <End instanceId={to} />
      </p>
      {may ? (
        <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
          <ReachPort reach={reach} className="w-28" />
          <Button type="submit" variant="primary" busy={reach.question.isPending} disabled={reach.wrongPort !== undefined}>
            Try
          </Button>
        </form>
      ) : (
        <p className="text-ink-2">Who may operate the application can try it.</p>
      )}
      <ReachOutcome reach={reach} />
    </div>
  );
}

function End({ instanceId }: { instanceId: InstanceId }) {
  const instance = useRecord('instance', instanceId);
  const name = useRecordValue('entity', instance?.entityId, (entity) => entity.name);
  const host = useRecordValue('host', instance?.hostId, (record) => record.name);
  return (
    <span>
      <span className="font-medium">{name ?? 'a container that is gone'}</span> <span className="text-ink-3">{host}</span>
    </span>
  );
}
