'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { AdjunctView } from '@/server/engine/queries/adjuncts-of.ts';

export function SuspendAdjunct({ adjunct, onClose }: { adjunct: AdjunctView; onClose: () => void }) {
  const [why, setWhy] = useState('');
  const suspend = useMutation(useTRPC().adjunct.suspend.mutationOptions({ onSuccess: onClose }));
  const { entityId, key } = adjunct;
  return (
    <FormDialog
      title={`Suspend ${adjunct.title}`}
      action="Suspend"
      busy={suspend.isPending}
      error={suspend.error}
      onSubmit={() => suspend.mutate({ entityId, adjunct: key, why })}
      onClose={onClose}
    >
      <Field label="Why (optional)" hint="Shown to everybody who wonders." className="col-span-2">
        <Input value={why} maxLength={500} onChange={(event) => setWhy(event.target.value)} />
      </Field>
      <p className="col-span-2 text-ink-2">It does nothing until it is resumed, and goes on to say what it would do.</p>
    </FormDialog>
  );
}
