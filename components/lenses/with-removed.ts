import type { GraphEdge, GraphNode } from '../../server/domain/blueprint-edit/blueprint-graph.ts';
import { findNode } from '../../server/domain/blueprint-edit/blueprint-graph.ts';
import type { Drawing } from '../../server/domain/blueprint-edit/edit-session.ts';
import { keyOf } from '../../server/domain/blueprint-edit/node-keys.ts';
import { isPathBelow, type YamlPath } from '../../server/domain/blueprint-edit/yaml-path.ts';

export interface Merged {
  readonly drawing: Drawing;
  /** Keys of what is of the other drawing alone. */
  readonly removed: ReadonlySet<string>;
}

const GONE = '(removed)';

/** A drawing together with the parts of another that `isGone` says it lacks, each in the box where it was, under the key that it had. */
export function withRemoved(drawing: Drawing, before: Drawing, isGone: (key: string) => boolean): Merged {
  const taken = new Set(drawing.keys.values());
  const gone = before.graph.nodes.filter((node) => isWithin(node, before, isGone));
  const keyAt = new Map(drawing.graph.nodes.map((node) => [keyOf(drawing.keys, node), node.path]));
  const paths = new Map<string, YamlPath>();
  const keys = new Map(drawing.keys);
  const removed = new Set<string>();
  const nodes = gone.map((node): GraphNode => {
    const own = keyOf(before.keys, node);
    const key = taken.has(own) ? `${own} ${GONE}` : own;
    const path: YamlPath = [GONE, ...node.path];
    paths.set(JSON.stringify(node.path), path);
    keys.set(JSON.stringify(path), key);
    removed.add(key);
    return { ...node, path, parent: parentOf(node, before, paths, keyAt) };
  });
  const moved = (path: YamlPath | null): YamlPath | null => {
    if (path === null) return null;
    const known = paths.get(JSON.stringify(path));
    if (known) return known;
    const node = findNode(before.graph, path);
    return (node && keyAt.get(keyOf(before.keys, node))) ?? null;
  };
  const edges = before.graph.edges.flatMap((edge): readonly GraphEdge[] => {
    const from = moved(edge.from);
    const isOfGone = paths.has(JSON.stringify(edge.from)) || (edge.to !== null && paths.has(JSON.stringify(edge.to)));
    return isOfGone && from ? [{ ...edge, from, to: moved(edge.to) }] : [];
  });
  const graph = { ...drawing.graph, nodes: [...drawing.graph.nodes, ...nodes], edges: [...drawing.graph.edges, ...edges] };
  return { drawing: { ...drawing, graph, keys }, removed };
}

/** It, or what it is in. */
function isWithin({ path }: GraphNode, { graph, keys }: Drawing, isGone: (key: string) => boolean): boolean {
  return graph.nodes.some((node) => isGone(keyOf(keys, node)) && isPathBelow(path, node.path));
}

function parentOf(
  { parent }: GraphNode,
  before: Drawing,
  paths: ReadonlyMap<string, YamlPath>,
  keyAt: ReadonlyMap<string, YamlPath>,
): YamlPath | null {
  if (parent === null) return null;
  const known = paths.get(JSON.stringify(parent));
  if (known) return known;
  return keyAt.get(keyOf(before.keys, { path: parent })) ?? [];
}
