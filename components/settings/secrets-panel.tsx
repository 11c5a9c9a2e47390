'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Lock, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { ListedSecret } from '@/server/api/secret/list.ts';
import type { SecretKey } from '@/server/domain/shared/secret-record.ts';
import { NewSecret } from './new-secret.tsx';
import { QueryList, SettingsSection } from './settings-section.tsx';

export function SecretsPanel() {
  const trpc = useTRPC();
  const secrets = useQuery(trpc.secret.list.queryOptions());
  /** What is being set: `null` is a new one. */
  const [setting, setSetting] = useState<SecretKey | null | undefined>(undefined);
  const [removing, setRemoving] = useState<ListedSecret | null>(null);
  const done = () => {
    setSetting(undefined);
    setRemoving(null);
    secrets.refetch();
  };
  return (
    <SettingsSection
      about="Texts that blueprints read. They are encrypted on the server and never shown; only the containers that read one are given it."
      add={{ label: 'Add secret', icon: <Plus aria-hidden />, onSelect: () => setSetting(null) }}
    >
      <QueryList
        query={secrets}
        empty={
          <EmptyState icon={Lock} title="No secrets yet">
            A password or token that is kept here is written into a blueprint by its name alone.
          </EmptyState>
        }
      >
        {(list) => <SecretTable secrets={list} onSet={setSetting} onRemove={setRemoving} />}
      </QueryList>
      {setting === undefined ? null : <NewSecret known={setting} onClose={() => setSetting(undefined)} onDone={done} />}
      {removing ? <RemoveSecret secret={removing} onClose={() => setRemoving(null)} onDone={done} /> : null}
    </SettingsSection>
  );
}

interface SecretTableProps {
  secrets: readonly ListedSecret[];
  onSet: (secret: SecretKey) => void;
  onRemove: (secret: ListedSecret) => void;
}

function SecretTable({ secrets, onSet, onRemove }: SecretTableProps) {
  return (
    <Table aria-label="Secrets">
      <thead>
        <tr>
          <Th className="max-sm:hidden">Provider</Th>
          <Th className="max-sm:pl-4">Name</Th>
          <Th className="max-sm:hidden">Read by</Th>
          <Th className="text-right max-sm:hidden">Age</Th>
          <ThActs />
        </tr>
      </thead>
      <tbody>
        {secrets.map((secret) => (
          <Tr key={secret.id}>
            <Td className="text-ink-2 max-sm:hidden">{secret.provider}</Td>
            <Td className="font-medium max-sm:pl-4">
              <span className="flex items-center gap-1">
                <span>
                  <span className="font-normal text-ink-3 sm:hidden">{secret.provider}/</span>
                  {secret.name}
                </span>
                <CopyButton text={expressionOf(secret)} label={`Copy the expression for ${secret.name}`} />
              </span>
            </Td>
            <Td className="text-ink-2 max-sm:hidden">{secret.applications.length === 0 ? 'nothing' : secret.applications.join(', ')}</Td>
            <Td className="text-right text-ink-2 max-sm:hidden">
              <Time at={secret.setAt} mode="age" />
            </Td>
            <Td className="w-px whitespace-nowrap text-right">
              <Button onClick={() => onSet(secret)}>Replace</Button>
              <Button variant="danger-ghost" onClick={() => onRemove(secret)}>
                Remove
              </Button>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function expressionOf({ provider, name }: SecretKey): string {
  return `$brooklyn:external("${provider}", "${name}")`;
}

function RemoveSecret({ secret, onClose, onDone }: { secret: ListedSecret; onClose: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const { provider, name, applications } = secret;
  const remove = useMutation(trpc.secret.remove.mutationOptions({ onSuccess: onDone }));
  return (
    <ActDialog
      act={remove}
      onClose={onClose}
      title={`Remove ${name}?`}
      victims={[
        applications.length > 0
          ? {
              title: `${formatCount(applications.length, 'application reads it', 'applications read it')}, so this will be refused`,
              items: [...applications],
            }
          : { title: 'No application reads it. The secret is gone for good.', items: [], lost: true },
      ]}
      action={`Remove ${name}`}
      onConfirm={() => remove.mutate({ provider, name })}
    />
  );
}
