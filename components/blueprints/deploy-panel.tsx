'use client';
import { FileCode2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Cloud } from '@/server/domain/entity/host.ts';
import type { Example } from './example.ts';
import { MachinesField } from './machines-field.tsx';
import { type PlanAnswer, PlanPreview } from './plan-preview.tsx';

/** `location` of the form when the blueprint's own is meant. */
export const AS_WRITTEN = '(blueprint)';

export interface DeployPanelProps {
  clouds: readonly Cloud[];
  location: string;
  onLocation: (location: string) => void;
  /** Where machines come from, for a blueprint that makes a Docker cloud. */
  machines: string;
  onMachines: (machines: string) => void;
  name: string;
  onName: (name: string) => void;
  empty: boolean;
  examples: readonly Example[];
  onExample: (example: Example) => void;
  plan: { readonly data: PlanAnswer | undefined; readonly error: unknown; readonly isPlaceholderData: boolean };
  /** What the deploy, or opening files, failed with. */
  error: unknown;
  /** What the blueprint takes from outside. */
  children: ReactNode;
}

/** Where it goes and what would happen, beside the editor. */
export function DeployPanel(props: DeployPanelProps) {
  const { clouds, location, onLocation, machines, onMachines, name, onName, empty, examples, onExample, plan, error, children } = props;
  const planned = plan.data?.plan;
  const options = [
    { value: AS_WRITTEN, label: planned?.location ? `${planned.location} (as written)` : 'As written' },
    ...clouds.map((cloud) => ({ value: cloud.name, label: cloud.name })),
  ];
  const known = options.some((option) => option.value === location);
  const written = planned?.location;
  const missing = (!known || location === AS_WRITTEN) && written && clouds.length > 0 && !clouds.some((cloud) => cloud.name === written);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto bg-ground px-4 py-4">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Name">
          <Input
            value={name}
            placeholder={planned?.name ?? 'As in the blueprint'}
            onChange={(event) => onName(event.target.value)}
            spellCheck={false}
          />
        </Field>
        {plan.data?.makesCloud ? (
          <MachinesField value={machines} onChange={onMachines} written={(planned?.root.locations ?? planned?.location ?? null) !== null} />
        ) : (
          <Field label="Location" error={missing ? `There is no cloud ${written}: choose one.` : undefined}>
            <Select value={known ? location : AS_WRITTEN} options={options} onChange={onLocation} className="w-full" />
          </Field>
        )}
      </div>
      {children}
      {error ? <ErrorState error={toErrorView(error)} compact /> : null}
      {empty ? <StartFrom examples={examples} onExample={onExample} /> : null}
      {!empty && plan.error ? <ErrorState error={toErrorView(plan.error)} compact /> : null}
      {!empty && !plan.data && !plan.error ? <Skeleton className="h-32 w-full" /> : null}
      {!empty && plan.data ? <PlanPreview answer={plan.data} stale={plan.isPlaceholderData} /> : null}
    </div>
  );
}

function StartFrom({ examples, onExample }: Pick<DeployPanelProps, 'examples' | 'onExample'>) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-medium">Start from an example</h2>
      <p className="text-ink-2">
        A blueprint says which services an application has: CAMP or Compose as YAML, a TOSCA template or archive, or docker run commands.
        Write one, drop its files here, or take one of these and change it; findings and placement appear while you type.
      </p>
      <ul className="flex flex-col gap-2 pt-1">
        {examples.map((example) => (
          <li key={example.id} className="flex items-start gap-3 rounded-md border border-line bg-surface p-3">
            <FileCode2 aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
            <div className="min-w-0 flex-1">
              <h3 className="font-medium">{example.title}</h3>
              <p className="line-clamp-3 text-sm text-ink-2">{example.about}</p>
            </div>
            <Button onClick={() => onExample(example)} aria-label={`Use ${example.title}`}>
              Use
            </Button>
          </li>
        ))}
      </ul>
      {examples.length === 0 ? <p className="text-ink-3">This installation has no examples.</p> : null}
    </section>
  );
}
