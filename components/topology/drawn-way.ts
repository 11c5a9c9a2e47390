import type { DrawnWay } from '@/components/canvas/drawn-edges.ts';
import type { ReachAnswer } from '@/server/domain/network/reach-answer.ts';
import type { Lan, TopologyGraph } from './topology-graph.ts';

/** What of the canvas a try passed: both containers, the network they share, and where they are on two hosts these and the hosts' own network. */
export function drawnWay({ from, to, network, reached }: ReachAnswer, graph: TopologyGraph, lans: readonly Lan[]): DrawnWay {
  const [first, second] = [from, to].map(({ instanceId }) => graph.containers.find((one) => one.instanceId === instanceId));
  const shared = graph.networks.find(
    (row) => row.network.name === network && first?.networkIds.includes(row.network.id) && second?.networkIds.includes(row.network.id),
  );
  const isFar = from.hostId !== to.hostId;
  const lan = isFar ? lans.find(({ hostIds }) => hostIds.includes(from.hostId) && hostIds.includes(to.hostId)) : undefined;
  return {
    ids: [
      from.instanceId,
      to.instanceId,
      ...(shared ? [shared.network.id] : []),
      ...(lan ? [String(from.hostId), String(to.hostId), lan.id] : []),
    ],
    isOpen: reached,
  };
}
