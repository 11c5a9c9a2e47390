'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Plus, Warehouse } from 'lucide-react';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Table, Td, Th, ThActs, Tr } from '@/components/ui/table.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { RegistryView } from '@/server/api/masking/record-views.ts';
import { CheckRegistry } from './check-registry.tsx';
import { EditRegistry } from './edit-registry.tsx';
import { QueryList, RowActs, SettingsSection } from './settings-section.tsx';

type Open =
  | { readonly act: 'edit'; readonly registry: RegistryView | null }
  | { readonly act: 'check' | 'remove'; readonly registry: RegistryView };

export function RegistriesPanel() {
  const trpc = useTRPC();
  const registries = useQuery(trpc.registry.list.queryOptions());
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const done = () => {
    close();
    registries.refetch();
  };
  return (
    <SettingsSection
      about="Logins of private registries, and mirrors. Hosts are given a login for the length of a pull or push, and keep none; passwords are encrypted on the server and never shown."
      add={{ label: 'Add registry', icon: <Plus aria-hidden />, onSelect: () => setOpen({ act: 'edit', registry: null }) }}
    >
      <QueryList
        query={registries}
        empty={
          <EmptyState icon={Warehouse} title="No registries yet">
            Public images need none. Add one for images that want a login, or to fetch images from a mirror.
          </EmptyState>
        }
      >
        {(list) => <RegistryTable registries={list} onOpen={setOpen} />}
      </QueryList>
      {open?.act === 'edit' ? <EditRegistry known={open.registry} onClose={close} onDone={done} /> : null}
      {open?.act === 'check' ? <CheckRegistry registry={open.registry} onClose={close} /> : null}
      {open?.act === 'remove' ? <RemoveRegistry registry={open.registry} onClose={close} onDone={done} /> : null}
    </SettingsSection>
  );
}

function RegistryTable({ registries, onOpen }: { registries: readonly RegistryView[]; onOpen: (open: Open) => void }) {
  return (
    <Table aria-label="Registries">
      <thead>
        <tr>
          <Th>Address</Th>
          <Th className="max-sm:hidden">User</Th>
          <Th className="max-md:hidden">Instead of</Th>
          <Th className="text-right max-sm:hidden">Age</Th>
          <ThActs />
        </tr>
      </thead>
      <tbody>
        {registries.map((registry) => (
          <Tr key={registry.id}>
            <Td className="font-medium">
              <span className="break-all">{registry.id}</span>
              <span className="block font-normal text-ink-3 sm:hidden">{registry.username ?? 'no login'}</span>
            </Td>
            <Td className="text-ink-2 max-sm:hidden">{registry.username ?? 'no login'}</Td>
            <Td className="text-ink-2 max-md:hidden">{registry.insteadOf.join(', ') || 'nothing'}</Td>
            <Td className="text-right text-ink-2 max-sm:hidden">
              <Time at={registry.setAt} mode="age" />
            </Td>
            <RowActs onEdit={() => onOpen({ act: 'edit', registry })} onRemove={() => onOpen({ act: 'remove', registry })}>
              {registry.username === undefined ? null : <Button onClick={() => onOpen({ act: 'check', registry })}>Check</Button>}
            </RowActs>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function RemoveRegistry({ registry, onClose, onDone }: { registry: RegistryView; onClose: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const remove = useMutation(trpc.registry.remove.mutationOptions({ onSuccess: onDone }));
  const { id, username, insteadOf } = registry;
  return (
    <ActDialog
      act={remove}
      onClose={onClose}
      title={`Remove ${id}?`}
      description="What runs goes on, and hosts keep the images that they have. What is not there yet cannot be fetched with it any more."
      victims={[
        ...(username === undefined ? [] : [{ title: `The login of ${username} is gone for good.`, items: [], lost: true }]),
        ...(insteadOf.length === 0 ? [] : [{ title: 'These are fetched from where their names say again', items: [...insteadOf] }]),
      ]}
      action={`Remove ${id}`}
      onConfirm={() => remove.mutate({ address: id })}
    />
  );
}
