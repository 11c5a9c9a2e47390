'use client';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { SecretKey } from '@/server/domain/shared/secret-record.ts';

export interface NewSecretProps {
  /** One that is to get another text. */
  known: SecretKey | null;
  onClose: () => void;
  onDone: () => void;
}

export function NewSecret({ known, onClose, onDone }: NewSecretProps) {
  const trpc = useTRPC();
  const formId = useId();
  const [provider, setProvider] = useState(known?.provider ?? 'secrets');
  const [name, setName] = useState(known?.name ?? '');
  const [secret, setSecret] = useState('');
  const set = useMutation(trpc.secret.set.mutationOptions({ onSuccess: onDone }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ provider, name, secret });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={known === null ? 'Add a secret' : `Replace ${known.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={set.isPending}>
            {known === null ? 'Keep the secret' : 'Replace the secret'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-3">
          <Field label="Provider" hint="A word that groups names.">
            <Input
              required
              spellCheck={false}
              disabled={known !== null}
              value={provider}
              onChange={(event) => setProvider(event.target.value)}
            />
          </Field>
          <Field label="Name">
            <Input
              required
              spellCheck={false}
              placeholder="db-password"
              disabled={known !== null}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
        </div>
        <Field
          label="Secret"
          hint={known === null ? 'It is sealed and never shown again.' : 'What reads it gets it by a new version, in its batches.'}
        >
          <Input required type="password" autoComplete="new-password" value={secret} onChange={(event) => setSecret(event.target.value)} />
        </Field>
        {set.error ? <ErrorState error={toErrorView(set.error)} compact /> : null}
      </form>
    </Dialog>
  );
}
