'use client';
import '@xyflow/react/dist/style.css';
import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  MiniMap,
  type Node,
  type OnNodeDrag,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import type { Lan, TopologyGraph } from '@/components/topology/topology-graph.ts';
import type { Point } from '@/components/topology/topology-layout.ts';
import { ContainerNode } from './container-node.tsx';
import { type Cells, type FlowEdge, type FlowNode, flowPicture, reuse } from './flow-nodes.ts';
import { HostNode } from './host-node.tsx';
import { NetworkNode } from './network-node.tsx';
import { ReferenceEdge } from './reference-edge.tsx';

const NODE_TYPES = { host: HostNode, container: ContainerNode, network: NetworkNode };
const EDGE_TYPES = { reference: ReferenceEdge };
/** The library's own colours, taken from ours. */
const COLORS = {
  '--xy-controls-button-background-color': 'var(--surface)',
  '--xy-controls-button-background-color-hover': 'var(--sunken)',
  '--xy-controls-button-color': 'var(--ink-2)',
  '--xy-controls-button-color-hover': 'var(--ink)',
  '--xy-controls-button-border-color': 'var(--line)',
  '--xy-controls-box-shadow': 'none',
} as CSSProperties;
const FIT = { padding: 0.12, minZoom: 0.5, maxZoom: 1 } as const;

export interface TopologyCanvasProps {
  graph: TopologyGraph;
  lans: readonly Lan[];
  positions: Readonly<Record<string, Point>>;
  onMove: (positions: Readonly<Record<string, Point>>) => void;
  selected: string;
  onSelect: (id: string) => void;
  nameOf: (entityId: string) => string;
}

/** Hosts, their containers, networks and references. Nothing moves but by the operator's hand or *Tidy*. */
export function TopologyCanvas(props: TopologyCanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ graph, lans, positions, onMove, selected, onSelect, nameOf }: TopologyCanvasProps) {
  const flow = useReactFlow();
  const cells = useRef<ReadonlyMap<string, Cells>>(new Map());
  const drawn = useRef({ nodes: new Map<string, FlowNode>(), edges: new Map<string, FlowEdge>() });
  const [hovered, setHovered] = useState<string | null>(null);
  const [dragged, setDragged] = useState<Readonly<Record<string, Point>>>({});

  const picture = useMemo(() => {
    const next = flowPicture({ graph, lans, positions: { ...positions, ...dragged }, cells: cells.current, selected, nameOf });
    const nodes = reuse(drawn.current.nodes, next.nodes);
    const edges = reuse(drawn.current.edges, next.edges);
    return { ...next, nodes, edges };
  }, [graph, lans, positions, dragged, selected, nameOf]);

  useEffect(() => {
    cells.current = picture.cells;
    drawn.current = {
      nodes: new Map(picture.nodes.map((node) => [node.id, node])),
      edges: new Map(picture.edges.map((edge) => [edge.id, edge])),
    };
  }, [picture]);

  const near = useMemo(() => neighbours(picture.edges, hovered), [picture.edges, hovered]);
  const edges = useMemo(() => picture.edges.map((edge) => toFlowEdge(edge, hovered, near)), [picture.edges, hovered, near]);
  const nodes = useMemo(
    () =>
      picture.nodes.map(
        (node): Node => ({ ...node, style: { opacity: isDimmed(node, hovered, near) ? 0.35 : 1 }, connectable: false, deletable: false }),
      ),
    [picture.nodes, hovered, near],
  );

  const onDrag: OnNodeDrag = (_, node) => setDragged({ [node.id]: node.position });
  const onDragStop: OnNodeDrag = (_, node) => {
    onMove({ ...positions, ...picture.positions, [node.id]: snapped(node.position) });
    setDragged({});
  };
  const count = picture.nodes.length;
  const fitted = useRef(0);
  useEffect(() => {
    // Fit once when the first hosts are there; later the view is the operator's.
    if (fitted.current === 0 && count > 0) requestAnimationFrame(() => void flow.fitView(FIT));
    fitted.current = count;
  }, [count, flow]);

  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodeClick={(_, node) => onSelect(node.id)}
      onPaneClick={() => onSelect('')}
      onNodeMouseEnter={(_, node) => setHovered(node.type === 'container' ? node.id : null)}
      onNodeMouseLeave={() => setHovered(null)}
      onNodeDrag={onDrag}
      onNodeDragStop={onDragStop}
      onNodesChange={(changes) => {
        // Keyboard: Enter on a focused node selects it.
        for (const change of changes) if (change.type === 'select' && change.selected) onSelect(change.id);
      }}
      onlyRenderVisibleElements
      nodesConnectable={false}
      minZoom={0.1}
      maxZoom={2}
      proOptions={{ hideAttribution: true }}
      aria-label="Topology"
      className="bg-ground"
      style={COLORS}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1} color="var(--line-strong)" bgColor="var(--ground)" />
      <Controls showInteractive={false} fitViewOptions={FIT} className="max-sm:hidden" />
      {count > 30 ? (
        <MiniMap
          pannable
          zoomable
          className="max-md:hidden"
          bgColor="var(--surface)"
          maskColor="var(--hover)"
          nodeColor="var(--line-strong)"
        />
      ) : null}
    </ReactFlow>
  );
}

function toFlowEdge(edge: FlowEdge, hovered: string | null, near: ReadonlySet<string>): Edge {
  const lit = hovered !== null && (edge.source === hovered || edge.target === hovered);
  const common = { id: edge.id, source: edge.source, target: edge.target, deletable: false, focusable: false };
  if (edge.kind === 'attachment') {
    return {
      ...common,
      type: 'straight',
      sourceHandle: 'lan',
      targetHandle: edge.source,
      style: { stroke: 'var(--series-2)', strokeWidth: 1.5, opacity: hovered ? 0.25 : 0.7 },
    };
  }
  return {
    ...common,
    type: 'reference',
    zIndex: lit ? 20 : 10,
    data: { label: edge.label, lit },
    style: {
      stroke: lit ? 'var(--accent)' : 'var(--ink-3)',
      strokeWidth: lit ? 1.75 : 1,
      opacity: hovered && !lit ? 0.1 : near.size > 0 ? 1 : 0.55,
    },
  };
}

/** The hovered container and all it refers to or is referred to by. */
function neighbours(edges: readonly FlowEdge[], hovered: string | null): ReadonlySet<string> {
  if (hovered === null) return new Set();
  return new Set(
    edges.flatMap((edge) => (edge.source === hovered || edge.target === hovered ? [edge.source, edge.target] : [])).concat(hovered),
  );
}

function isDimmed(node: FlowNode, hovered: string | null, near: ReadonlySet<string>): boolean {
  return hovered !== null && node.type === 'container' && !near.has(node.id);
}

function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / 4) * 4, y: Math.round(y / 4) * 4 };
}
