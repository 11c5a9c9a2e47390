import type { BlueprintGraph, GraphNode } from './blueprint-graph.ts';
import { mapOffset, type TextEdits } from './text-edit.ts';
import type { YamlPath } from './yaml-path.ts';

/** Keys of nodes by their paths. */
export type NodeKeys = ReadonlyMap<string, string>;

/** A name for each node that says nothing of its position: by its id where it has one of its own, else by its kind and its parent. */
export function nodeKeys({ nodes }: BlueprintGraph): NodeKeys {
  const named = new Map<string, number>();
  for (const node of nodes) if (node.id !== null) named.set(idKey(node), (named.get(idKey(node)) ?? 0) + 1);
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  for (const node of nodes) {
    const parent = node.parent === null ? '' : (keys.get(pathKey(node.parent)) ?? '');
    const own = node.id !== null && named.get(idKey(node)) === 1 ? idKey(node) : `${parent}/${node.role}:${node.type ?? ''}`;
    const key = fresh(own, taken);
    taken.add(key);
    keys.set(pathKey(node.path), key);
  }
  return keys;
}

export function keyOf(keys: NodeKeys, node: Pick<GraphNode, 'path'>): string {
  return keys.get(pathKey(node.path)) ?? '';
}

/** Undefined for a key that no node has. */
export function nodeOf({ nodes }: BlueprintGraph, keys: NodeKeys, key: string): GraphNode | undefined {
  return nodes.find((node) => keyOf(keys, node) === key);
}

interface Drawn {
  readonly graph: BlueprintGraph;
  readonly keys: NodeKeys;
}

/**
 * What the keys of nodes before the edits are after them. A node with an id is the one that has it; another, or one whose id has
 * changed, is the one that begins at the same place of the text; what was moved is known by its key.
 */
export function carryKeys(before: Drawn, edits: TextEdits, after: Drawn): ReadonlyMap<string, string> {
  const begins = new Map(after.graph.nodes.map((node) => [startOf(node, node.range.start), keyOf(after.keys, node)]));
  const remaining = new Set(after.keys.values());
  const carried = new Map<string, string>();
  const carry = (key: string, to: string | undefined) => {
    if (to !== undefined && !carried.has(key) && remaining.delete(to)) carried.set(key, to);
  };
  for (const node of before.graph.nodes) if (node.id !== null) carry(keyOf(before.keys, node), keyOf(before.keys, node));
  for (const node of before.graph.nodes) carry(keyOf(before.keys, node), begins.get(startOf(node, mapOffset(edits, node.range.start))));
  for (const key of before.keys.values()) carry(key, key);
  return carried;
}

/** An entity and the first item in it may begin at one place; the application is what it is wherever it begins. */
function startOf({ role }: GraphNode, start: number): string {
  return role === 'application' ? role : `${role} ${start}`;
}

function idKey({ role, id }: GraphNode): string {
  return KEPT_APART.has(role) ? `${role}#${id}` : `#${id}`;
}

/** Of Compose: a network may have the name of a service. */
const KEPT_APART: ReadonlySet<string> = new Set(['network', 'volume', 'secret', 'config']);

function pathKey(path: YamlPath): string {
  return JSON.stringify(path);
}

function fresh(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}~${number}`;
  return free;
}
