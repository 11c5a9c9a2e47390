'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { Host } from '@/server/domain/entity/host.ts';

export function MaintainHost({ host, onClose }: { host: Host; onClose: () => void }) {
  const trpc = useTRPC();
  const [note, setNote] = useState('');
  const begin = useMutation(trpc.host.maintenance.mutationOptions({ onSuccess: onClose }));
  return (
    <FormDialog
      title={`Maintenance of ${host.name}`}
      action="Begin maintenance"
      busy={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate({ hostId: host.id, on: true, note })}
      onClose={onClose}
    >
      <p className="col-span-2 text-ink-2">
        It gets no new containers, and what runs on it is not started elsewhere when the machine goes away. Drain it first to keep that
        available.
      </p>
      <Field label="What is done" hint="Shown to others; may be left empty." className="col-span-2">
        <Input value={note} maxLength={200} placeholder="New disk" onChange={(event) => setNote(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
