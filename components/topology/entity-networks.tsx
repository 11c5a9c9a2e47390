'use client';
import { Link2, Unlink } from 'lucide-react';
import { NetworkSwatch } from '@/components/canvas/network-swatch.tsx';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { networkTrace } from './network-trace.ts';
import type { ContainerNode, TopologyGraph } from './topology-graph.ts';

export interface EntityNetworksProps {
  container: ContainerNode;
  graph: TopologyGraph;
  /** The network whose line is selected; empty where none is. */
  chosen: string;
  onOpen: (networkId: string) => void;
  onAttach: () => void;
  onDetach: (networkId: string) => void;
}

/** The networks of a container, with what a drag on the canvas and its Delete key do. */
export function EntityNetworks({ container, graph, chosen, onOpen, onAttach, onDetach }: EntityNetworksProps) {
  const may = useMay('operate');
  const rows = graph.networks.filter(({ network }) => container.networkIds.includes(network.id));
  return (
    <section aria-label="Networks" className="flex flex-col items-start gap-1">
      {rows.map(({ network }) => (
        <span key={network.id} className={cx('flex w-full items-center gap-2 rounded-md', network.id === chosen && 'bg-accent-soft')}>
          <NetworkSwatch trace={networkTrace(network.id)} className="w-6 shrink-0" />
          <button type="button" className="truncate font-medium hover:underline" onClick={() => onOpen(network.id)}>
            {network.name}
          </button>
          <code className="text-xs text-ink-3">
            {network.members.find(({ instanceId }) => instanceId === container.instanceId)?.address ?? 'address of Docker'}
          </code>
          {may ? (
            <Button
              variant="ghost"
              square
              className="ml-auto"
              aria-label={`Detach from ${network.name}`}
              onClick={() => onDetach(network.id)}
            >
              <Unlink aria-hidden />
            </Button>
          ) : null}
        </span>
      ))}
      {may ? (
        <Button onClick={onAttach}>
          <Link2 aria-hidden />
          Attach to a network…
        </Button>
      ) : null}
    </section>
  );
}
