import type { BlueprintGraph, GraphEdge, GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import type { Drawing } from '@/server/domain/blueprint-edit/edit-session.ts';
import { keyOf } from '@/server/domain/blueprint-edit/node-keys.ts';
import { declaredNetwork, NETWORK_TYPE } from '@/server/domain/blueprint-edit/node-networks.ts';
import type { YamlPath } from '@/server/domain/blueprint-edit/yaml-path.ts';
import type { Point, Size } from '../topology/topology-layout.ts';
import type { Places } from './editor-store.ts';
import { type Locations, locationsIn } from './locations.ts';
import { findPart, type PartType } from './part-types.ts';

export type PartLook = 'entity' | 'adjunct' | 'network' | 'storage' | 'location';

/** A node as it is drawn, in flow units. */
export interface DrawnPart extends Size {
  readonly key: string;
  readonly look: PartLook;
  /** Key of the box that it is in. */
  readonly parent: string | null;
  /** In its box, or on the canvas; null for one that has no place yet. */
  readonly position: Point | null;
  readonly title: string;
  readonly note: string;
  readonly icon: string;
  readonly planned: boolean;
  /** It holds others. */
  readonly isBox: boolean;
  /** For screen readers. */
  readonly label: string;
}

export interface DrawnWire {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: GraphEdge['kind'] | 'location';
  readonly label: string;
}

export interface BlueprintPicture {
  readonly parts: readonly DrawnPart[];
  readonly wires: readonly DrawnWire[];
}

const SIZE = { entity: { width: 212, height: 52 }, adjunct: { width: 212, height: 32 }, pill: { width: 188, height: 40 } } as const;
const BOX = { header: 52, padding: 10, gap: 8 } as const;

const NOT_DRAWN: ReadonlySet<GraphNode['role']> = new Set(['application']);
const ADJUNCTS: ReadonlySet<GraphNode['role']> = new Set(['policy', 'enricher', 'initializer']);
const ROLE_TEXTS: Partial<Record<GraphNode['role'], string>> = {
  member: 'each member',
  'first-member': 'first member',
  spec: 'to be made',
};
const STORAGE = { volume: 'hard-drive', secret: 'key-round', config: 'key-round' } as const;

/** The blueprint as boxes and lines. What is in an entity is drawn in its box, one below the other. */
export function blueprintPicture({ graph, keys }: Drawing, parts: readonly PartType[], places: Places): BlueprintPicture {
  const drawn = graph.nodes.filter(({ role }) => !NOT_DRAWN.has(role));
  const inside = Map.groupBy(drawn, ({ parent }) => JSON.stringify(parent));
  const sizes = new Map<GraphNode, Size>();
  for (const node of drawn.toReversed())
    sizes.set(
      node,
      sizeOf(
        node,
        (inside.get(JSON.stringify(node.path)) ?? []).map((one) => sizes.get(one)),
        graph,
      ),
    );
  const picture = drawn.map((node): DrawnPart => {
    const box = node.parent === null || node.parent.length === 0 ? null : node.parent;
    const key = keyOf(keys, node);
    const position = box === null ? (places[key] ?? null) : positionIn(inside.get(JSON.stringify(box)) ?? [], node, sizes);
    const size = sizes.get(node) ?? SIZE.entity;
    return {
      key,
      parent: box === null ? null : keyOf(keys, { path: box }),
      position,
      ...size,
      ...lookOf(node, parts),
      isBox: inside.has(JSON.stringify(node.path)),
    };
  });
  const locations = locationsIn(graph);
  return {
    parts: [...picture, ...locations.map((location) => drawnLocation(location, places))],
    wires: [
      ...wiresOf(graph, (path) => keyOf(keys, { path })),
      ...locations.flatMap((one) => locationWires(one, (path) => keyOf(keys, { path }))),
    ],
  };
}

/** A network that others join by its name. */
export function isNetwork({ role, type, fields }: GraphNode): boolean {
  return role === 'network' || type === NETWORK_TYPE || fields.some(({ key }) => key === 'network.id' || key === 'networkId');
}

/** The name by which a network is joined; null where it has none yet. */
export function networkName(node: GraphNode): string | null {
  return node.role === 'network' ? node.id : declaredNetwork(node);
}

export function titleOf({ name, id, type, role }: GraphNode): string {
  if (role === 'application') return name ?? id ?? 'Application';
  return name ?? id ?? type ?? role;
}

function lookOf(node: GraphNode, parts: readonly PartType[]): Pick<DrawnPart, 'look' | 'title' | 'note' | 'icon' | 'planned' | 'label'> {
  const part = findPart(parts, node.type);
  const title = node.name ?? node.id ?? part?.title ?? node.type ?? node.role;
  const { role, type } = node;
  if (isNetwork(node)) {
    const range = node.fields.find(({ key }) => key === 'network.cidr' || key === 'cidr')?.value;
    return {
      look: 'network',
      title,
      note: typeof range === 'string' ? range : 'Network',
      icon: 'network',
      planned: false,
      label: `Network ${title}`,
    };
  }
  if (role === 'volume' || role === 'secret' || role === 'config') {
    return { look: 'storage', title, note: role, icon: STORAGE[role], planned: false, label: `${role} ${title}` };
  }
  const own = type === null ? 'no type yet' : type.replace(/^docker:/, '');
  const note = [ROLE_TEXTS[role], own].filter(Boolean).join(' · ');
  const look = ADJUNCTS.has(role) ? 'adjunct' : 'entity';
  const icon = part?.icon ?? (look === 'adjunct' ? 'gauge' : 'container');
  return {
    look,
    title: look === 'adjunct' ? (node.name ?? part?.title ?? title) : title,
    note,
    icon,
    planned: part?.planned ?? false,
    label: `${title}, ${note}`,
  };
}

function sizeOf(node: GraphNode, inner: readonly (Size | undefined)[], _graph: BlueprintGraph): Size {
  const own = ADJUNCTS.has(node.role) ? SIZE.adjunct : isNetwork(node) || node.role in STORAGE ? SIZE.pill : SIZE.entity;
  if (inner.length === 0) return own;
  const width = Math.max(own.width, ...inner.map((size) => (size?.width ?? 0) + 2 * BOX.padding));
  const height = inner.reduce((total, size) => total + (size?.height ?? 0) + BOX.gap, BOX.header - BOX.gap + BOX.padding);
  return { width, height };
}

function positionIn(siblings: readonly GraphNode[], node: GraphNode, sizes: ReadonlyMap<GraphNode, Size>): Point {
  const above = siblings.slice(0, siblings.indexOf(node));
  return { x: BOX.padding, y: above.reduce<number>((y, one) => y + (sizes.get(one)?.height ?? 0) + BOX.gap, BOX.header) };
}

function drawnLocation({ key, text }: Locations, places: Places): DrawnPart {
  const common = {
    look: 'location',
    parent: null,
    position: places[key] ?? null,
    ...SIZE.pill,
    icon: 'map-pin',
    planned: false,
    isBox: false,
  } as const;
  return { ...common, key, title: text, note: 'Location', label: `Location ${text}` };
}

function locationWires({ key, of, isWhole }: Locations, keyAt: (path: YamlPath) => string): readonly DrawnWire[] {
  if (isWhole) return [];
  return of.map((path) => ({ id: `${keyAt(path)}@${key}`, from: keyAt(path), to: key, kind: 'location', label: 'runs in' }));
}

/** One line for each pair and kind, with all that is read. */
function wiresOf({ edges }: BlueprintGraph, keyAt: (path: YamlPath) => string): readonly DrawnWire[] {
  const pairs = Map.groupBy(
    edges.filter(({ from, to }) => to !== null && to.length > 0 && from.length > 0),
    ({ from, to, kind }) => JSON.stringify([from, to, kind === 'network' ? kind : 'reference']),
  );
  return [...pairs].flatMap(([id, [first, ...others]]): readonly DrawnWire[] => {
    if (first?.to == null) return [];
    const names = [first, ...others].map(
      ({ name, kind }) => name ?? (kind === 'depends-on' ? 'depends on' : kind === 'entity' ? 'uses' : kind),
    );
    return [{ id, from: keyAt(first.from), to: keyAt(first.to), kind: first.kind, label: inShort([...new Set(names)]) }];
  });
}

/** A line on the canvas has room for two names. */
function inShort(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
}
