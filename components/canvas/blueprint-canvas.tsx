'use client';
import '@xyflow/react/dist/style.css';
import { ConnectionMode, type Edge, type Node, type NodeChange, Panel, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { type DragEvent, type KeyboardEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { BlueprintPicture, DrawnPart, DrawnWire } from '@/components/editor/blueprint-picture.ts';
import type { Places } from '@/components/editor/editor-store.ts';
import type { GhostHost } from '@/components/lenses/ghosts.ts';
import type { Point } from '@/components/topology/topology-layout.ts';
import { AlignMenu } from './align-menu.tsx';
import { type Aligned, alignParts } from './align-parts.ts';
import { CanvasFurniture } from './canvas-furniture.tsx';
import { FLOW_COLORS } from './flow-colors.ts';
import { focusNode, isInView, revealNode } from './focus-node.ts';
import { type PlacedGhostHost, placeGhosts } from './ghost-layout.ts';
import { GhostHostNode, GhostNode, ghostEdges, ghostNodes } from './ghost-nodes.tsx';
import { type GroupActs, GroupMenu } from './group-menu.tsx';
import { PART_DRAG } from './part-drag.ts';
import type { PartFace } from './part-face.ts';
import { PartFinder } from './part-finder.tsx';
import { type PartData, PartNode } from './part-node.tsx';
import { ReferenceEdge } from './reference-edge.tsx';
import { useWireWalk } from './use-wire-walk.ts';
import { nextNode, toDirection, type WalkedNode } from './walk-nodes.ts';

const NODE_TYPES = { part: PartNode, ghost: GhostNode, 'ghost-host': GhostHostNode };
const EDGE_TYPES = { wire: ReferenceEdge };
const FIT = { padding: 0.15, minZoom: 0.5, maxZoom: 1 } as const;
const GRID = 4;
const HEADER = 52;
/** More are drawn only where one looks. */
const MANY = 200;

export interface BlueprintCanvasProps {
  picture: BlueprintPicture;
  worst: ReadonlyMap<string, 'error' | 'warning'>;
  selected: readonly string[];
  onSelect: (keys: readonly string[]) => void;
  /** Enter, or a double click. */
  onOpen: (key: string) => void;
  onPlace: (places: Places) => void;
  /** Absent while nothing can be drawn. */
  onWire?: (from: string, to: string) => void;
  /** Absent while nothing can be drawn. */
  onUnwire?: (wire: DrawnWire) => void;
  /** Absent while nothing can be drawn, or nothing is selected. */
  grouping?: GroupActs;
  /** From the palette: `over` is the part under the pointer. */
  onDropPart?: (data: string, at: Point, over: string | null) => void;
  /** What a lens shows on parts, by their keys; without it they are as drawn. */
  faces?: ReadonlyMap<string, PartFace>;
  /** Where containers of a plan would go. */
  ghosts?: readonly GhostHost[];
  /** Grows when everything is to be brought into view. */
  fitted: number;
  /** Brought into view and given the focus: with another object, again. */
  focused: { readonly key: string } | null;
}

/** The parts of a blueprint. Nothing moves but by hand or *Tidy*. Arrows walk, E leads to lines, Enter opens, Space chooses one more. */
export function BlueprintCanvas(props: BlueprintCanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow(props: BlueprintCanvasProps) {
  const { picture, worst, selected, onSelect, onOpen, onPlace, onWire, onUnwire, grouping, onDropPart, faces, ghosts, fitted, focused } =
    props;
  const flow = useReactFlow();
  const [dragged, setDragged] = useState<Places>({});
  const [hovered, setHovered] = useState<string | null>(null);
  const hues = useMemo(() => networkHues(picture), [picture]);
  const parts = useMemo(
    () => picture.parts.map((part) => toNode(part, { worst, selected, hues, dragged, faces, isWired: onWire !== undefined })),
    [picture, worst, selected, hues, dragged, faces, onWire],
  );
  const planned = useMemo(() => placeGhosts(ghosts ?? [], walked(picture)), [ghosts, picture]);
  const nodes = useMemo(() => [...parts, ...ghostNodes(planned)], [parts, planned]);
  const walk = useWireWalk({
    wires: picture.wires,
    titleOf: (key) => picture.parts.find((part) => part.key === key)?.title ?? key,
    onFollow: (key) => focusNode(flow, key),
    removal: (wire) => (onUnwire ? () => onUnwire(wire) : null),
  });
  const walkedId = walk.wire?.id ?? null;
  const edges = useMemo(() => {
    const lit = new Set(hovered === null ? selected : [...selected, hovered]);
    return [...picture.wires.map((wire) => toEdge(wire, { hues, hovered, selected, walked: walkedId })), ...ghostEdges(planned, lit)];
  }, [picture, hues, hovered, selected, planned, walkedId]);

  const shownNew = useEffectEvent(() => {
    const last = selected.at(-1);
    if (last !== undefined && !isInView(flow, last)) void flow.fitView(FIT);
  });
  const count = picture.parts.length;
  const drawn = useRef(0);
  useEffect(() => {
    // The first parts are brought into view; later the view is the operator's.
    if (drawn.current === 0 && count > 0) requestAnimationFrame(() => void flow.fitView(FIT));
    else if (count > drawn.current) requestAnimationFrame(() => shownNew());
    drawn.current = count;
  }, [count, flow]);
  useEffect(() => {
    if (fitted > 0) requestAnimationFrame(() => void flow.fitView(FIT));
  }, [fitted, flow]);
  useEffect(() => {
    if (focused) requestAnimationFrame(() => focusNode(flow, focused.key));
  }, [focused, flow]);

  const onNodesChange = (changes: readonly NodeChange[]) => {
    const chosen = new Set(selected);
    for (const change of changes) {
      if (change.type !== 'select') continue;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
    if (chosen.size !== selected.length || selected.some((key) => !chosen.has(key))) onSelect([...chosen]);
  };
  const onDrag = (moved: readonly Node[]) => setDragged(Object.fromEntries(moved.map(({ id, position }) => [id, position])));
  const onDragStop = (moved: readonly Node[]) => {
    onPlace(Object.fromEntries(moved.flatMap(({ id, position, parentId }) => (parentId ? [] : [[id, position] as const]))));
    setDragged({});
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const key = focusedKey(event.target);
    if (key === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (walk.onKeyDown(event, key)) return;
    const direction = toDirection(event.key);
    if (direction) {
      event.preventDefault();
      if (event.shiftKey) return nudge(picture, selected.includes(key) ? selected : [key], direction, onPlace);
      const next = nextNode([...walked(picture), ...walkedGhosts(planned)], key, direction);
      if (next) focusNode(flow, next);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onOpen(partOf(key, planned));
    } else if (event.key === ' ' && !key.startsWith('ghost')) {
      event.preventDefault();
      onSelect(selected.includes(key) ? selected.filter((one) => one !== key) : [...selected, key]);
    }
  };
  const onDrop = (event: DragEvent) => {
    const data = event.dataTransfer.getData(PART_DRAG);
    if (data === '' || !onDropPart) return;
    event.preventDefault();
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    onDropPart(data, { x: toGrid(x - 100), y: toGrid(y - 26) }, focusedKey(event.target));
  };
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodesChange={onNodesChange}
      onNodeClick={(_, node) => (node.id.startsWith('ghost') ? onSelect([partOf(node.id, planned)]) : undefined)}
      onNodeDoubleClick={(_, node) => onOpen(partOf(node.id, planned))}
      onNodeMouseEnter={(_, node) => setHovered(node.id)}
      onNodeMouseLeave={() => setHovered(null)}
      onNodeDrag={(_event, _node, moved) => onDrag(moved)}
      onNodeDragStop={(_event, _node, moved) => onDragStop(moved)}
      onSelectionDrag={(_, moved) => onDrag(moved)}
      onSelectionDragStop={(_, moved) => onDragStop(moved)}
      onConnect={({ source, target }) => onWire?.(source, target)}
      isValidConnection={({ source, target }) => source !== target}
      onKeyDown={onKeyDown}
      onBlur={walk.forget}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(PART_DRAG)) event.preventDefault();
      }}
      onDrop={onDrop}
      onlyRenderVisibleElements={count > MANY}
      connectionMode={ConnectionMode.Loose}
      connectionRadius={32}
      snapToGrid
      snapGrid={[GRID, GRID]}
      disableKeyboardA11y
      deleteKeyCode={null}
      multiSelectionKeyCode={['Meta', 'Control']}
      selectNodesOnDrag={false}
      zoomOnDoubleClick={false}
      minZoom={0.1}
      maxZoom={2}
      proOptions={{ hideAttribution: true }}
      aria-label="Blueprint canvas"
      className="bg-ground"
      style={FLOW_COLORS}
    >
      <CanvasFurniture hasMap={count > 8} fit={FIT} />
      <p role="status" className="sr-only">
        {walk.said}
      </p>
      <Panel position="top-right" className="m-2! flex items-center gap-2 max-sm:hidden">
        {grouping ? <GroupMenu {...grouping} /> : null}
        {selected.length > 1 ? <AlignMenu onAlign={(alignment) => onPlace(alignParts(alignable(picture, selected), alignment))} /> : null}
        {count > 1 ? (
          <PartFinder
            parts={picture.parts}
            onFind={(key) => {
              onSelect([key]);
              void revealNode(flow, key);
            }}
          />
        ) : null}
      </Panel>
    </ReactFlow>
  );
}

interface NodeLight {
  readonly worst: BlueprintCanvasProps['worst'];
  readonly selected: readonly string[];
  readonly hues: ReadonlyMap<string, string>;
  readonly dragged: Places;
  readonly faces: BlueprintCanvasProps['faces'];
  readonly isWired: boolean;
}

function toNode(part: DrawnPart, { worst, selected, hues, dragged, faces, isWired }: NodeLight): Node<PartData> {
  const { key, parent, width, height, label } = part;
  const face = faces?.get(key) ?? null;
  return {
    id: key,
    type: 'part',
    ...(parent === null ? {} : { parentId: parent }),
    position: dragged[key] ?? part.position ?? { x: 0, y: 0 },
    width,
    height,
    measured: { width, height },
    selected: selected.includes(key),
    draggable: parent === null,
    deletable: false,
    connectable: isWired && (part.look === 'entity' || part.look === 'network'),
    ariaLabel: worst.has(key) ? `${label}, has ${worst.get(key)}s` : `${label}${diffNote(face)}`,
    ...(parent === null ? {} : { zIndex: 1 }),
    data: { part, worst: worst.get(key) ?? null, hue: hues.get(key) ?? null, face },
  };
}

/** What is painted on it, for those who do not see it; what runs is told by the faces themselves. */
function diffNote(face: PartFace | null): string {
  return face?.kind === 'diff' && face.effect !== null ? `, ${face.note}` : '';
}

interface EdgeLight {
  readonly hues: ReadonlyMap<string, string>;
  readonly hovered: string | null;
  readonly selected: readonly string[];
  /** Id of the one that keys have led to. */
  readonly walked: string | null;
}

function toEdge({ id, from, to, kind, label }: DrawnWire, { hues, hovered, selected, walked }: EdgeLight): Edge {
  const ends = [from, to];
  const isWalked = id === walked;
  const lit = walked === null ? ends.some((end) => end === hovered || selected.includes(end)) : isWalked;
  const dim = (hovered !== null || walked !== null) && !lit;
  const hue = kind === 'network' ? (hues.get(to) ?? null) : null;
  const stroke = isWalked ? 'var(--accent)' : (hue ?? (lit ? 'var(--accent)' : 'var(--ink-3)'));
  const dashed = kind === 'location' || kind === 'depends-on';
  return {
    id,
    source: from,
    target: to,
    type: 'wire',
    deletable: false,
    focusable: false,
    zIndex: lit ? 20 : 10,
    data: { label, lit },
    style: {
      stroke,
      strokeWidth: isWalked ? 3 : lit || hue ? 2 : 1.25,
      opacity: dim ? 0.2 : 1,
      ...(dashed ? { strokeDasharray: '4 4' } : {}),
    },
  };
}

/** Networks are told apart by their colours, which mean nothing else; the first is not that of what is selected. */
function networkHues({ parts }: BlueprintPicture): ReadonlyMap<string, string> {
  const networks = parts.filter(({ look }) => look === 'network');
  return new Map(networks.map(({ key }, index) => [key, `var(--series-${((index + 1) % 6) + 1})`]));
}

/** Boxes count by their heads, so that the way down leads into them. */
function walked({ parts }: BlueprintPicture): readonly WalkedNode[] {
  const places = new Map<string, Point>();
  return parts.map(({ key, parent, position, width, height, isBox }) => {
    const origin = (parent !== null && places.get(parent)) || { x: 0, y: 0 };
    const place = { x: origin.x + (position?.x ?? 0), y: origin.y + (position?.y ?? 0) };
    places.set(key, place);
    return { id: key, ...place, width, height: isBox ? HEADER : height };
  });
}

function walkedGhosts(hosts: readonly PlacedGhostHost[]): readonly WalkedNode[] {
  return hosts.flatMap(({ x, y, chips }) => chips.map((chip) => ({ ...chip, x: x + chip.x, y: y + chip.y })));
}

/** A container of a plan stands for its part. */
function partOf(id: string, hosts: readonly PlacedGhostHost[]): string {
  return hosts.flatMap(({ chips }) => chips).find((chip) => chip.id === id)?.ghost.partKey ?? id;
}

function alignable({ parts }: BlueprintPicture, keys: readonly string[]): readonly Aligned[] {
  return parts.flatMap(({ key, parent, position, width, height }) =>
    parent === null && position !== null && keys.includes(key) ? [{ key, ...position, width, height }] : [],
  );
}

function nudge(
  { parts }: BlueprintPicture,
  keys: readonly string[],
  [dx, dy]: readonly [number, number],
  onPlace: (places: Places) => void,
) {
  const moved = parts.filter(({ key, parent, position }) => keys.includes(key) && parent === null && position !== null);
  const step = 4 * GRID;
  onPlace(
    Object.fromEntries(moved.map(({ key, position }) => [key, { x: (position?.x ?? 0) + dx * step, y: (position?.y ?? 0) + dy * step }])),
  );
}

function focusedKey(target: EventTarget): string | null {
  return target instanceof Element ? (target.closest('.react-flow__node')?.getAttribute('data-id') ?? null) : null;
}

function toGrid(value: number): number {
  return Math.round(value / GRID) * GRID;
}
