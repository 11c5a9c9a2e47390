import type { NetworkTrace } from '../topology/network-trace.ts';
import type { TopologyGraph } from '../topology/topology-graph.ts';

export interface FlowEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** `attachment`: a host on the network of its cloud. `bundle`: containers of one box on one network, drawn as one line. */
  readonly kind: 'reference' | 'attachment' | 'membership' | 'bundle';
  readonly label: string;
  /** Of its network; null for other edges. */
  readonly trace: NetworkTrace | null;
}

export interface MembershipLight {
  readonly selected: readonly string[];
  /** Where there are more lines those of a box become one, and only what is selected shows its own. */
  readonly mostLines: number;
}

/** Who is on which network. A container in the box of a network has no line to that. */
export function membershipEdges(
  { containers, boxes, traces }: TopologyGraph,
  { selected, mostLines }: MembershipLight,
): readonly FlowEdge[] {
  const lines = containers.flatMap(({ instanceId, boxId, networkIds }) =>
    networkIds.filter((id) => id !== boxId).map((networkId) => ({ instanceId, boxId, networkId })),
  );
  const chosen = new Set(selected.flatMap((id) => toMembership(id) ?? [id]));
  const isFew = lines.length <= mostLines;
  const own = lines.filter(({ instanceId, networkId }) => isFew || chosen.has(instanceId) || chosen.has(networkId));
  const bundled = isFew ? new Map<string, typeof lines>() : Map.groupBy(lines, ({ boxId, networkId }) => `${boxId}~${networkId}`);
  const drawn = new Set(boxes.map(({ id }) => id));
  return [
    ...own.map(
      ({ instanceId, networkId }): FlowEdge => ({
        id: membershipId(instanceId, networkId),
        source: instanceId,
        target: networkId,
        kind: 'membership',
        label: '',
        trace: traces.get(networkId) ?? null,
      }),
    ),
    ...[...bundled].flatMap(([id, some]): FlowEdge[] => {
      const [first] = some;
      if (!first || !drawn.has(first.boxId) || chosen.has(first.networkId)) return [];
      return [
        {
          id,
          source: first.boxId,
          target: first.networkId,
          kind: 'bundle',
          label: String(some.length),
          trace: traces.get(first.networkId) ?? null,
        },
      ];
    }),
  ];
}

/** One container on one network, as a selection in the URL. */
export function membershipId(instanceId: string, networkId: string): string {
  return `${instanceId}~${networkId}`;
}

/** Null for the id of anything else. */
export function toMembership(id: string): readonly [instanceId: string, networkId: string] | null {
  const at = id.indexOf('~');
  return at < 0 ? null : [id.slice(0, at), id.slice(at + 1)];
}
