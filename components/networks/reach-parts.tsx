import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { ReachVerdict } from './reach-verdict.tsx';
import type { useReach } from './use-reach.ts';

type Reach = ReturnType<typeof useReach>;

export function ReachPort({ reach: { port, setPort, wrongPort }, className }: { reach: Reach; className: string }) {
  return (
    <Field label="TCP port" className={className} error={wrongPort}>
      <Input inputMode="numeric" placeholder="ping" value={port} onChange={(event) => setPort(event.target.value.trim())} />
    </Field>
  );
}

/** The answer, or why there is none. */
export function ReachOutcome({ reach: { question } }: { reach: Reach }) {
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      {question.error ? <ErrorState error={toErrorView(question.error)} compact /> : null}
      {question.data && !question.isPending ? <ReachVerdict answer={question.data} /> : null}
    </div>
  );
}
