import { callsIn } from '../blueprint/calls-in.ts';
import type { DslCall } from '../blueprint/config-value.ts';
import { COMPONENT_SCOPES } from '../blueprint/dsl-functions.ts';
import { type BlueprintGraph, findNode, type GraphNode } from './blueprint-graph.ts';
import { labelOf } from './change-node.ts';
import type { EditOperation } from './edit-operation.ts';
import { expressionsIn } from './expressions.ts';
import { freshName } from './fresh-name.ts';
import type { NamedChange } from './named-change.ts';
import { type Refusal, refuse } from './refusal.ts';
import { formatPath, isPathBelow, isSamePath, type YamlPath } from './yaml-path.ts';

/** A plain box of entities, started and stopped together: Brooklyn's BasicApplication below an application. */
export const GROUP_TYPE = 'application';
const CHILDREN = 'brooklyn.children';
const GROUPED: ReadonlySet<GraphNode['role']> = new Set(['service', 'child']);

/**
 * Puts entities that stand beside one another into a new group, where the first of them stood, in their order and with their comments.
 * Refused (`wrong-kind`) for what cannot stand in one, and (`would-lose`) where an expression would mean another entity then.
 */
export function groupNodes(graph: BlueprintGraph, paths: readonly YamlPath[]): NamedChange | Refusal {
  const nodes = outermost(graph, paths);
  const [first] = nodes;
  if (first === undefined) return refuse('path-missing', 'There is nothing to group.');
  const list = first.path.slice(0, -1);
  const apart = nodes.find(({ path }) => !isSamePath(path.slice(0, -1), list));
  if (graph.format !== 'camp')
    return refuse('wrong-kind', 'Services of a Compose file stand beside one another. Show it as CAMP to group them.');
  const other = nodes.find((node) => !GROUPED.has(node.role) || typeof node.path.at(-1) !== 'number');
  if (other !== undefined) return refuse('wrong-kind', `${labelOf(other)} cannot stand in a group: services and children can.`);
  if (apart !== undefined) {
    return refuse('wrong-kind', `${labelOf(first)} and ${labelOf(apart)} stand in different boxes: group what stands beside one another.`);
  }
  const led = ledAstray(graph, new Set(nodes));
  if (led !== null) return led;
  const at = Number(first.path.at(-1));
  const id = freshName('group', new Set(graph.nodes.flatMap((node) => node.id ?? [])));
  const into = [...list, at, CHILDREN];
  const moves = nodes.map(
    // Each by one further for the group, and nearer for those before it that are gone.
    ({ path }, gone): EditOperation => ({ kind: 'move', path: [...list, Number(path.at(-1)) + 1 - gone], into }),
  );
  return {
    ok: true,
    name: nodes.length === 1 ? `Group ${labelOf(first)}` : `Group ${nodes.length} parts`,
    operations: [{ kind: 'insert', into: list, at, value: { type: GROUP_TYPE, id } }, ...moves],
  };
}

/** Puts the children of a group in its place. Refused (`would-lose`) for one with settings of its own, or that others read. */
export function ungroupNode(graph: BlueprintGraph, path: YamlPath): NamedChange | Refusal {
  const group = findNode(graph, path);
  if (group === undefined || !isGroup(group)) return refuse('wrong-kind', `${formatPath(path)} is no group.`);
  const inside = graph.nodes.filter(({ parent }) => parent !== null && isSamePath(parent, path));
  const children = inside.filter(({ role }) => role === 'child');
  const label = labelOf(group);
  const own = group.fields.find(({ key }) => !PLAIN_KEYS.has(key))?.key ?? inside.find(({ role }) => role !== 'child')?.role;
  if (own !== undefined) return refuse('would-lose', `${label} has settings of its own (${own}): take them out before it is ungrouped.`);
  const reader = graph.edges.find(({ to, from }) => to !== null && isSamePath(to, path) && !isSamePath(from, path));
  const reads = reader && findNode(graph, reader.from);
  if (reads !== undefined) return refuse('would-lose', `${labelOf(reads)} reads ${label}: take that out before it is ungrouped.`);
  const led = ledAstray(graph, new Set(children));
  if (led !== null) return led;
  const list = path.slice(0, -1);
  const at = Number(path.at(-1));
  const moves = children.map(
    (_, done): EditOperation => ({ kind: 'move', path: [...path, CHILDREN, 0], into: list, at: at + 1 + done, whenEmpty: 'remove' }),
  );
  return { ok: true, name: `Ungroup ${label}`, operations: [...moves, { kind: 'remove', path, whenEmpty: 'keep' }] };
}

const PLAIN_KEYS: ReadonlySet<string> = new Set(['type', 'id', 'name']);

/** A box that can be taken away around what is in it. */
export function isGroup({ type, role, path }: GraphNode): boolean {
  return type === GROUP_TYPE && GROUPED.has(role) && typeof path.at(-1) === 'number';
}

function outermost(graph: BlueprintGraph, paths: readonly YamlPath[]): readonly GraphNode[] {
  const wanted = graph.nodes.filter(({ path }) => path.length > 0 && paths.some((one) => isSamePath(one, path)));
  return wanted.filter(({ path }) => !wanted.some((other) => other.path !== path && isPathBelow(path, other.path)));
}

/** Expressions that go by where an entity stands, from what is moved or to it from outside. */
function ledAstray(graph: BlueprintGraph, moved: ReadonlySet<GraphNode>): Refusal | null {
  for (const node of graph.nodes) {
    for (const field of node.fields) {
      const calls = expressionsIn(field.value, field.path).flatMap((use) => callsIn({ $dsl: { text: '', ...use } }));
      const scope = calls.map(scopeOf).find((one) => isLed(one, node, { graph, moved }));
      if (scope === undefined) continue;
      const where = `${field.key} of ${labelOf(node)} goes by ${scope.name}()`;
      return refuse('would-lose', `${where}, which would mean another part then: write it with component() first.`);
    }
  }
  return null;
}

interface Scope {
  readonly name: string;
  readonly id: string;
}

function scopeOf({ name, args }: DslCall): Scope {
  const scope = name === 'component' && args.length === 2 ? COMPONENT_SCOPES.get(String(args[0])) : undefined;
  return { name: scope ?? name, id: String(args.at(-1) ?? '') };
}

interface Moved {
  readonly graph: BlueprintGraph;
  readonly moved: ReadonlySet<GraphNode>;
}

/** Whether a function that an entity calls finds another entity once some have moved by one level. */
function isLed({ name, id }: Scope, node: GraphNode, { graph, moved }: Moved): boolean {
  if (name === 'parent') return moved.has(node);
  if (name !== 'sibling' && name !== 'child') return false;
  const isMoved = graph.nodes.some((one) => one.id === id && moved.has(one));
  return name === 'child' ? isMoved && !moved.has(node) : isMoved !== moved.has(node);
}
