'use client';
import { useMutation } from '@tanstack/react-query';
import { ArrowRight, X } from 'lucide-react';
import type { FormEvent } from 'react';
import { useRecord, useRecordValue } from '@/components/live/use-live.ts';
import { isPort } from '@/components/networks/is-port.ts';
import { ReachVerdict } from '@/components/networks/reach-verdict.tsx';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
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
  const trpc = useTRPC();
  const may = useMay('operate');
  const [port, setPort] = useUrlState('port', '');
  const ask = useMutation(trpc.network.reach.mutationOptions({ onMutate: () => onAnswer(null), onSuccess: (answer) => onAnswer(answer) }));
  const wrongPort = port === '' || isPort(port) ? undefined : 'A whole number from 1 to 65535';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrongPort === undefined) ask.mutate({ from, to, ...(port === '' ? {} : { port: Number(port) }) });
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
          <Field label="TCP port" className="w-28" error={wrongPort}>
            <Input inputMode="numeric" placeholder="ping" value={port} onChange={(event) => setPort(event.target.value.trim())} />
          </Field>
          <Button type="submit" variant="primary" busy={ask.isPending} disabled={wrongPort !== undefined}>
            Try
          </Button>
        </form>
      ) : (
        <p className="text-ink-2">Who may operate the application can try it.</p>
      )}
      <div aria-live="polite" className="flex flex-col gap-3">
        {ask.error ? <ErrorState error={toErrorView(ask.error)} compact /> : null}
        {ask.data && !ask.isPending ? <ReachVerdict answer={ask.data} /> : null}
      </div>
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
