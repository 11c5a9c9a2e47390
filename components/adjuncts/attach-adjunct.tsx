'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { SchemaForm } from '@/components/ui/schema-form.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { JsonObject } from '@/server/domain/shared/json.ts';

const KINDS: readonly string[] = ['policy', 'enricher', 'initializer'];

/** Has a policy look after an entity from now on. */
export function AttachAdjunct({ entity, onClose }: { entity: Entity; onClose: () => void }) {
  const trpc = useTRPC();
  const [type, setType] = useState<string | undefined>(undefined);
  const [config, setConfig] = useState<JsonObject>({});
  const types = useQuery(trpc.catalog.types.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const details = useQuery(
    trpc.catalog.type.queryOptions({ id: type ?? '' }, { staleTime: Number.POSITIVE_INFINITY, enabled: type !== undefined }),
  );
  const attach = useMutation(trpc.adjunct.attach.mutationOptions({ onSuccess: onClose }));
  const offered = (types.data ?? []).filter(({ kind, planned }) => KINDS.includes(kind) && !planned);
  const chosen = offered.find(({ id }) => id === type);
  const error = types.error ?? details.error;
  return (
    <FormDialog
      title={`Attach to ${entity.name}`}
      action="Attach"
      disabled={type === undefined || details.isPending}
      busy={attach.isPending}
      error={attach.error}
      onSubmit={() => type !== undefined && attach.mutate({ entityId: entity.id, type, config })}
      onClose={onClose}
    >
      <Field label="What" hint={chosen?.description ?? 'It works at once; the blueprint stays as it is.'} className="col-span-2">
        <Select
          className="w-full"
          prompt={types.isPending ? 'Loading…' : 'Choose a policy or enricher…'}
          value={type}
          onChange={(next) => {
            setType(next);
            setConfig({});
          }}
          options={offered.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </Field>
      <div className="col-span-2">
        {error ? <ErrorState compact error={toErrorView(error)} /> : null}
        {type !== undefined && details.isPending ? <Skeleton className="h-40" /> : null}
        {type !== undefined && details.data ? (
          <SchemaForm key={type} schema={details.data.configSchema} value={config} onChange={setConfig} />
        ) : null}
      </div>
    </FormDialog>
  );
}
