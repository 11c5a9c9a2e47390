'use client';
import { useMutation } from '@tanstack/react-query';
import { CircleHelp, Clock, TriangleAlert } from 'lucide-react';
import { useRecord } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { notify } from '@/components/ui/notify.ts';
import { Time } from '@/components/ui/time.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { isSilent, isUncertain } from '@/server/domain/entity/last-known.ts';

/** What an operator must know first: questions, problems, what is waited for. Nothing when all is well. */
export function EntityAlerts({ entity }: { entity: Entity }) {
  const problems = Object.entries(entity.problems);
  const instance = useRecord('instance', entity.instanceId);
  const host = useRecord('host', instance?.hostId);
  const silent = isSilent(host) && isUncertain(entity) ? host : undefined;
  if (!entity.question && problems.length === 0 && !entity.waitingFor && !silent) return null;
  return (
    <div className="flex flex-col gap-2">
      {entity.question ? <QuestionCard entity={entity} /> : null}
      {silent ? (
        <p role="status" className="hatched flex gap-2 rounded-md border border-line px-3 py-2">
          <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
          <span className="min-w-0 break-words">
            {entity.actual} is what was known <Time at={silent.since} />. {silent.reason}
          </span>
        </p>
      ) : null}
      {problems.map(([name, text]) => (
        <div key={name} role="alert" className="flex gap-2 rounded-md border border-bad/30 bg-bad-soft px-3 py-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
          <div className="min-w-0">
            <p className="text-xs font-medium text-ink-2">{name}</p>
            <p className="break-words whitespace-pre-wrap">{text}</p>
          </div>
        </div>
      ))}
      {entity.waitingFor ? (
        <p className="flex gap-2 rounded-md border border-line bg-sunken px-3 py-2">
          <Clock aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
          <span className="min-w-0 break-words">
            Waiting for <span className="font-mono text-sm">{entity.waitingFor}</span>
          </span>
        </p>
      ) : null}
    </div>
  );
}

function QuestionCard({ entity }: { entity: Entity }) {
  const trpc = useTRPC();
  const answer = useMutation(trpc.entity.answer.mutationOptions({ onError: (error) => notify.failure(toErrorView(error)) }));
  const question = entity.question;
  if (!question) return null;
  return (
    <section aria-label="Needs an answer" className="rounded-md border border-warn/40 bg-warn-soft px-3 py-2">
      <p className="flex gap-2 font-medium">
        <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
        {question.text}
      </p>
      <ul className="mt-2 flex flex-col gap-2 pl-6">
        {question.choices.map((choice) => (
          <li key={choice.id} className="flex flex-wrap items-center gap-2">
            <Button disabled={answer.isPending} onClick={() => answer.mutate({ entityId: entity.id, choice: choice.id })}>
              {choice.title}
            </Button>
            <span className="text-sm text-ink-2">{choice.effect}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
