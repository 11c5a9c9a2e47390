'use client';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';

type Source = 'generate' | 'paste';

export interface NewCredentialProps {
  onMade: (credentialId: string) => void;
  onCancel: (() => void) | undefined;
}

/** Generates an SSH key on the server, or takes a pasted private key; the private part is sealed and never comes back. */
export function NewCredential({ onMade, onCancel }: NewCredentialProps) {
  const trpc = useTRPC();
  const [name, setName] = useState('clocker');
  const [source, setSource] = useState<Source>('generate');
  const [privateKey, setPrivateKey] = useState('');
  const create = useMutation(trpc.credential.create.mutationOptions({ onSuccess: ({ credentialId }) => onMade(credentialId) }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(source === 'generate' ? { name, generate: true } : { name, privateKey });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Name of the key">
          <Input value={name} onChange={(event) => setName(event.target.value)} required spellCheck={false} />
        </Field>
        <Field label="Where it comes from">
          <Select<Source>
            className="w-full"
            value={source}
            onChange={setSource}
            options={[
              { value: 'generate', label: 'Generate a new one' },
              { value: 'paste', label: 'Paste a private key' },
            ]}
          />
        </Field>
      </div>
      {source === 'paste' ? (
        <Field label="Private key" hint="OpenSSH or PEM, without a passphrase. It is sealed and never shown again.">
          <Textarea
            rows={6}
            required
            spellCheck={false}
            autoComplete="off"
            className="font-mono text-xs"
            placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
            value={privateKey}
            onChange={(event) => setPrivateKey(event.target.value)}
          />
        </Field>
      ) : null}
      {create.error ? <ErrorState error={toErrorView(create.error)} compact /> : null}
      <div className="flex justify-end gap-2">
        {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
        <Button type="submit" busy={create.isPending}>
          {source === 'generate' ? 'Generate the key' : 'Keep the key'}
        </Button>
      </div>
    </form>
  );
}
