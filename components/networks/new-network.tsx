'use client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import type { Cloud } from '@/server/domain/entity/host.ts';
import { NetworkFields } from './network-fields.tsx';
import { NO_CHOICES, toInput } from './network-form.ts';
import { providerText } from './providers.ts';

export interface NewNetworkProps {
  /** Those that have a network provider, at least one. */
  clouds: readonly Cloud[];
  onClose: () => void;
  onDone: (networkId: string) => void;
}

export function NewNetwork({ clouds, onClose, onDone }: NewNetworkProps) {
  const trpc = useTRPC();
  const [cloudId, setCloudId] = useState<string | undefined>(clouds[0]?.id);
  const [name, setName] = useState('');
  const [choices, setChoices] = useState(NO_CHOICES);
  const cloud = clouds.find(({ id }) => id === cloudId);
  const create = useMutation(
    trpc.network.create.mutationOptions({
      onSuccess: ({ networkId }) => {
        onDone(networkId);
        onClose();
      },
    }),
  );
  return (
    <FormDialog
      title="New network"
      action="Create network"
      disabled={cloud === undefined}
      busy={create.isPending}
      error={create.error}
      onSubmit={() => cloud && create.mutate({ cloudId: cloud.id, name: name.trim(), ...toInput(choices) })}
      onClose={onClose}
    >
      <Field label="Name" hint="Blueprints join it by this; it is kept.">
        <Input
          required
          spellCheck={false}
          autoCapitalize="none"
          placeholder="lan"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label="Cloud" hint={`Made by ${providerText(cloud?.networking?.provider ?? null)}.`}>
        <Select
          aria-label="Cloud"
          value={cloudId}
          onChange={setCloudId}
          options={clouds.map(({ id, name: label }) => ({ value: id as string, label }))}
        />
      </Field>
      <NetworkFields value={choices} onChange={setChoices} subnetHint={`Empty: the next of ${cloud?.networking?.pool ?? 'the cloud'}.`} />
    </FormDialog>
  );
}
