import { type DslCall, isDeferred } from '../blueprint/config-value.ts';
import { COMPONENT_SCOPES } from '../blueprint/dsl-functions.ts';
import type { GraphEdge, GraphField, GraphNode, NodeRole } from './blueprint-graph.ts';
import { type ExpressionUse, expressionsIn } from './expressions.ts';
import { declaredNetwork, networkField, networksIn } from './node-networks.ts';

/** The references of a CAMP blueprint: its expressions, and the networks that its entities are attached to. */
export function findCampEdges(nodes: readonly GraphNode[]): readonly GraphEdge[] {
  const index = toIndex(nodes);
  return nodes.flatMap((node) =>
    node.fields.flatMap((field) => [
      ...expressionsIn(field.value, field.path).flatMap((use) => follow(use.calls, node, use, index)),
      ...networkEdges(node, field, index),
    ]),
  );
}

interface Index {
  readonly root: GraphNode | undefined;
  readonly parents: ReadonlyMap<GraphNode, GraphNode>;
  /** Entities by id: those in the application before itself, and in the order of the text. */
  readonly byId: ReadonlyMap<string, readonly GraphNode[]>;
  readonly networks: ReadonlyMap<string, GraphNode>;
}

const ENTITIES: ReadonlySet<NodeRole> = new Set(['application', 'service', 'child', 'member', 'first-member', 'spec']);

function toIndex(nodes: readonly GraphNode[]): Index {
  const byPath = new Map(nodes.map((node) => [keyOf(node.path), node]));
  const parents = new Map<GraphNode, GraphNode>();
  const byId = new Map<string, GraphNode[]>();
  const networks = new Map<string, GraphNode>();
  for (const node of nodes) {
    const parent = node.parent === null ? undefined : byPath.get(keyOf(node.parent));
    if (parent !== undefined) parents.set(node, parent);
    if (node.id !== null && ENTITIES.has(node.role)) {
      const named = byId.get(node.id);
      if (named === undefined) byId.set(node.id, [node]);
      else named.push(node);
    }
    const network = declaredNetwork(node);
    if (network !== null) networks.set(network, node);
  }
  for (const [id, named] of byId)
    byId.set(
      id,
      named.toSorted((a, b) => Number(a.parent === null) - Number(b.parent === null)),
    );
  return { root: nodes[0], parents, byId, networks };
}

function keyOf(path: GraphNode['path']): string {
  return JSON.stringify(path);
}

/** Where an expression stands while it is followed; `target` is what it was led by there. */
interface Standing {
  readonly on: GraphNode | undefined;
  readonly target: string | null;
}

function follow(calls: readonly DslCall[], owner: GraphNode, use: ExpressionUse, index: Index): readonly GraphEdge[] {
  const edges: GraphEdge[] = [];
  let standing: Standing = { on: owner, target: null };
  const add = (kind: GraphEdge['kind'], name: string | null) => {
    if (standing.target === null) return;
    const { at, written } = use;
    edges.push({ from: owner.path, to: standing.on?.path ?? null, kind, target: standing.target, name, at, written });
  };
  for (const call of calls) {
    for (const argument of call.args) if (isDeferred(argument)) edges.push(...follow(argument.$dsl.calls, owner, use, index));
    const last = call.args.at(-1);
    const text = last === undefined || typeof last === 'object' ? null : String(last);
    if (call.name === 'attributeWhenReady' || call.name === 'sensor' || call.name === 'config') {
      add(call.name === 'config' ? 'config' : 'sensor', text);
      return edges;
    }
    const next = step(call, standing.on, text, index);
    if (next === null) return edges;
    standing = next;
  }
  add('entity', null);
  return edges;
}

/** Null for a function that leads to no entity. */
function step(call: DslCall, on: GraphNode | undefined, text: string | null, index: Index): Standing | null {
  const scope = call.name === 'component' && call.args.length === 2 ? COMPONENT_SCOPES.get(String(call.args[0])) : call.name;
  if (scope === 'self') return { on, target: null };
  if (scope === 'root') return { on: index.root, target: 'root()' };
  if (scope === 'parent') return { on: on && index.parents.get(on), target: 'parent()' };
  const lies = scope === undefined ? undefined : LIES.get(scope);
  if (lies === undefined || text === null) return null;
  return { on: (index.byId.get(text) ?? []).find((node) => on !== undefined && lies(node, on, index)), target: text };
}

type Lies = (node: GraphNode, on: GraphNode, index: Index) => boolean;

/** Where each function looks. */
const LIES: ReadonlyMap<string, Lies> = new Map<string, Lies>([
  ['component', () => true],
  ['entity', () => true],
  ['child', (node, on, { parents }) => parents.get(node) === on],
  ['sibling', (node, on, { parents }) => node !== on && parents.get(node) === parents.get(on)],
  ['descendant', (node, on, index) => isIn(node, on, index)],
  ['ancestor', (node, on, index) => isIn(on, node, index)],
]);

function isIn(node: GraphNode, above: GraphNode, { parents }: Index): boolean {
  for (let at = parents.get(node); at !== undefined; at = parents.get(at)) if (at === above) return true;
  return false;
}

function networkEdges(node: GraphNode, field: GraphField, { networks }: Index): readonly GraphEdge[] {
  if (field !== networkField(node, 'camp')) return [];
  return networksIn(field.value).map(({ name: target, at, written }): GraphEdge => {
    const to = networks.get(target)?.path ?? null;
    return { from: node.path, to, kind: 'network', target, name: null, at: [...field.path, ...at], written };
  });
}
