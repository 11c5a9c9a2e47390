'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';

export interface AttachNetworkProps {
  entity: Entity;
  /** As the application calls it; empty where it is still to be chosen. */
  network: string;
  onClose: () => void;
}

/** Puts an entity on a further network of its application, as it runs. */
export function AttachNetwork({ entity, network, onClose }: AttachNetworkProps) {
  const trpc = useTRPC();
  const [chosen, setChosen] = useState(network);
  const [address, setAddress] = useState('');
  const joinable = useQuery(trpc.network.joinable.queryOptions({ entityId: entity.id }, { staleTime: 0, gcTime: 0 }));
  const attach = useMutation(trpc.network.attach.mutationOptions({ onSuccess: onClose }));
  const others = (joinable.data ?? []).filter(({ isOn }) => !isOn);
  const target = others.find(({ name }) => name === chosen);
  return (
    <FormDialog
      title={network === '' ? `Attach ${entity.name} to a network` : `Attach ${entity.name} to ${network}?`}
      action="Attach"
      disabled={!target || target.refusal !== null}
      busy={attach.isPending || joinable.isPending}
      error={attach.error ?? joinable.error}
      onSubmit={() => attach.mutate({ entityId: entity.id, network: chosen, ...(address === '' ? {} : { address }) })}
      onClose={onClose}
    >
      <p className="col-span-2 text-ink-2">
        {entity.size === null ? 'Its container joins' : 'Its containers, also those that come later, join'} as it is: nothing is started
        anew.
      </p>
      <Field label="Network" className="col-span-2" error={target?.refusal ?? undefined}>
        <Select
          value={chosen === '' ? undefined : chosen}
          onChange={setChosen}
          options={others.map(({ name, subnet }) => ({ value: name, label: subnet === null ? name : `${name}, ${subnet}` }))}
        />
      </Field>
      {entity.size === null && target && target.subnet !== null ? (
        <Field label="Address" className="col-span-2" hint={`Within ${target.subnet}. Left empty, it is given the next that is free.`}>
          <Input value={address} onChange={(event) => setAddress(event.target.value.trim())} />
        </Field>
      ) : null}
      {joinable.data && others.length === 0 ? <p className="col-span-2 text-ink-2">It is on all networks of its application.</p> : null}
    </FormDialog>
  );
}
