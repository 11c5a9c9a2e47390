import type { BlueprintGraph, GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import { removeLocation } from '@/server/domain/blueprint-edit/change-field.ts';
import { duplicateNode, removeNode } from '@/server/domain/blueprint-edit/change-node.ts';
import { copyNodes, pasteNodes } from '@/server/domain/blueprint-edit/copy-nodes.ts';
import type { EditOperation } from '@/server/domain/blueprint-edit/edit-operation.ts';
import type { Drawing } from '@/server/domain/blueprint-edit/edit-session.ts';
import { groupNodes, isGroup, ungroupNode } from '@/server/domain/blueprint-edit/group-nodes.ts';
import type { NamedChange } from '@/server/domain/blueprint-edit/named-change.ts';
import { keyOf, nodeOf } from '@/server/domain/blueprint-edit/node-keys.ts';
import { type Refusal, refuse } from '@/server/domain/blueprint-edit/refusal.ts';
import { removeEdges } from '@/server/domain/blueprint-edit/remove-edges.ts';
import { isPathBelow } from '@/server/domain/blueprint-edit/yaml-path.ts';
import type { DrawnWire } from './blueprint-picture.ts';
import type { EditorStore } from './editor-store.ts';
import { locationsIn } from './locations.ts';

/** The parts with these keys, in the order of the text. */
export function nodesOfKeys({ graph, keys }: Drawing, wanted: readonly string[]): readonly GraphNode[] {
  const found = new Set(wanted.flatMap((key) => nodeOf(graph, keys, key) ?? []));
  return graph.nodes.filter((node) => found.has(node));
}

export function removeSelected(store: EditorStore, keys: readonly string[]): boolean {
  const { drawing } = store.get().session;
  if (drawing === null || keys.length === 0) return false;
  const nodes = nodesOfKeys(drawing, keys);
  return store.change((graph) => removeAll(graph, nodes, keys));
}

/** Takes out all that is written of a line. */
export function removeWire(store: EditorStore, { from, to, kind }: DrawnWire): boolean {
  const { drawing } = store.get().session;
  const node = drawing === null ? undefined : nodeOf(drawing.graph, drawing.keys, from);
  if (drawing === null || node === undefined) return false;
  const { keys } = drawing;
  return store.change((graph) => {
    const location = kind === 'location' ? locationsIn(graph).find(({ key }) => key === to) : undefined;
    if (location) return removeLocation(graph, node.path, positionOf(graph, node.path, location.text));
    const edges = graph.edges.filter(
      (edge) => keyOf(keys, { path: edge.from }) === from && edge.to !== null && keyOf(keys, { path: edge.to }) === to,
    );
    return removeEdges(
      graph,
      edges.filter((edge) => (edge.kind === 'network') === (kind === 'network')),
    );
  });
}

export function duplicateSelected(store: EditorStore, keys: readonly string[]): boolean {
  const { drawing } = store.get().session;
  const [first, ...others] = drawing === null ? [] : nodesOfKeys(drawing, keys);
  if (first === undefined) return false;
  return store.change(
    (graph) => {
      if (others.length === 0) return duplicateNode(graph, first.path);
      const copied = copyNodes(
        graph,
        [first, ...others].map(({ path }) => path),
      );
      return copied === null ? refuse('path-missing', 'There is nothing to duplicate.') : pasteNodes(graph, [], copied);
    },
    { select: 'what is new' },
  );
}

/** Into a group of their own, which stands where the first of them stood. */
export function groupSelected(store: EditorStore, keys: readonly string[]): boolean {
  const { session, places } = store.get();
  if (session.drawing === null) return false;
  const paths = nodesOfKeys(session.drawing, keys).map(({ path }) => path);
  const at = keys.flatMap((key) => places[key] ?? [])[0];
  return store.change((graph) => groupNodes(graph, paths), { select: 'what is new', ...(at ? { at } : {}) });
}

/** Takes the group among the parts away around what is in it. */
export function ungroupSelected(store: EditorStore, keys: readonly string[]): boolean {
  const { drawing } = store.get().session;
  const [group, ...others] = drawing === null ? [] : nodesOfKeys(drawing, keys).filter(isGroup);
  return store.change((graph) => {
    if (group === undefined) return refuse('wrong-kind', 'Choose a group to ungroup it.');
    return others.length > 0 ? refuse('wrong-kind', 'Groups are ungrouped one by one.') : ungroupNode(graph, group.path);
  });
}

/** The chosen parts as YAML; null where none can be copied. */
export function copySelected(store: EditorStore, keys: readonly string[]): string | null {
  const { drawing } = store.get().session;
  if (drawing === null) return null;
  return copyNodes(
    drawing.graph,
    nodesOfKeys(drawing, keys).map(({ path }) => path),
  );
}

/** Pastes beside what is there, and chooses it. */
export function pasteText(store: EditorStore, text: string): boolean {
  return store.change((graph) => pasteNodes(graph, [], text), { select: 'what is new' });
}

/** From the last to the first, so that each is where it was. */
function removeAll(graph: BlueprintGraph, nodes: readonly GraphNode[], keys: readonly string[]): NamedChange | Refusal {
  const outermost = nodes.filter((node) => !nodes.some((other) => other !== node && isPathBelow(node.path, other.path)));
  const changes: (NamedChange | Refusal)[] = outermost.toReversed().map(({ path }) => removeNode(graph, path));
  for (const { of, text, key } of locationsIn(graph)) {
    if (!keys.includes(key)) continue;
    for (const path of of.toReversed()) changes.unshift(removeLocation(graph, path, positionOf(graph, path, text)));
  }
  const operations: EditOperation[] = [];
  for (const change of changes) {
    if (!change.ok) return change;
    operations.push(...change.operations);
  }
  const [only] = changes;
  const name = changes.length === 1 && only?.ok ? only.name : `Remove ${changes.length} parts`;
  return operations.length === 0 ? refuse('path-missing', 'There is nothing to remove.') : { ok: true, name, operations };
}

function positionOf({ nodes }: BlueprintGraph, path: GraphNode['path'], text: string): number {
  const value = nodes.find((node) => node.path === path)?.fields.find(({ key, place }) => key === 'locations' && place === 'root')?.value;
  return Array.isArray(value) ? Math.max(0, value.indexOf(text)) : 0;
}
