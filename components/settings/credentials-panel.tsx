'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { CredentialView } from '@/server/api/masking/record-views.ts';
import { NewCredential } from './new-credential.tsx';
import { QueryList, SettingsSection } from './settings-section.tsx';

export function CredentialsPanel() {
  const trpc = useTRPC();
  const credentials = useQuery(trpc.credential.list.queryOptions());
  const [making, setMaking] = useState(false);
  const [removing, setRemoving] = useState<CredentialView | null>(null);
  const done = () => {
    setMaking(false);
    setRemoving(null);
    credentials.refetch();
  };
  return (
    <SettingsSection
      about="SSH keys with which hosts are reached. Private parts are encrypted on the server and never shown; the public line goes into authorized_keys."
      add={{ label: 'Add key', icon: <Plus aria-hidden />, onSelect: () => setMaking(true) }}
    >
      <QueryList
        query={credentials}
        empty={
          <EmptyState icon={KeyRound} title="No keys yet">
            A key is made here or pasted, and used by the hosts that are added with it.
          </EmptyState>
        }
      >
        {(list) => <CredentialTable credentials={list} onRemove={setRemoving} />}
      </QueryList>
      {making ? (
        <Dialog open onOpenChange={setMaking} title="Add an SSH key">
          <NewCredential onMade={done} onCancel={() => setMaking(false)} />
        </Dialog>
      ) : null}
      {removing ? <RemoveCredential credential={removing} onClose={() => setRemoving(null)} onDone={done} /> : null}
    </SettingsSection>
  );
}

function CredentialTable({
  credentials,
  onRemove,
}: {
  credentials: readonly CredentialView[];
  onRemove: (credential: CredentialView) => void;
}) {
  const hosts = useRecords('host');
  return (
    <Table aria-label="SSH keys">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Public key</Th>
          <Th className="text-right">Used by</Th>
          <Th className="text-right max-sm:hidden">Age</Th>
          <ThActs />
        </tr>
      </thead>
      <tbody>
        {credentials.map((credential) => (
          <Tr key={credential.id}>
            <Td className="font-medium">{credential.name}</Td>
            <Td className="max-w-0 w-full">
              <span className="flex items-center gap-1">
                <code className="truncate text-xs text-ink-2">{credential.publicKey}</code>
                <CopyButton text={credential.publicKey} label={`Copy the public key of ${credential.name}`} />
              </span>
            </Td>
            <Td className="text-right text-ink-2">
              {formatCount(hosts.filter((host) => host.credentialId === credential.id).length, 'host')}
            </Td>
            <Td className="text-right text-ink-2 max-sm:hidden">
              <Time at={credential.createdAt} mode="age" />
            </Td>
            <Td className="w-px text-right">
              <Button variant="danger-ghost" onClick={() => onRemove(credential)}>
                Remove
              </Button>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function RemoveCredential({ credential, onClose, onDone }: { credential: CredentialView; onClose: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const users = useRecords('host', (host) => host.credentialId === credential.id);
  const remove = useMutation(trpc.credential.remove.mutationOptions({ onSuccess: onDone }));
  return (
    <ActDialog
      act={remove}
      onClose={onClose}
      title={`Remove ${credential.name}?`}
      victims={[
        users.length > 0
          ? {
              title: `${formatCount(users.length, 'host uses it', 'hosts use it')}, so this will be refused`,
              items: users.map((host) => host.name),
            }
          : { title: 'No host uses it. The private key is gone for good.', items: [], lost: true },
      ]}
      action={`Remove ${credential.name}`}
      onConfirm={() => remove.mutate({ credentialId: credential.id })}
    />
  );
}
