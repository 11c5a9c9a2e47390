'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { RegistryView } from '@/server/api/masking/record-views.ts';

export interface EditRegistryProps {
  /** Null: a new one. */
  known: RegistryView | null;
  onClose: () => void;
  onDone: () => void;
}

export function EditRegistry({ known, onClose, onDone }: EditRegistryProps) {
  const trpc = useTRPC();
  const [address, setAddress] = useState(known?.id ?? '');
  const [username, setUsername] = useState(known?.username ?? '');
  const [password, setPassword] = useState('');
  const [insteadOf, setInsteadOf] = useState(known?.insteadOf.join(', ') ?? '');
  const set = useMutation(trpc.registry.set.mutationOptions({ onSuccess: onDone }));
  const keepsPassword = known?.username !== undefined && known.username === username.trim();
  const submit = () =>
    set.mutate({
      address: address.trim(),
      ...(username.trim() === '' ? {} : { username: username.trim() }),
      ...(password === '' ? {} : { password }),
      insteadOf: insteadOf.split(/[\s,]+/).filter((prefix) => prefix !== ''),
    });
  return (
    <FormDialog
      title={known === null ? 'Add a registry' : `Edit ${known.id}`}
      action={known === null ? 'Add the registry' : 'Save'}
      busy={set.isPending}
      error={set.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field className="col-span-2" label="Address" hint="As the names of its images begin; Docker Hub is docker.io.">
        <Input
          required
          spellCheck={false}
          placeholder="registry.example.org:5000/team"
          disabled={known !== null}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      </Field>
      <Field label="User" hint="Empty: no login.">
        <Input spellCheck={false} autoComplete="off" value={username} onChange={(event) => setUsername(event.target.value)} />
      </Field>
      <Field label="Password or token" hint={keepsPassword ? 'Empty: it stays as it is.' : 'It is sealed and never shown again.'}>
        <Input
          type="password"
          autoComplete="new-password"
          required={username.trim() !== '' && !keepsPassword}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Field
        className="col-span-2"
        label="Instead of"
        hint="Beginnings of names that are fetched from here, with commas: with docker.io, nginx comes from library/nginx of this registry."
      >
        <Input
          spellCheck={false}
          placeholder="docker.io, quay.io/acme"
          value={insteadOf}
          onChange={(event) => setInsteadOf(event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}
