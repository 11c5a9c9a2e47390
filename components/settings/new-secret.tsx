'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { SecretKey } from '@/server/domain/shared/secret-record.ts';

export interface NewSecretProps {
  /** One that is to get another text. */
  known: SecretKey | null;
  onClose: () => void;
  onDone: () => void;
}

export function NewSecret({ known, onClose, onDone }: NewSecretProps) {
  const trpc = useTRPC();
  const [provider, setProvider] = useState(known?.provider ?? 'secrets');
  const [name, setName] = useState(known?.name ?? '');
  const [secret, setSecret] = useState('');
  const set = useMutation(trpc.secret.set.mutationOptions({ onSuccess: onDone }));
  const isNew = known === null;
  return (
    <FormDialog
      title={isNew ? 'Add a secret' : `Replace ${known.name}`}
      action={isNew ? 'Keep the secret' : 'Replace the secret'}
      busy={set.isPending}
      error={set.error}
      onSubmit={() => set.mutate({ provider, name, secret })}
      onClose={onClose}
    >
      <Field label="Provider" hint="A word that groups names.">
        <Input required spellCheck={false} disabled={!isNew} value={provider} onChange={(event) => setProvider(event.target.value)} />
      </Field>
      <Field label="Name">
        <Input
          required
          spellCheck={false}
          placeholder="db-password"
          disabled={!isNew}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field
        className="col-span-2"
        label="Secret"
        hint={isNew ? 'It is sealed and never shown again.' : 'What reads it gets it by a new version, in its batches.'}
      >
        <Input required type="password" autoComplete="new-password" value={secret} onChange={(event) => setSecret(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
