import type { Lan, TopologyGraph } from '../topology/topology-graph.ts';
import { assignCells, chipPosition, HOST, hostSize, LANE, type Point, placeHosts } from '../topology/topology-layout.ts';

export type Cells = ReadonlyMap<string, { readonly cell: number; readonly entityId: string }>;

/** What React Flow draws, without its types: a box a host, a chip a container, a lane a network. */
export interface FlowNode {
  readonly id: string;
  readonly type: 'host' | 'container' | 'network';
  readonly parentId?: string;
  readonly position: Point;
  readonly width: number;
  readonly height: number;
  readonly draggable: boolean;
  readonly selected: boolean;
  readonly ariaLabel: string;
  readonly data: { readonly recordId: string; readonly entityId: string; readonly plugs: readonly Plug[] };
}

/** Where a host's line meets a lane: from the lane's left edge, in flow units. */
export interface Plug {
  readonly hostId: string;
  readonly x: number;
}

export interface FlowEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly kind: 'reference' | 'attachment';
  readonly label: string;
}

export interface FlowInput {
  readonly graph: TopologyGraph;
  readonly lans: readonly Lan[];
  /** Where the operator put things. */
  readonly positions: Readonly<Record<string, Point>>;
  /** Cells of the chips as they were drawn last, for each host. */
  readonly cells: ReadonlyMap<string, Cells>;
  readonly selected: string;
  /** Names for screen readers. */
  readonly nameOf: (entityId: string) => string;
}

export interface FlowPicture {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly cells: ReadonlyMap<string, Cells>;
  readonly positions: Readonly<Record<string, Point>>;
}

/** The picture of a graph: everything that was drawn stays where it is, what is new gets a free place. */
export function flowPicture({ graph, lans, positions, cells, selected, nameOf }: FlowInput): FlowPicture {
  const byHost = Map.groupBy(graph.containers, (container) => container.hostId);
  const nextCells = new Map(
    graph.hosts.map((host) => [String(host.id), assignCells(cells.get(host.id) ?? new Map(), byHost.get(host.id) ?? [])]),
  );
  const rowsOf = (hostId: string) => Math.max(0, ...[...(nextCells.get(hostId)?.values() ?? [])].map(({ cell }) => cell + 1));
  const sized = graph.hosts.map((host) => ({ id: String(host.id), size: hostSize(rowsOf(host.id)) }));
  const placed = placeHosts(sized, positions);

  const hosts = graph.hosts.map((host): FlowNode => {
    const size = hostSize(rowsOf(host.id));
    return {
      id: host.id,
      type: 'host',
      position: placed[host.id] ?? { x: 0, y: 0 },
      ...size,
      draggable: true,
      selected: selected === host.id,
      ariaLabel: `Host ${host.name}`,
      data: { recordId: host.id, entityId: '', plugs: [] },
    };
  });
  const chips = graph.containers
    .filter((container) => nextCells.has(container.hostId))
    .map((container): FlowNode => {
      const cell = nextCells.get(container.hostId)?.get(container.instanceId)?.cell ?? 0;
      return {
        id: container.instanceId,
        type: 'container',
        parentId: container.hostId,
        position: chipPosition(cell),
        width: HOST.chip.width,
        height: HOST.chip.height,
        draggable: false,
        selected: selected === container.instanceId,
        ariaLabel: `Container of ${nameOf(container.entityId)}`,
        data: { recordId: container.instanceId, entityId: container.entityId, plugs: [] },
      };
    });
  const bottom = Math.max(0, ...hosts.map((host) => host.position.y + host.height));
  const right = Math.max(LANE.width, ...hosts.map((host) => host.position.x + host.width));
  const lanes = lans.map((lan, index): FlowNode => {
    const position = positions[lan.id] ?? { x: 0, y: bottom + HOST.gap + index * (LANE.height + 16) };
    const plugged = hosts.filter((host) => lan.hostIds.includes(host.id));
    return {
      id: lan.id,
      type: 'network',
      position,
      width: right,
      height: LANE.height,
      draggable: true,
      selected: selected === lan.id,
      ariaLabel: `Network ${lan.name}`,
      data: {
        recordId: lan.id,
        entityId: '',
        plugs: plugged.map((host) => ({ hostId: host.id, x: clamp(host.position.x + host.width / 2 - position.x, 8, right - 8) })),
      },
    };
  });
  return {
    nodes: [...lanes, ...hosts, ...chips],
    edges: [
      ...lans.flatMap((lan) =>
        lan.hostIds.map(
          (hostId): FlowEdge => ({ id: `${hostId}~${lan.id}`, source: hostId, target: lan.id, kind: 'attachment', label: '' }),
        ),
      ),
      ...graph.links.map(
        (link): FlowEdge => ({ id: link.id, source: link.from, target: link.to, kind: 'reference', label: link.labels.join(', ') }),
      ),
    ],
    cells: nextCells,
    positions: placed,
  };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/** Keeps the very objects of last time where nothing changed, so that React Flow renders only what did. */
export function reuse<T extends { readonly id: string }>(before: ReadonlyMap<string, T>, next: readonly T[]): T[] {
  return next.map((item) => {
    const old = before.get(item.id);
    return old && JSON.stringify(old) === JSON.stringify(item) ? old : item;
  });
}
