'use client';
import { useQuery } from '@tanstack/react-query';
import { Network, Unplug } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useRecord } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { AttachNetwork, DetachNetwork } from './network-acts.tsx';

type Asking = { readonly act: 'attach' } | { readonly act: 'detach'; readonly network: string };

/** Networks that an entity is on, with its address where it has one container, and a way onto others. */
export function NetworkList({ entity }: { entity: Entity }) {
  const trpc = useTRPC();
  const mayOperate = useMay('operate');
  const [asking, setAsking] = useState<Asking | null>(null);
  const instance = useRecord('instance', entity.instanceId);
  const joinable = useQuery(trpc.network.joinable.queryOptions({ entityId: entity.id }, { staleTime: 0 }));
  const { refetch } = joinable;
  const seen = JSON.stringify([entity.networks, instance?.spec.networks?.map(({ name }) => name)]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again as its networks change, by whomever
  useEffect(() => void refetch(), [seen]);
  const all = joinable.data ?? [];
  const on = all.filter(({ isOn }) => isOn);
  const close = (): void => setAsking(null);
  return (
    <section aria-label="Networks">
      <header className="mb-1 flex flex-wrap items-center gap-2">
        <h2 className="font-semibold text-sm">Networks</h2>
        {instance?.rejoin ? <Badge tone="busy">changing</Badge> : null}
        {mayOperate && all.some(({ isOn }) => !isOn) ? (
          <Button className="ml-auto" onClick={() => setAsking({ act: 'attach' })}>
            <Network aria-hidden />
            Attach…
          </Button>
        ) : null}
      </header>
      {joinable.isPending ? <Skeleton className="h-8" /> : null}
      {joinable.error ? <ErrorState compact error={toErrorView(joinable.error)} /> : null}
      {joinable.data && on.length === 0 ? (
        <p className="text-ink-2 text-sm">None of its own: it is on its host’s, and is reached by published ports only.</p>
      ) : null}
      {on.length > 0 ? (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line">
          {on.map(({ name, subnet }) => {
            const endpoint = instance?.endpoints?.find(({ network }) => network === name);
            return (
              <li key={name} className="flex min-h-row items-center gap-2 px-3 py-0.5">
                {endpoint ? (
                  <Link href={`/networks?network=${encodeURIComponent(endpoint.networkId)}`} className="font-medium hover:underline">
                    {name}
                  </Link>
                ) : (
                  <span className="font-medium">{name}</span>
                )}
                <code className="min-w-0 truncate text-ink-2 text-xs">{endpoint?.address ?? subnet ?? ''}</code>
                {mayOperate && on.length > 1 ? (
                  <Button
                    variant="ghost"
                    className="ml-auto"
                    aria-label={`Detach from ${name}…`}
                    onClick={() => setAsking({ act: 'detach', network: name })}
                  >
                    <Unplug aria-hidden />
                    Detach…
                  </Button>
                ) : null}
              </li>
            );
          })}
        </ul>
      ) : null}
      {asking?.act === 'attach' ? <AttachNetwork entity={entity} networks={all.filter(({ isOn }) => !isOn)} onClose={close} /> : null}
      {asking?.act === 'detach' ? <DetachNetwork entity={entity} network={asking.network} onClose={close} /> : null}
    </section>
  );
}
