'use client';
import { useQuery } from '@tanstack/react-query';
import { AttachNetwork, DetachNetwork } from '@/components/inspector/network-acts.tsx';
import { useRecord } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { TopologyGraph } from './topology-graph.ts';

/** What is asked about before it is done. */
export interface NetworkAct {
  readonly kind: 'attach' | 'detach';
  readonly instanceId: string;
  readonly networkId: string;
}

/** The dialog of an act on the canvas, however it was asked for. */
export function NetworkActDialog({ act, graph, onClose }: { act: NetworkAct; graph: TopologyGraph; onClose: () => void }) {
  const instance = useRecord('instance', act.instanceId);
  const entity = useRecord('entity', instance?.entityId);
  const network = graph.networks.find((row) => row.network.id === act.networkId)?.network.name;
  if (!entity || network === undefined) return null;
  if (act.kind === 'detach') return <DetachNetwork entity={entity} network={network} onClose={onClose} />;
  return <AttachTo entity={entity} network={network} onClose={onClose} />;
}

function AttachTo({ entity, network, onClose }: { entity: Entity; network: string; onClose: () => void }) {
  const trpc = useTRPC();
  const joinable = useQuery(trpc.network.joinable.queryOptions({ entityId: entity.id }, { staleTime: 0, gcTime: 0 }));
  const networks = joinable.data?.filter(({ name, isOn }) => name === network && !isOn);
  return networks ? <AttachNetwork entity={entity} networks={networks} onClose={onClose} /> : null;
}
