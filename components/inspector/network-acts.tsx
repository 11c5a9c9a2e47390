'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { networkLosses } from './network-losses.ts';

export interface AttachNetworkProps {
  entity: Entity;
  /** Those that it is not on. */
  networks: readonly { readonly name: string; readonly subnet: string | null; readonly refusal: string | null }[];
  onClose: () => void;
}

/** Puts the containers of an entity on a further network, as they run. */
export function AttachNetwork({ entity, networks, onClose }: AttachNetworkProps) {
  const trpc = useTRPC();
  const [name, setName] = useState(networks.find(({ refusal }) => refusal === null)?.name ?? networks[0]?.name ?? '');
  const [address, setAddress] = useState('');
  const attach = useMutation(trpc.network.attach.mutationOptions({ onSuccess: onClose }));
  const chosen = networks.find((network) => network.name === name);
  const isOne = entity.instanceId !== null;
  return (
    <FormDialog
      title={`Attach ${entity.name} to a network`}
      action="Attach"
      disabled={chosen === undefined || chosen.refusal !== null}
      busy={attach.isPending}
      error={attach.error}
      onSubmit={() =>
        attach.mutate({ entityId: entity.id, network: name, ...(isOne && address.trim() !== '' ? { address: address.trim() } : {}) })
      }
      onClose={onClose}
    >
      <Field label="Network" error={chosen?.refusal ?? undefined} className={isOne ? '' : 'col-span-2'}>
        <Select
          value={name}
          onChange={setName}
          options={networks.map((network) => ({
            value: network.name,
            label: network.subnet ? `${network.name} (${network.subnet})` : network.name,
          }))}
        />
      </Field>
      {isOne ? (
        <Field label="Address" hint="Chosen unless given.">
          <Input value={address} placeholder="any" spellCheck={false} onChange={(event) => setAddress(event.target.value)} />
        </Field>
      ) : null}
      <p className="col-span-2 text-ink-2">
        {isOne ? 'It joins' : 'Its containers join'} without a restart, and so do those that come later. The blueprint stays as it is.
      </p>
    </FormDialog>
  );
}

/** Lists who reaches it there no more. */
export function DetachNetwork({ entity, network, onClose }: { entity: Entity; network: string; onClose: () => void }) {
  const trpc = useTRPC();
  const detach = useMutation(trpc.network.detach.mutationOptions({ onSuccess: onClose }));
  const { own, others } = useLive(['instance', 'entity'], (tables) => networkLosses(tables, entity, network));
  return (
    <ActDialog
      act={detach}
      onClose={onClose}
      title={`Detach ${entity.name} from ${network}?`}
      description="Its containers leave the network; connections over it end. It can be attached again, at another address perhaps."
      victims={[
        { title: `${formatCount(own.length, 'container')} will leave`, items: own },
        ...(others.length === 0 ? [] : [{ title: 'No longer reached over it, nor reaching it', items: others }]),
      ]}
      action={`Detach from ${network}`}
      onConfirm={() => detach.mutate({ entityId: entity.id, network })}
    />
  );
}
