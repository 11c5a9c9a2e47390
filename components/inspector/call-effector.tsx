'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ChevronDown, Zap } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dropdown, DropdownItem } from '@/components/ui/dropdown.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { notify } from '@/components/ui/notify.ts';
import { SchemaForm } from '@/components/ui/schema-form.tsx';
import type { EffectorView } from '@/server/api/entity/types.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { JsonObject } from '@/server/domain/shared/json.ts';

/** Those that have buttons of their own, and what the engine has no act for yet. */
const ELSEWHERE: ReadonlySet<string> = new Set(['start', 'stop', 'restart', 'resize', 'resizeByDelta', 'replaceMember', 'release']);

/** Effectors that a blueprint adds, each with the form of its parameters. Nothing is shown where there are none. */
export function AddedEffectors({ entity }: { entity: Entity }) {
  const [chosen, setChosen] = useState<EffectorView | null>(null);
  const found = useQuery(useTRPC().entity.effectors.queryOptions({ entityId: entity.id }));
  const added = (found.data ?? []).filter(({ name }) => !ELSEWHERE.has(name));
  if (added.length === 0) return null;
  return (
    <>
      <Dropdown
        trigger={
          <Button>
            <Zap aria-hidden />
            Effectors
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        {added.map((effector) => (
          <DropdownItem key={effector.name} onSelect={() => setChosen(effector)}>
            {effector.name}
          </DropdownItem>
        ))}
      </Dropdown>
      {chosen ? <CallEffector entity={entity} effector={chosen} onClose={() => setChosen(null)} /> : null}
    </>
  );
}

/** Asks for the parameters of one effector, and calls it. */
export function CallEffector({ entity, effector, onClose }: { entity: Entity; effector: EffectorView; onClose: () => void }) {
  const [parameters, setParameters] = useState<JsonObject>({});
  const call = useMutation(
    useTRPC().entity.effector.mutationOptions({
      onSuccess: () => {
        notify.done(`${effector.name} has begun: its output and result are in Activity`);
        onClose();
      },
    }),
  );
  return (
    <FormDialog
      title={`Call ${effector.name} of ${entity.name}`}
      action={`Call ${effector.name}`}
      busy={call.isPending}
      error={call.error}
      onSubmit={() => call.mutate({ entityId: entity.id, effector: effector.name, parameters })}
      onClose={onClose}
    >
      <p className="col-span-2 text-ink-2">{effector.description}</p>
      <div className="col-span-2">
        <SchemaForm schema={effector.parametersSchema} value={parameters} onChange={setParameters} />
      </div>
    </FormDialog>
  );
}
