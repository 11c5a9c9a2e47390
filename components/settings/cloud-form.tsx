'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Cloud } from '@/server/domain/entity/host.ts';
import type { StrategyChoice } from '@/server/domain/placement/placement.ts';
import { StrategyList } from './strategy-list.tsx';

/** Makes a cloud, or changes one; a change counts for placements from now on and moves nothing. */
export function CloudForm({ cloud, onClose }: { cloud: Cloud | null; onClose: () => void }) {
  const trpc = useTRPC();
  const formId = useId();
  const known = useQuery(trpc.placement.strategies.queryOptions());
  const [name, setName] = useState(cloud?.name ?? '');
  const [strategies, setStrategies] = useState<readonly StrategyChoice[]>(cloud?.strategies ?? []);
  const [pool, setPool] = useState({ from: String(cloud?.portPool.from ?? 32_768), to: String(cloud?.portPool.to ?? 60_999) });
  const create = useMutation(trpc.cloud.create.mutationOptions({ onSuccess: onClose }));
  const update = useMutation(trpc.cloud.update.mutationOptions({ onSuccess: onClose }));
  const failure = create.error ?? update.error ?? known.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const settings = {
      name,
      strategies: strategies.map(({ strategy, config }) => ({ strategy, config: { ...config } })),
      portPool: { from: Number(pool.from), to: Number(pool.to) },
    };
    if (cloud) update.mutate({ cloudId: cloud.id, ...settings });
    else create.mutate(settings);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={cloud ? `Cloud ${cloud.name}` : 'Add a cloud'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending || update.isPending}>
            {cloud ? 'Save cloud' : 'Add cloud'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="grid grid-cols-2 gap-x-3 gap-y-4">
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
        {failure ? <ErrorState error={toErrorView(failure)} compact className="col-span-2" /> : null}
      </form>
    </Dialog>
  );
}
