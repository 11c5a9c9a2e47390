'use client';
import { useMutation } from '@tanstack/react-query';
import { useLive } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { listNetworks } from '@/server/domain/network/list-networks.ts';

export interface DetachNetworkProps {
  entity: Entity;
  /** Record id. */
  networkId: string;
  onClose: () => void;
}

/** Takes an entity off a network as it runs; says which addresses and names are lost, and who reached it there. */
export function DetachNetwork({ entity, networkId, onClose }: DetachNetworkProps) {
  const trpc = useTRPC();
  const detach = useMutation(trpc.network.detach.mutationOptions({ onSuccess: onClose }));
  const network = useLive(['network', 'virtualNetwork', 'instance', 'host'], listNetworks).find(({ id }) => id === networkId);
  const nameOf = useLive(['entity'], ({ entity: known }) => known);
  if (!network) return null;
  const own = network.members.filter(({ entityId }) => entityId === entity.id);
  const others = network.members.filter(({ entityId }) => entityId !== entity.id);
  const lost = own.flatMap(({ address, aliases }) => [
    ...(address === null ? [] : [`address ${address}`]),
    ...aliases.map((alias) => `name ${network.domain === null ? alias : `${alias}.${network.domain}`}`),
  ]);
  const stranded = [...new Set(others.map(({ entityId }) => nameOf.get(entityId)?.name ?? entityId))].sort();
  return (
    <ActDialog
      act={detach}
      onClose={onClose}
      title={`Detach ${entity.name} from ${network.name}?`}
      description="Its containers go on running; connections over the network end."
      victims={[
        ...(lost.length > 0 ? [{ title: 'What it loses', items: lost }] : []),
        ...(stranded.length > 0
          ? [{ title: `${formatCount(stranded.length, 'entity no longer reaches', 'entities no longer reach')} it there`, items: stranded }]
          : []),
      ]}
      action={`Detach from ${network.name}`}
      onConfirm={() => detach.mutate({ entityId: entity.id, network: network.name })}
    />
  );
}
