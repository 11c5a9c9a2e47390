'use client';
import { useMutation } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { ActsMenu } from '@/components/ui/acts-menu.tsx';
import { DropdownItem, DropdownSeparator } from '@/components/ui/dropdown.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { NetworkFields } from './network-fields.tsx';
import { toChoices, toInput } from './network-form.ts';
import type { NetworkRow } from './network-rows.ts';

/** What can be done to a network that stands on its own. */
export function NetworkActions({ row }: { row: NetworkRow }) {
  const mayOperate = useMay('operate');
  const [asking, setAsking] = useState<'edit' | 'delete' | null>(null);
  const close = () => setAsking(null);
  if (!mayOperate || row.network.standing?.isGoing) return null;
  return (
    <>
      <ActsMenu name={row.network.name}>
        <DropdownItem icon={<Pencil aria-hidden />} onSelect={() => setAsking('edit')}>
          Edit…
        </DropdownItem>
        <DropdownSeparator />
        <DropdownItem icon={<Trash2 aria-hidden />} danger onSelect={() => setAsking('delete')}>
          Delete…
        </DropdownItem>
      </ActsMenu>
      {asking === 'edit' ? <EditNetwork row={row} onClose={close} /> : null}
      {asking === 'delete' ? <DeleteNetwork row={row} onClose={close} /> : null}
    </>
  );
}

function EditNetwork({ row: { network, victims }, onClose }: { row: NetworkRow; onClose: () => void }) {
  const trpc = useTRPC();
  const [choices, setChoices] = useState(() => toChoices(network));
  const update = useMutation(trpc.network.update.mutationOptions({ onSuccess: onClose }));
  const isFixed = victims.length > 0 || network.applicationId !== null;
  const { subnet, internal, ...rest } = toInput(choices);
  const made = isFixed ? {} : { internal, ...(subnet === undefined ? {} : { subnet }) };
  return (
    <FormDialog
      title={`Edit network ${network.name}`}
      action="Save network"
      busy={update.isPending}
      error={update.error}
      onSubmit={() => update.mutate({ networkId: network.id, ...rest, ...made })}
      onClose={onClose}
    >
      <NetworkFields
        value={choices}
        onChange={setChoices}
        fixed={isFixed}
        subnetHint={isFixed ? 'Addresses and way out are changed while no container is on it.' : 'A range that nothing else uses.'}
      />
    </FormDialog>
  );
}

function DeleteNetwork({ row: { network, victims }, onClose }: { row: NetworkRow; onClose: () => void }) {
  const trpc = useTRPC();
  const remove = useMutation(trpc.network.delete.mutationOptions({ onSuccess: onClose }));
  const isUsed = victims.length > 0;
  return (
    <ActDialog
      act={remove}
      onClose={onClose}
      title={`Delete network ${network.name}?`}
      description={
        isUsed
          ? 'Blueprints that join it cannot be deployed any more.'
          : 'No container is on it. Blueprints that join it cannot be deployed any more.'
      }
      victims={
        isUsed
          ? [
              {
                title: `${formatCount(victims.length, 'container')} would lose it, so this will be refused. Have them leave it, or delete their applications, first.`,
                items: victims,
              },
            ]
          : []
      }
      action={`Delete ${network.name}`}
      onConfirm={() => remove.mutate({ networkId: network.id })}
    />
  );
}
