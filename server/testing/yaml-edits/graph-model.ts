import type { BlueprintGraph, GraphNode, NodeRole } from '../../domain/blueprint-edit/blueprint-graph.ts';
import { toGraph } from '../../domain/blueprint-edit/read-graph.ts';
import type { EditValue } from '../../domain/blueprint-edit/written-node.ts';
import { isPathBelow, isSamePath, type YamlPath } from '../../domain/blueprint-edit/yaml-path.ts';

/** What is drawn, whatever its place in the text: the yardstick for changes of a blueprint. */
export function bare(graph: BlueprintGraph | null): unknown {
  if (graph === null) return null;
  const nodes = graph.nodes.map(({ range: _, fields, ...node }) => ({
    ...node,
    fields: fields.map(({ shared: _shared, ...field }) => field),
  }));
  return { format: graph.format, nodes: nodes.map((node) => ({ ...node, fields: sorted(node.fields) })), edges: sortedEdges(graph) };
}

function sorted<T extends { readonly path: YamlPath }>(fields: readonly T[]): readonly T[] {
  return fields.toSorted((a, b) => (JSON.stringify(a.path) < JSON.stringify(b.path) ? -1 : 1));
}

function sortedEdges({ edges }: BlueprintGraph): readonly string[] {
  return edges.map((edge) => JSON.stringify([edge.from, edge.at, edge.written, edge.kind, edge.target, edge.name, edge.to])).sort();
}

/** A service or child as a map of values, without others in it. */
export interface PlainNode {
  readonly role: 'service' | 'child' | 'policy' | 'enricher';
  readonly parent: YamlPath;
  readonly at: number;
  readonly spec: { readonly [key: string]: EditValue };
}

const KEYS: Readonly<Record<PlainNode['role'], string>> = {
  service: 'services',
  child: 'brooklyn.children',
  policy: 'brooklyn.policies',
  enricher: 'brooklyn.enrichers',
};

export function countIn(graph: BlueprintGraph, role: NodeRole, parent: YamlPath): number {
  return graph.nodes.filter((node) => node.role === role && node.parent !== null && isSamePath(node.parent, parent)).length;
}

/** The node among the others of its role, which move up by one. */
export function addToGraph(graph: BlueprintGraph, { role, parent, at, spec }: PlainNode): BlueprintGraph {
  const list = [...parent, KEYS[role]];
  const index = Math.min(at, countIn(graph, role, parent));
  const path = [...list, index];
  const fields = Object.entries(spec).map(([key, value]) => ({ key, path: [...path, key], place: 'root' as const, value, shared: false }));
  const text = (key: string) => (typeof spec[key] === 'string' ? spec[key] : null);
  const node: GraphNode = {
    path,
    role,
    parent,
    type: text('type'),
    id: text('id'),
    name: text('name'),
    fields,
    range: { start: 0, end: 0 },
  };
  return inOrder(graph, [...graph.nodes.map((one) => shift(one, list, (position) => (position >= index ? position + 1 : position))), node]);
}

/** Without the node and all in it; the others of its role move down by one. */
export function removeFromGraph(graph: BlueprintGraph, path: YamlPath): BlueprintGraph {
  const list = path.slice(0, -1);
  const index = Number(path.at(-1));
  const rest = graph.nodes.filter((node) => !isPathBelow(node.path, path));
  return inOrder(
    graph,
    rest.map((one) => shift(one, list, (position) => (position > index ? position - 1 : position))),
  );
}

/** Among its own kind, from one position to another. */
export function reorderInGraph(graph: BlueprintGraph, path: YamlPath, to: number): BlueprintGraph {
  const list = path.slice(0, -1);
  const from = Number(path.at(-1));
  const target = (position: number) => {
    if (position === from) return to;
    const gone = position > from ? position - 1 : position;
    return gone >= to ? gone + 1 : gone;
  };
  return inOrder(
    graph,
    graph.nodes.map((one) => shift(one, list, target)),
  );
}

export function setInGraph(graph: BlueprintGraph, path: YamlPath, key: string, value: EditValue): BlueprintGraph {
  const nodes = graph.nodes.map((node) => {
    if (!isSamePath(node.path, path)) return node;
    const config = { key, path: [...path, 'brooklyn.config', key], place: 'brooklyn.config' as const, value, shared: false };
    const standing =
      node.fields.find((field) => field.key === key && field.place !== 'root') ?? node.fields.find((field) => field.key === key);
    const fields =
      standing === undefined ? [...node.fields, config] : node.fields.map((field) => (field === standing ? { ...field, value } : field));
    return { ...node, fields };
  });
  return toGraph(graph.format, nodes);
}

function shift(node: GraphNode, list: YamlPath, target: (position: number) => number): GraphNode {
  const moved = (path: YamlPath): YamlPath => {
    const position = path[list.length];
    return isPathBelow(path, list) && typeof position === 'number' ? path.with(list.length, target(position)) : path;
  };
  return {
    ...node,
    path: moved(node.path),
    parent: node.parent && moved(node.parent),
    fields: node.fields.map((field) => ({ ...field, path: moved(field.path) })),
  };
}

/** Parents before what is in them: specs, then each list by position. */
function inOrder(graph: BlueprintGraph, nodes: readonly GraphNode[]): BlueprintGraph {
  const rank = ({ role }: GraphNode) =>
    ['member', 'first-member', 'spec', 'service', 'child', 'policy', 'enricher', 'initializer'].indexOf(role);
  const inside = (parent: GraphNode): readonly GraphNode[] => {
    const children = nodes.filter((node) => node.parent !== null && isSamePath(node.parent, parent.path));
    const specs = children.filter((node) => rank(node) < 3);
    const listed = children
      .filter((node) => rank(node) >= 3)
      .toSorted((a, b) => rank(a) - rank(b) || Number(a.path.at(-1)) - Number(b.path.at(-1)));
    return [parent, ...[...specs, ...listed].flatMap(inside)];
  };
  const root = nodes.find(({ path }) => path.length === 0);
  return toGraph(graph.format, root === undefined ? [] : inside(root));
}
