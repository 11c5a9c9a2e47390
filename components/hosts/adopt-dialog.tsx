'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { YamlEditor } from '@/components/blueprints/yaml-editor.tsx';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Input } from '@/components/ui/input.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { AdoptionPlanAnswer } from '@/server/api/host/adopt.ts';
import type { AdoptionFinding } from '@/server/domain/adoption/adoption-findings.ts';
import type { Host } from '@/server/domain/entity/host.ts';
import type { ApplicationId } from '@/server/domain/shared/ids.ts';

export interface AdoptDialogProps {
  host: Pick<Host, 'id' | 'name'>;
  kind: 'container' | 'project';
  /** Name of the container or project. */
  source: string;
  onClose: () => void;
  onAdopted: (applicationId: ApplicationId) => void;
}

/** Tells what containers of others would become, and adopts just those that were told. */
export function AdoptDialog({ host, kind, source, onClose, onAdopted }: AdoptDialogProps) {
  const trpc = useTRPC();
  const formId = useId();
  const [typed, setTyped] = useState(source);
  // Looked at under the name that is asked for, once it is left: whether that is free is part of the plan.
  const [name, setName] = useState(source);
  const what = { hostId: host.id, kind, source, ...(name === source ? {} : { name }) };
  const plan = useQuery(trpc.host.adoptionPlan.queryOptions(what, { staleTime: 0, retry: false }));
  const adopt = useMutation(trpc.host.adopt.mutationOptions({ onSuccess: ({ applicationId }) => onAdopted(applicationId) }));
  const isAdoptable = plan.data?.text != null && plan.data.findings.every(({ severity }) => severity !== 'error');
  const settle = () => setName(typed.trim() === '' ? source : typed.trim());
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Adopt ${source}`}
      description={`From then on Clocker looks after it on ${host.name}. Nothing is restarted: its containers run on as they are.`}
      className="max-w-3xl"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={adopt.isPending} disabled={!isAdoptable || typed.trim() !== name}>
            {plan.data ? `Adopt ${formatCount(plan.data.containers.length, 'container')}` : 'Adopt'}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isAdoptable && plan.data) adopt.mutate({ ...what, containerIds: plan.data.containers.map(({ id }) => id) });
        }}
      >
        <Field label="Name of the application">
          <Input
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={settle}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || typed.trim() === name) return;
              event.preventDefault();
              settle();
            }}
          />
        </Field>
        <div className="flex flex-col gap-4" aria-live="polite">
          {plan.isPending ? <Skeleton className="h-72 w-full" /> : null}
          {plan.error ? (
            <ErrorState compact error={toErrorView(plan.error)} actions={<Button onClick={() => plan.refetch()}>Try again</Button>} />
          ) : null}
          {adopt.error ? (
            <ErrorState compact error={toErrorView(adopt.error)} actions={<Button onClick={() => plan.refetch()}>Look again</Button>} />
          ) : null}
          {plan.data ? <Plan {...plan.data} /> : null}
        </div>
      </form>
    </Dialog>
  );
}

function Plan({ text, containers, findings, needsHostAccess }: AdoptionPlanAnswer) {
  return (
    <>
      <ul aria-label="Containers" className="flex flex-col gap-1 text-sm">
        {containers.map(({ id, name, image, service, slot }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{name}</span>
            <span className="font-mono text-xs text-ink-2">{image}</span>
            <span className="text-ink-3">becomes {slot === null ? service : `member ${slot} of ${service}`}</span>
          </li>
        ))}
      </ul>
      {needsHostAccess ? <p className="text-warn">It reaches its host, which you allow by adopting it.</p> : null}
      {findings.length > 0 ? <FindingList findings={findings} /> : null}
      {text === null ? null : (
        <div className="overflow-hidden rounded-md border border-line">
          <YamlEditor key={text} className="h-[34vh]" initialText={text} diagnostics={NO_DIAGNOSTICS} label="Its blueprint" readOnly />
        </div>
      )}
    </>
  );
}

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const COLORS = { error: 'text-bad', warning: 'text-warn', info: 'text-busy' } as const;
const NO_DIAGNOSTICS: readonly never[] = [];

function FindingList({ findings }: { findings: readonly AdoptionFinding[] }) {
  return (
    <ul aria-label="Findings" className="flex max-h-44 flex-col gap-1 overflow-y-auto">
      {findings.map(({ severity, where, message, hint }) => {
        const Icon = ICONS[severity];
        return (
          <li key={`${where} ${message}`} className="flex items-start gap-2">
            <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', COLORS[severity])} />
            <span className="min-w-0 flex-1">
              <span className="sr-only">{severity}: </span>
              {message}
              {hint ? <span className="block text-sm text-ink-2">{hint}</span> : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
