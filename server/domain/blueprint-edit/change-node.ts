import { type BlueprintGraph, findNode, type GraphNode, type NodeRole } from './blueprint-graph.ts';
import { CAMP_CONTAINERS, SPEC_WRAPPER, textOf } from './camp-nodes.ts';
import { COMPOSE_CONTAINERS } from './compose-nodes.ts';
import type { EditOperation } from './edit-operation.ts';
import { freshName } from './fresh-name.ts';
import type { NamedChange } from './named-change.ts';
import { type Refusal, refuse } from './refusal.ts';
import { referencesIn, renameReferences } from './rename-references.ts';
import type { EditValue } from './written-node.ts';
import { formatPath, isPathBelow, type YamlPath } from './yaml-path.ts';

/** A place for a node. */
export interface NodePlace {
  readonly role: NodeRole;
  /** Of the node that it is to be in. */
  readonly parent: YamlPath;
  /** Position among those of its role; at the end without one. */
  readonly at?: number;
}

export interface NewNode extends NodePlace {
  readonly spec: { readonly [key: string]: EditValue };
  /** For Compose. */
  readonly key?: string;
}

/** Adds a service, child, policy, enricher, initializer, network or volume. */
export function addNode(graph: BlueprintGraph, { role, parent, at, spec, key }: NewNode): NamedChange | Refusal {
  const into = containerOf(graph, role, parent);
  if (into === null) return noPlace(graph, role);
  const label = key ?? textOf({ value: spec.name ?? spec.id ?? spec.type ?? null }) ?? role;
  const named = graph.format === 'compose' ? { key: key ?? freshName(role, keysIn(graph, into)) } : {};
  return change(`Add ${label}`, [{ kind: 'insert', into, value: spec, ...named, ...position(at) }]);
}

/** Removes a node with all in it. References to it stay, and are found by the planner. */
export function removeNode(graph: BlueprintGraph, path: YamlPath): NamedChange | Refusal {
  const node = findNode(graph, path);
  if (node === undefined || path.length === 0) return notThere(path);
  return change(`Remove ${labelOf(node)}`, [{ kind: 'remove', path, whenEmpty: whenEmptied(node) }]);
}

export function moveNode(graph: BlueprintGraph, path: YamlPath, { role, parent, at }: NodePlace): NamedChange | Refusal {
  const node = findNode(graph, path);
  if (node === undefined || path.length === 0) return notThere(path);
  const into = containerOf(graph, role, parent);
  if (into === null) return noPlace(graph, role);
  return change(`Move ${labelOf(node)}`, [{ kind: 'move', path, into, whenEmpty: whenEmptied(node), ...position(at) }]);
}

/** A copy after the node, with new ids for it and all in it; references within the copy follow them. */
export function duplicateNode(graph: BlueprintGraph, path: YamlPath): NamedChange | Refusal {
  const node = findNode(graph, path);
  if (node === undefined || path.length === 0) return notThere(path);
  const into = path.slice(0, -1);
  const last = path.at(-1);
  if (graph.format === 'compose') {
    const key = freshName(String(last), keysIn(graph, into));
    const siblings = graph.nodes.filter(({ role }) => role === node.role);
    return change(`Duplicate ${labelOf(node)}`, [{ kind: 'copy', path, into, key, at: siblings.indexOf(node) + 1 }]);
  }
  if (typeof last !== 'number')
    return refuse('wrong-kind', `${formatPath(path)} is the only one of its kind in its place: there can be no copy beside it.`);
  const copied = graph.nodes.filter((one) => isPathBelow(one.path, path));
  const copy = (one: YamlPath): YamlPath => [...into, last + 1, ...one.slice(path.length)];
  const taken = new Set(graph.nodes.flatMap(({ id }) => (id === null ? [] : [id])));
  const ids = new Map<string, string>();
  for (const { id } of copied) {
    if (id === null || ids.has(id)) continue;
    const fresh = freshName(id, taken);
    taken.add(fresh);
    ids.set(id, fresh);
  }
  const operations: EditOperation[] = [{ kind: 'copy', path, into, at: last + 1 }];
  for (const one of copied) {
    const fresh = one.id === null ? undefined : ids.get(one.id);
    if (fresh !== undefined) operations.push({ kind: 'set', path: [...copy(one.path), 'id'], value: fresh });
  }
  const inside = referencesIn(graph).filter((edge) => isPathBelow(edge.from, path) && edge.to !== null && isPathBelow(edge.to, path));
  return change(`Duplicate ${labelOf(node)}`, [...operations, ...renameReferences(graph, inside, ids, copy)]);
}

/** Another id, or key in Compose, with every reference to it. */
export function renameNode(graph: BlueprintGraph, path: YamlPath, id: string): NamedChange | Refusal {
  const node = findNode(graph, path);
  if (node === undefined || path.length === 0) return notThere(path);
  const name = `Rename ${labelOf(node)} to ${id}`;
  const references = node.id === null ? [] : referencesIn(graph).filter(({ to, target }) => to === node.path && target === node.id);
  const renamed = renameReferences(graph, references, new Map(node.id === null ? [] : [[node.id, id]]), (one) => one);
  if (graph.format === 'compose') return change(name, [...renamed, { kind: 'rename', path, key: id }]);
  if (node.id !== null) return change(name, [...renamed, { kind: 'set', path: [...path, 'id'], value: id }]);
  const own = node.fields.filter(({ place, shared }) => place === 'root' && !shared);
  const type = own.findIndex(({ value }) => node.type !== null && value === node.type);
  return change(name, [{ kind: 'insert', into: path, key: 'id', value: id, at: type + 1 }]);
}

export function labelOf(node: GraphNode): string {
  return node.name ?? node.id ?? node.type ?? node.role;
}

/** The list or map that holds the nodes of a role. */
function containerOf(graph: BlueprintGraph, role: NodeRole, parent: YamlPath): YamlPath | null {
  const containers = graph.format === 'camp' ? CAMP_CONTAINERS : COMPOSE_CONTAINERS;
  const key = [...containers].find(([, one]) => one === role)?.[0];
  const top = role === 'service' || graph.format === 'compose';
  return key === undefined || (top && parent.length > 0) ? null : [...parent, key];
}

function keysIn({ nodes }: BlueprintGraph, into: YamlPath): ReadonlySet<string> {
  return new Set(nodes.flatMap(({ path, id }) => (path.length === into.length + 1 && isPathBelow(path, into) && id !== null ? [id] : [])));
}

/** A blueprint keeps its `services`; an entity does not keep empty lists, nor a cluster an empty member. */
function whenEmptied({ role, path }: GraphNode): 'keep' | 'remove' {
  return role === 'service' && path.at(-1) !== SPEC_WRAPPER ? 'keep' : 'remove';
}

function position(at: number | undefined): { readonly at?: number } {
  return at === undefined ? {} : { at };
}

function change(name: string, operations: readonly EditOperation[]): NamedChange {
  return { ok: true, name, operations };
}

function notThere(path: YamlPath): Refusal {
  return refuse('path-missing', `There is no part of the blueprint at ${formatPath(path)}.`);
}

function noPlace({ format }: BlueprintGraph, role: NodeRole): Refusal {
  return refuse('wrong-kind', `A ${format === 'camp' ? 'blueprint' : 'Compose file'} has no place for a ${role} there.`);
}
