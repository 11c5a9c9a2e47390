'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { NewCredential } from '@/components/settings/new-credential.tsx';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { CredentialView } from '@/server/api/masking/record-views.ts';
import { AuthorizedKey } from './authorized-key.tsx';
import type { Machine } from './machine-step.tsx';

export interface CredentialStepProps {
  machine: Machine;
  initial: CredentialView | null;
  onBack: () => void;
  onDone: (credential: CredentialView) => void;
}

/** Chooses the SSH key to log in with, or makes one, and shows the exact line the machine needs for it. */
export function CredentialStep({ machine, initial, onBack, onDone }: CredentialStepProps) {
  const trpc = useTRPC();
  const list = useQuery(trpc.credential.list.queryOptions(undefined, { staleTime: 0 }));
  const [chosenId, setChosenId] = useState<string | null>(initial?.id ?? null);
  const [making, setMaking] = useState(false);
  if (list.error)
    return <ErrorState error={toErrorView(list.error)} compact actions={<Button onClick={() => list.refetch()}>Try again</Button>} />;
  if (!list.data) return <Skeleton className="h-24 w-full" />;
  const chosen = list.data.find((credential) => credential.id === chosenId) ?? (chosenId === null ? list.data[0] : undefined);
  const isMaking = making || list.data.length === 0;
  const made = async (credentialId: string) => {
    setChosenId(credentialId);
    await list.refetch();
    setMaking(false);
  };
  return (
    <div className="flex flex-col gap-4">
      {isMaking ? (
        <NewCredential onMade={made} onCancel={list.data.length > 0 ? () => setMaking(false) : undefined} />
      ) : (
        <div className="flex items-end gap-2">
          <Field label="SSH key" className="flex-1">
            <Select
              className="w-full"
              value={chosen?.id as string | undefined}
              onChange={setChosenId}
              options={list.data.map((credential) => ({ value: credential.id as string, label: credential.name }))}
            />
          </Field>
          <Button onClick={() => setMaking(true)}>Another key</Button>
        </div>
      )}
      {chosen && !isMaking ? <AuthorizedKey publicKey={chosen.publicKey} user={machine.user} host={machine.address} /> : null}
      <div className="flex justify-between">
        <Button onClick={onBack}>Back</Button>
        <Button variant="primary" disabled={!chosen || isMaking} onClick={() => chosen && onDone(chosen)}>
          Next: host key
        </Button>
      </div>
    </div>
  );
}
