'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { NETWORK_PROVIDERS } from '@/components/networks/providers.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input, Textarea } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { type Cloud, DEFAULT_PORT_POOL } from '@/server/domain/entity/host.ts';
import type { StrategyChoice } from '@/server/domain/placement/placement.ts';
import { NO_PROVIDER, networkingChoices, networkingInput } from './cloud-networking.ts';
import { StrategyList } from './strategy-list.tsx';

/** Makes a cloud, or changes one; a change counts for placements from now on and moves nothing. */
export function CloudForm({ cloud, onClose }: { cloud: Cloud | null; onClose: () => void }) {
  const trpc = useTRPC();
  const known = useQuery(trpc.placement.strategies.queryOptions());
  const [name, setName] = useState(cloud?.name ?? '');
  const [strategies, setStrategies] = useState<readonly StrategyChoice[]>(cloud?.strategies ?? []);
  const [pool, setPool] = useState(() => {
    const { from, to } = cloud?.portPool ?? DEFAULT_PORT_POOL;
    return { from: String(from), to: String(to) };
  });
  const [registry, setRegistry] = useState(cloud?.imageRegistry ?? '');
  const [networks, setNetworks] = useState(() => networkingChoices(cloud));
  const provider = NETWORK_PROVIDERS.find(({ id }) => id === networks.provider);
  const create = useMutation(trpc.cloud.create.mutationOptions({ onSuccess: onClose }));
  const update = useMutation(trpc.cloud.update.mutationOptions({ onSuccess: onClose }));
  const failure = create.error ?? update.error ?? known.error;
  const submit = () => {
    const settings = {
      name,
      strategies: strategies.map(({ strategy, config }) => ({ strategy, config: { ...config } })),
      portPool: { from: Number(pool.from), to: Number(pool.to) },
      imageRegistry: registry.trim(),
      ...networkingInput(cloud, networks),
    };
    if (cloud) update.mutate({ cloudId: cloud.id, ...settings });
    else create.mutate(settings);
  };
  return (
    <FormDialog
      title={cloud ? `Cloud ${cloud.name}` : 'Add a cloud'}
      action={cloud ? 'Save cloud' : 'Add cloud'}
      busy={create.isPending || update.isPending}
      error={failure}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" hint="What blueprints give as location." className="col-span-2">
        <Input required spellCheck={false} placeholder="my-docker-cloud" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <div className="col-span-2">
        <StrategyList known={known.data ?? []} value={strategies} onChange={setStrategies} />
      </div>
      <Field label="Host ports from">
        <Input inputMode="numeric" required value={pool.from} onChange={(event) => setPool({ ...pool, from: event.target.value })} />
      </Field>
      <Field label="to">
        <Input inputMode="numeric" required value={pool.to} onChange={(event) => setPool({ ...pool, to: event.target.value })} />
      </Field>
      <Field
        label="Registry of built images"
        hint="Images that one host builds are pushed there for the others. Empty: each builds its own."
        className="col-span-2"
      >
        <Input
          spellCheck={false}
          placeholder="registry.example.org:5000/team"
          value={registry}
          onChange={(event) => setRegistry(event.target.value)}
        />
      </Field>
      <Field
        label="Networks of applications"
        className="col-span-2"
        hint={provider?.hint ?? 'For new networks; those that are there keep theirs.'}
      >
        <Select
          aria-label="Networks of applications"
          value={networks.provider}
          onChange={(id) => setNetworks({ ...networks, provider: id })}
          options={[
            { value: NO_PROVIDER, label: 'End at a host' },
            ...NETWORK_PROVIDERS.map(({ id, choice }) => ({ value: id, label: choice })),
          ]}
        />
      </Field>
      {networks.provider === NO_PROVIDER ? null : (
        <Field label="Their addresses" className="col-span-2" hint="A range that nothing else of yours uses.">
          <Input
            spellCheck={false}
            required
            value={networks.pool}
            onChange={(event) => setNetworks({ ...networks, pool: event.target.value })}
          />
        </Field>
      )}
      {networks.provider === 'cni' ? (
        <Field
          label="Configuration of CNI"
          hint="A list or one plug-in as JSON; {network}, {subnet}, {mtu} and {device} stand for those of each network. Empty: macvlan."
          className="col-span-2"
        >
          <Textarea
            rows={5}
            spellCheck={false}
            placeholder='{ "type": "macvlan", "master": "{device}" }'
            value={networks.conflist}
            onChange={(event) => setNetworks({ ...networks, conflist: event.target.value })}
          />
        </Field>
      ) : null}
      {networks.provider === 'overlay' ? (
        <div className="col-span-2">
          <Checkbox
            checked={networks.encrypted}
            onChange={(encrypted) => setNetworks({ ...networks, encrypted })}
            label="Encrypted between hosts"
            hint="By IPsec, which their kernels have to have (ESP with AES-GCM). For new networks."
          />
        </div>
      ) : null}
    </FormDialog>
  );
}
