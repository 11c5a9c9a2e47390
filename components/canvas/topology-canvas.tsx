'use client';
import '@xyflow/react/dist/style.css';
import {
  type FitViewOptions,
  type Node,
  type OnMove,
  type OnNodeDrag,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type Viewport,
} from '@xyflow/react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Lan, TopologyGraph } from '@/components/topology/topology-graph.ts';
import { HOST, type Point } from '@/components/topology/topology-layout.ts';
import { CanvasFurniture } from './canvas-furniture.tsx';
import { ContainerNode } from './container-node.tsx';
import { type DrawnWay, neighbours, toFlowEdge } from './drawn-edges.ts';
import { FLOW_COLORS } from './flow-colors.ts';
import { type Cells, type FlowNode, flowPicture, isThicket, reuse } from './flow-nodes.ts';
import { focusNode } from './focus-node.ts';
import { GroupNode } from './group-node.tsx';
import { HostNode } from './host-node.tsx';
import { hostUnder } from './host-under.ts';
import { LaneNode, LanNode } from './lane-node.tsx';
import { MembershipEdge } from './membership-edge.tsx';
import { type FlowEdge, toMembership } from './membership-edges.ts';
import { ReferenceEdge } from './reference-edge.tsx';
import { useFar } from './use-far.ts';
import { useWireWalk } from './use-wire-walk.ts';
import { nextNode, toDirection, type WalkedNode } from './walk-nodes.ts';

const NODE_TYPES = { host: HostNode, 'group-box': GroupNode, container: ContainerNode, lane: LaneNode, lan: LanNode };
const EDGE_TYPES = { reference: ReferenceEdge, membership: MembershipEdge };
const FIT = { padding: 0.12, minZoom: 0.5, maxZoom: 1 } as const;
/** Where so many cannot be read at once, all are shown from afar: boxes tell there how many of their containers are in which state. */
const FIT_ALL = { padding: 0.04, minZoom: 0.1, maxZoom: 1 } as const;
const MOST_READ = 150;
/** Pixels below which nothing but a box or two could be read: a phone. */
const NARROW = 640;

export interface TopologyCanvasProps {
  graph: TopologyGraph;
  lans: readonly Lan[];
  positions: Readonly<Record<string, Point>>;
  onMove: (positions: Readonly<Record<string, Point>>) => void;
  /** Ids of nodes, or of one container on one network. */
  selected: string;
  /** A second container, to ask whether the first reaches it. */
  second: string;
  /** The way between the two, once it is known. */
  way: DrawnWay | null;
  /** `isSecond`: beside the first, as Shift asks for. */
  onChoose: (id: string, isSecond: boolean) => void;
  /** Pulled from a container to a network; absent where the operator may not. */
  onJoin?: (instanceId: string, networkId: string) => void;
  /** The Delete key on a container's line into a network. */
  onLeave?: (instanceId: string, networkId: string) => void;
  /** A container dragged onto a host, or M for any other; absent where the operator may not, or boxes are no hosts. */
  onMoveTo?: (instanceId: string, hostId: string | null) => void;
  nameOf: (entityId: string) => string;
  /** The box that was opened, which is fitted first; empty where the whole is shown. */
  boxId: string;
  /** What part is looked at, `x,y,zoom`; empty before it was moved. */
  view: string;
  onView: (view: string) => void;
}

/** Boxes, their containers, networks and references. Nothing moves but by the operator's hand or *Tidy*. Arrows walk, E leads to lines, Enter opens. */
export function TopologyCanvas(props: TopologyCanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow(props: TopologyCanvasProps) {
  const { graph, lans, positions, onMove, selected, second, way, onChoose, onJoin, onLeave, onMoveTo, nameOf, boxId, view, onView } = props;
  const flow = useReactFlow();
  const cells = useRef<ReadonlyMap<string, Cells>>(new Map());
  const drawn = useRef({ nodes: new Map<string, FlowNode>(), edges: new Map<string, FlowEdge>() });
  const [hovered, setHovered] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const [dragged, setDragged] = useState<Readonly<Record<string, Point>>>({});
  const [target, setTarget] = useState<string | null>(null);

  const isFar = useFar();
  const thick = useMemo(() => isThicket(graph), [graph]);
  const lit = thick ? (hovered ?? focused) : null;
  const picture = useMemo(() => {
    const chosen = [selected, second].filter((id) => id !== '');
    const places = { ...positions, ...dragged };
    const light = { selected: chosen, hovered: lit, isFar };
    const next = flowPicture({ graph, lans, positions: places, cells: cells.current, nameOf, ...light });
    const nodes = reuse(drawn.current.nodes, next.nodes);
    const edges = reuse(drawn.current.edges, next.edges);
    return { ...next, nodes, edges };
  }, [graph, lans, positions, dragged, selected, second, lit, isFar, nameOf]);

  useEffect(() => {
    cells.current = picture.cells;
    drawn.current = {
      nodes: new Map(picture.nodes.map((node) => [node.id, node])),
      edges: new Map(picture.edges.map((edge) => [edge.id, edge])),
    };
  }, [picture]);

  const near = useMemo(() => neighbours(picture.edges, hovered), [picture.edges, hovered]);
  const walk = useWireWalk({
    wires: useMemo(() => picture.edges.map(({ id, source, target, label }) => ({ id, from: source, to: target, label })), [picture.edges]),
    titleOf: (id) => picture.nodes.find((node) => node.id === id)?.ariaLabel ?? id,
    onFollow: (id) => focusNode(flow, id),
    removal: ({ id }) => {
      const membership = picture.edges.some((edge) => edge.id === id && edge.kind === 'membership') ? toMembership(id) : null;
      return membership && onLeave ? () => onLeave(...membership) : null;
    },
  });
  const lookedAt = walk.wire?.id ?? selected;
  const edges = useMemo(
    () => picture.edges.map((edge) => toFlowEdge(edge, { hovered, near, selected: lookedAt, way })),
    [picture.edges, hovered, near, lookedAt, way],
  );
  const made = useRef(new WeakMap<FlowNode, Map<string, Node>>());
  const nodes = useMemo(
    () =>
      picture.nodes.map((node) => {
        const light = { isDimmed: isDimmed(node, hovered, near), connectable: onJoin !== undefined };
        const drawn = toNode(made.current, node, { ...light, isMovable: onMoveTo !== undefined });
        const at = node.type === 'container' ? dragged[node.id] : undefined;
        if (at) return { ...drawn, position: at, zIndex: 40 };
        return node.id === target ? { ...drawn, className: 'rounded-lg ring-2 ring-accent' } : drawn;
      }),
    [picture.nodes, hovered, near, onJoin, onMoveTo, dragged, target],
  );

  const onDrag: OnNodeDrag = (_, node) => {
    setDragged({ [node.id]: node.position });
    setTarget(node.type === 'container' ? hostUnder(picture.nodes, node.id, node.position) : null);
  };
  const onDragStop: OnNodeDrag = (_, node) => {
    setTarget(null);
    if (node.type === 'container') {
      const hostId = hostUnder(picture.nodes, node.id, node.position);
      setDragged({});
      if (hostId !== null) onMoveTo?.(node.id, hostId);
      return;
    }
    onMove({ ...positions, ...picture.positions, [node.id]: snapped(node.position) });
    setDragged({});
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const membership = toMembership(selected);
    if (event.key === 'Delete' && membership && onLeave) return onLeave(...membership);
    const at = event.target instanceof HTMLElement ? event.target.closest('.react-flow__node')?.getAttribute('data-id') : null;
    if (!at || event.ctrlKey || event.metaKey || event.altKey || walk.onKeyDown(event, at)) return;
    if (event.key === 'm' && onMoveTo && graph.containers.some(({ instanceId }) => instanceId === at)) {
      event.preventDefault();
      return onMoveTo(at, null);
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose(at, event.shiftKey);
    }
    const direction = toDirection(event.key);
    const next = direction && nextNode(walkedNodes(picture.nodes), at, direction);
    if (!next) return;
    event.preventDefault();
    focusNode(flow, next);
  };
  const count = picture.nodes.length;
  const isNarrow = useStore(({ width }) => width > 0 && width < NARROW);
  const fit = useMemo(() => {
    if (boxId !== '') return { ...FIT, nodes: [{ id: boxId }] };
    return isNarrow || graph.containers.length > MOST_READ ? FIT_ALL : FIT;
  }, [boxId, isNarrow, graph.containers.length]);
  const [begun] = useState(() => parseView(view));
  // Many begin from afar, where they will be fitted: near, chips would be drawn that nobody gets to see.
  const start = begun ?? (fit === FIT_ALL ? { x: 0, y: 0, zoom: FIT_ALL.minZoom } : null);
  const isMoved = useRef(begun !== null);
  const latestFit = useRef<FitViewOptions>(fit);
  useEffect(() => {
    latestFit.current = fit;
  }, [fit]);
  const isDrawn = count > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a pane that becomes narrow, as a phone that is turned, is fitted anew
  useEffect(() => {
    // Once the first hosts are there; when it was moved, the view is the operator's.
    if (!isDrawn || isMoved.current) return;
    const frame = requestAnimationFrame(() => void flow.fitView(latestFit.current));
    return () => cancelAnimationFrame(frame);
  }, [isDrawn, isNarrow, flow]);
  const onMoveEnd: OnMove = (event, { x, y, zoom }) => {
    if (event) isMoved.current = true;
    if (isMoved.current) onView([x, y, zoom].map(rounded).join());
  };

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodeClick={(event, node) => onChoose(node.id, event.shiftKey)}
      onEdgeClick={(_, edge) => (edge.type === 'membership' && toMembership(edge.id) ? onChoose(edge.id, false) : undefined)}
      onPaneClick={() => onChoose('', false)}
      onNodeMouseEnter={(_, node) => setHovered(node.type === 'container' || node.type === 'lane' ? node.id : null)}
      onNodeMouseLeave={() => setHovered(null)}
      onNodeDrag={onDrag}
      onNodeDragStop={onDragStop}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => setFocused(target.matches(':focus-visible') ? lightId(picture.nodes, target) : null)}
      onBlur={() => {
        walk.forget();
        setFocused(null);
      }}
      onConnect={({ source, target }) => onJoin?.(source, target)}
      isValidConnection={({ source, target }) => mayJoin(graph, source, target)}
      // Arrows walk from node to node here, and Shift adds the second container.
      disableKeyboardA11y
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      deleteKeyCode={null}
      onlyRenderVisibleElements
      {...(start ? { defaultViewport: start } : {})}
      onMoveEnd={onMoveEnd}
      minZoom={0.1}
      maxZoom={2}
      proOptions={{ hideAttribution: true }}
      aria-label="Topology"
      className="bg-ground"
      style={FLOW_COLORS}
    >
      <CanvasFurniture hasMap={count > 30} fit={fit} />
      <p role="status" className="sr-only">
        {walk.said}
      </p>
    </ReactFlow>
  );
}

/** Of what has the focus, a container or a network: where references are many, its own are drawn. */
function lightId(nodes: readonly FlowNode[], target: Element): string | null {
  const id = target.closest('.react-flow__node')?.getAttribute('data-id');
  return nodes.find((node) => node.id === id && (node.type === 'container' || node.type === 'lane'))?.id ?? null;
}

/** Of its application, and not on it yet. What else stands against it the server says. */
function mayJoin({ containers, networks }: TopologyGraph, instanceId: string, networkId: string): boolean {
  const container = containers.find((one) => one.instanceId === instanceId);
  const row = networks.find(({ network }) => network.id === networkId);
  if (!container || !row || container.networkIds.includes(networkId)) return false;
  return row.network.applicationId === container.applicationId;
}

/** Boxes count by their heads, so that the way down leads into them. */
function walkedNodes(nodes: readonly FlowNode[]): readonly WalkedNode[] {
  const parents = new Map(nodes.map((node) => [node.id, node.position]));
  return nodes.map(({ id, type, parentId, position, width, height }) => {
    const parent = (parentId && parents.get(parentId)) || { x: 0, y: 0 };
    const isBox = type === 'host' || type === 'group-box';
    return { id, x: parent.x + position.x, y: parent.y + position.y, width, height: isBox ? HOST.header : height };
  });
}

interface NodeLight {
  readonly isDimmed: boolean;
  readonly connectable: boolean;
  /** A container may be dragged onto another host. */
  readonly isMovable: boolean;
}

/** The very object of last time for the same node in the same light, so that a hover renders only what it dims. */
function toNode(made: WeakMap<FlowNode, Map<string, Node>>, node: FlowNode, { isDimmed, connectable, isMovable }: NodeLight): Node {
  const lights = made.get(node) ?? new Map<string, Node>();
  made.set(node, lights);
  const key = `${isDimmed} ${connectable} ${isMovable}`;
  const known = lights.get(key);
  if (known) return known;
  const drawn: Node = {
    ...node,
    data: { ...node.data },
    // As drawn: where lines begin and end is not measured anew with each hover.
    measured: { width: node.width, height: node.height },
    ...(node.type === 'lane' || node.type === 'lan' ? { zIndex: 6 } : {}),
    style: { opacity: isDimmed ? 0.35 : 1 },
    connectable,
    draggable: node.type === 'container' ? isMovable : node.draggable,
    deletable: false,
  };
  lights.set(key, drawn);
  return drawn;
}

function isDimmed(node: FlowNode, hovered: string | null, near: ReadonlySet<string>): boolean {
  return hovered !== null && node.type === 'container' && !near.has(node.id);
}

/** Null where it says nothing that can be shown. */
function parseView(text: string): Viewport | null {
  const [x, y, zoom] = text.split(',').map(Number);
  if (x === undefined || y === undefined || zoom === undefined || ![x, y, zoom].every(Number.isFinite) || zoom <= 0) return null;
  return { x, y, zoom };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / 4) * 4, y: Math.round(y / 4) * 4 };
}
