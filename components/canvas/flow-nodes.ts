import type { NetworkTrace } from '../topology/network-trace.ts';
import type { Lan, TopologyGraph } from '../topology/topology-graph.ts';
import { assignCells, chipPosition, HOST, hostSize, LANE, type Point, placeHosts } from '../topology/topology-layout.ts';
import { type Link, linksAt, linksUpTo, type Reference } from '../topology/topology-references.ts';
import { type FlowEdge, membershipEdges } from './membership-edges.ts';

export type Cells = ReadonlyMap<string, { readonly cell: number; readonly entityId: string }>;

/** What React Flow draws, without its types: a box a host or another group, a chip a container, a lane a network. */
export interface FlowNode {
  readonly id: string;
  readonly type: 'host' | 'group-box' | 'container' | 'lane' | 'lan';
  readonly parentId?: string;
  readonly position: Point;
  readonly width: number;
  readonly height: number;
  readonly draggable: boolean;
  readonly selected: boolean;
  readonly ariaLabel: string;
  readonly data: FlowData;
}

export interface FlowData {
  readonly recordId: string;
  readonly entityId?: string;
  /** Of a box: the containers in it. */
  readonly instanceIds?: readonly string[];
  /** Of a box or a lane. */
  readonly title?: string;
  readonly note?: string;
  readonly problems?: readonly string[];
  readonly isChanging?: boolean;
  /** Of a network, or of those that a container is on. */
  readonly traces?: readonly NetworkTrace[];
}

export interface FlowInput {
  readonly graph: TopologyGraph;
  readonly lans: readonly Lan[];
  /** Where the operator put things. */
  readonly positions: Readonly<Record<string, Point>>;
  /** Cells of the chips as they were drawn last, for each box. */
  readonly cells: ReadonlyMap<string, Cells>;
  /** Ids of what is selected, the first and the second. */
  readonly selected: readonly string[];
  /** What the pointer is on: where references are many, its own are drawn. */
  readonly hovered: string | null;
  /** Text cannot be read: boxes count their containers, and only lines between boxes and networks are drawn. */
  readonly isFar: boolean;
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
export function flowPicture({ graph, lans, positions, cells, selected, hovered, isFar, nameOf }: FlowInput): FlowPicture {
  const byBox = Map.groupBy(graph.containers, (container) => container.boxId);
  const nextCells = new Map(graph.boxes.map(({ id }) => [id, assignCells(cells.get(id) ?? new Map(), byBox.get(id) ?? [])]));
  const sizes = new Map([...nextCells].map(([id, some]) => [id, hostSize(Math.max(0, ...[...some.values()].map(({ cell }) => cell + 1)))]));
  const sizeOf = (id: string) => sizes.get(id) ?? hostSize(0);
  const placed = placeHosts(
    graph.boxes.map(({ id }) => ({ id, size: sizeOf(id) })),
    positions,
  );
  const boxes = graph.boxes.map(
    (box): FlowNode => ({
      id: box.id,
      type: box.kind === 'host' ? 'host' : 'group-box',
      position: placed[box.id] ?? { x: 0, y: 0 },
      ...sizeOf(box.id),
      draggable: true,
      selected: selected.includes(box.id),
      ariaLabel: box.kind === 'host' ? `Host ${box.name}` : box.kind === 'network' ? `Network ${box.name}` : box.name,
      data: {
        ...(box.kind === 'network' ? networkData(graph, box.id) : { recordId: box.id, title: box.name }),
        instanceIds: (byBox.get(box.id) ?? []).map(({ instanceId }) => instanceId),
      },
    }),
  );
  const chips = (isFar ? [] : graph.containers)
    .filter(({ boxId }) => nextCells.has(boxId))
    .map(
      ({ instanceId, entityId, boxId, networkIds }): FlowNode => ({
        id: instanceId,
        type: 'container',
        parentId: boxId,
        position: chipPosition(nextCells.get(boxId)?.get(instanceId)?.cell ?? 0),
        width: HOST.chip.width,
        height: HOST.chip.height,
        draggable: false,
        selected: selected.includes(instanceId),
        ariaLabel: `Container of ${nameOf(entityId)}`,
        data: { recordId: instanceId, entityId, traces: networkIds.flatMap((id) => graph.traces.get(id) ?? []) },
      }),
    );
  const isByHost = graph.boxes.some(({ kind }) => kind === 'host');
  const isByNetwork = graph.boxes.some(({ kind }) => kind === 'network' || kind === 'none');
  const bands = isByNetwork ? [] : graph.networks.map(({ network }) => network.id);
  const shownLans = isByHost ? lans : [];
  const lanes = placeLanes([...bands, ...shownLans.map(({ id }) => id)], boxes, positions);
  const toLane = (id: string) => ({ id, ...lanes(id), draggable: true, selected: selected.includes(id) });
  return {
    nodes: [
      ...graph.networks
        .filter(({ network }) => bands.includes(network.id))
        .map(
          ({ network }): FlowNode => ({
            ...toLane(network.id),
            type: 'lane',
            ariaLabel: `Network ${network.name}`,
            data: networkData(graph, network.id),
          }),
        ),
      ...shownLans.map(
        ({ id, name }): FlowNode => ({ ...toLane(id), type: 'lan', ariaLabel: `Network ${name}`, data: { recordId: id, title: name } }),
      ),
      ...boxes,
      ...chips,
    ],
    edges: [
      ...shownLans.flatMap(({ id, hostIds }) =>
        hostIds.map(
          (hostId): FlowEdge => ({ id: `${hostId}~${id}`, source: hostId, target: id, kind: 'attachment', label: '', trace: null }),
        ),
      ),
      ...membershipEdges(graph, isFar ? { selected: [], mostLines: 0 } : { selected, mostLines: MOST_LINES }),
      ...drawnLinks(isFar ? [] : graph.references, [...selected, ...(hovered === null ? [] : [hovered])]).map(
        (link): FlowEdge => ({
          id: link.id,
          source: link.from,
          target: link.to,
          kind: 'reference',
          label: link.labels.join(', '),
          trace: null,
        }),
      ),
    ],
    cells: nextCells,
    positions: placed,
  };
}

/** More lines than these are not told apart: those of a box become one, and only what is selected shows its own. */
const MOST_LINES = 60;

/** More arrows than these are a thicket: only those of what is looked at are made and drawn then. */
const MOST_ARROWS = 60;

export function isThicket({ references }: TopologyGraph): boolean {
  return linksUpTo(references, MOST_ARROWS) === null;
}

function drawnLinks(references: readonly Reference[], lookedAt: readonly string[]): readonly Link[] {
  return linksUpTo(references, MOST_ARROWS) ?? linksAt(references, lookedAt);
}

/** Lanes lie below all boxes, as wide as these together, until the operator moves them. */
function placeLanes(ids: readonly string[], boxes: readonly FlowNode[], positions: Readonly<Record<string, Point>>) {
  const bottom = Math.max(0, ...boxes.map((box) => box.position.y + box.height));
  const left = Math.min(...boxes.map((box) => box.position.x), boxes.length === 0 ? 0 : Number.POSITIVE_INFINITY);
  const width = Math.max(LANE.width, ...boxes.map((box) => box.position.x + box.width - left));
  return (id: string) => ({
    position: positions[id] ?? { x: left, y: bottom + HOST.gap + ids.indexOf(id) * (LANE.height + LANE.gap) },
    width,
    height: LANE.height,
  });
}

function networkData({ networks, traces }: TopologyGraph, id: string): FlowData {
  const row = networks.find(({ network }) => network.id === id);
  const trace = traces.get(id);
  if (!row || !trace) return { recordId: id };
  const { network, application, problems, isChanging } = row;
  const { used } = network;
  const room = used === null || network.capacity === null ? '' : `${used} of ${network.capacity} addresses`;
  const note = [application, network.subnet ?? 'bridge of one host', room].filter((text) => text !== '').join(' · ');
  return { recordId: id, title: network.name, note, problems, isChanging, traces: [trace] };
}

/** React Flow gives back what it was given, as unknown. */
export function toFlowData(data: object): Partial<FlowData> {
  return data;
}

/** Keeps the very objects of last time where nothing changed, so that React Flow renders only what did. */
export function reuse<T extends { readonly id: string }>(before: ReadonlyMap<string, T>, next: readonly T[]): T[] {
  return next.map((item) => {
    const old = before.get(item.id);
    return old && JSON.stringify(old) === JSON.stringify(item) ? old : item;
  });
}
