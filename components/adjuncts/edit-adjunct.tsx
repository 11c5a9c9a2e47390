'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { SchemaForm } from '@/components/ui/schema-form.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { JsonObject } from '@/server/domain/shared/json.ts';
import type { AdjunctView } from '@/server/engine/queries/adjuncts-of.ts';
import { changedConfig } from './changed-config.ts';

/** Config of a policy as it works; only what is changed is sent. */
export function EditAdjunct({ adjunct, onClose }: { adjunct: AdjunctView; onClose: () => void }) {
  const trpc = useTRPC();
  const [value, setValue] = useState<JsonObject>(adjunct.config);
  const details = useQuery(trpc.catalog.type.queryOptions({ id: adjunct.type }, { staleTime: Number.POSITIVE_INFINITY }));
  const configure = useMutation(trpc.adjunct.configure.mutationOptions({ onSuccess: onClose }));
  const changed = changedConfig(adjunct.config, value);
  const { entityId, key } = adjunct;
  return (
    <FormDialog
      title={`Edit ${adjunct.title}`}
      action="Save"
      disabled={Object.keys(changed).length === 0}
      busy={configure.isPending}
      error={configure.error}
      onSubmit={() => configure.mutate({ entityId, adjunct: key, config: changed })}
      onClose={onClose}
    >
      <div className="col-span-2 flex flex-col gap-3">
        <p className="text-ink-2">
          It works with this at once. The blueprint stays as it is: what is emptied here goes back to what that says, or to the default.
        </p>
        {details.error ? <ErrorState compact error={toErrorView(details.error)} /> : null}
        {details.isPending ? <Skeleton className="h-40" /> : null}
        {details.data ? <SchemaForm schema={details.data.configSchema} value={value} onChange={setValue} /> : null}
      </div>
    </FormDialog>
  );
}
