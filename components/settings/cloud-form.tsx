'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { type Cloud, DEFAULT_PORT_POOL } from '@/server/domain/entity/host.ts';
import { DEFAULT_POOL } from '@/server/domain/network/virtual-network.ts';
import type { StrategyChoice } from '@/server/domain/placement/placement.ts';
import { StrategyList } from './strategy-list.tsx';

const NONE = 'none';

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
  const [provider, setProvider] = useState(cloud?.networking?.provider ?? NONE);
  const [addresses, setAddresses] = useState(cloud?.networking?.pool ?? DEFAULT_POOL);
  const create = useMutation(trpc.cloud.create.mutationOptions({ onSuccess: onClose }));
  const update = useMutation(trpc.cloud.update.mutationOptions({ onSuccess: onClose }));
  const failure = create.error ?? update.error ?? known.error;
  const submit = () => {
    const settings = {
      name,
      strategies: strategies.map(({ strategy, config }) => ({ strategy, config: { ...config } })),
      portPool: { from: Number(pool.from), to: Number(pool.to) },
      imageRegistry: registry.trim(),
      ...networkingOf(cloud, provider, addresses),
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
      <Field label="Networks of applications" hint="For new networks; those that are there keep theirs.">
        <Select
          aria-label="Networks of applications"
          value={provider}
          onChange={setProvider}
          options={[
            { value: NONE, label: 'End at a host' },
            { value: 'vxlan', label: 'Reach all hosts (VXLAN)' },
          ]}
        />
      </Field>
      {provider === NONE ? null : (
        <Field label="Their addresses" hint="A range that nothing else of yours uses.">
          <Input spellCheck={false} required value={addresses} onChange={(event) => setAddresses(event.target.value)} />
        </Field>
      )}
    </FormDialog>
  );
}

/** What is as it was is not sent: it may not be changed below applications. */
function networkingOf(cloud: Cloud | null, provider: string, pool: string) {
  const before = cloud?.networking;
  if (provider === NONE) return before ? { networking: null } : {};
  if (before?.provider === provider && before.pool === pool) return {};
  const { prefix, config } = before ?? {};
  return {
    networking: {
      provider,
      pool: pool.trim(),
      ...(prefix === undefined ? {} : { prefix }),
      ...(config === undefined ? {} : { config: { ...config } }),
    },
  };
}
