import { CircleCheck, CircleX } from 'lucide-react';
import { ConnectionChecks } from '@/components/hosts/connection-checks.tsx';
import type { ReachAnswer } from '@/server/domain/network/reach-answer.ts';

/** Whether one container reaches another, and what lies between them. */
export function ReachVerdict({ answer: { reached, ms, from, to, port, problem, steps } }: { answer: ReachAnswer }) {
  const target = port === null ? to.name : `${to.name} on port ${port}`;
  return (
    <>
      <p className="flex gap-2">
        {reached ? (
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-ok" />
        ) : (
          <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
        )}
        {reached
          ? `Yes: ${from.name} reaches ${target}${ms === null ? '' : ` in ${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`}.`
          : `No: ${from.name} does not reach ${target}${problem ? `. ${problem.text}` : ''}.`}
      </p>
      <ConnectionChecks checks={steps} />
    </>
  );
}
