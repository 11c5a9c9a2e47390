'use client';
import { useRecord } from '@/components/live/use-live.ts';
import { AttachNetwork } from '@/components/networks/attach-network.tsx';
import { DetachNetwork } from '@/components/networks/detach-network.tsx';
import type { TopologyGraph } from './topology-graph.ts';

/** What is asked about before it is done. */
export interface NetworkAct {
  readonly kind: 'attach' | 'detach';
  readonly instanceId: string;
  /** Empty where it is still to be chosen. */
  readonly networkId: string;
}

/** The dialog of an act on the canvas, however it was asked for. */
export function NetworkActDialog({ act, graph, onClose }: { act: NetworkAct; graph: TopologyGraph; onClose: () => void }) {
  const instance = useRecord('instance', act.instanceId);
  const entity = useRecord('entity', instance?.entityId);
  if (!entity) return null;
  const name = graph.networks.find(({ network }) => network.id === act.networkId)?.network.name ?? '';
  return act.kind === 'attach' ? (
    <AttachNetwork entity={entity} network={name} onClose={onClose} />
  ) : (
    <DetachNetwork entity={entity} networkId={act.networkId} onClose={onClose} />
  );
}
