import type { BlueprintGraph, GraphEdge } from './blueprint-graph.ts';
import { referenceOf } from './compose-edges.ts';
import type { EditOperation } from './edit-operation.ts';
import { renameInExpression } from './expressions.ts';
import { hasOwnName } from './node-networks.ts';
import { type EditValue, isList } from './written-node.ts';
import { isPathBelow, type YamlPath } from './yaml-path.ts';

/** References that are written as an id; `parent()` and the like are none, nor is the own name of a network. */
export function referencesIn({ edges, nodes }: BlueprintGraph): readonly GraphEdge[] {
  const named = new Set(nodes.filter(hasOwnName).map(({ path }) => path));
  return edges.filter(({ target, to, kind }) => to !== null && !target.endsWith('()') && !(kind === 'network' && named.has(to)));
}

/** Operations that write new ids into references. `place`: where what stands at a path of the graph is to be changed. */
export function renameReferences(
  graph: BlueprintGraph,
  edges: readonly GraphEdge[],
  ids: ReadonlyMap<string, string>,
  place: (path: YamlPath) => YamlPath,
): readonly EditOperation[] {
  const places = new Map(edges.map((edge) => [JSON.stringify([edge.at, edge.written]), edge]));
  // From the end: a key is renamed after what stands below it.
  return [...places.values()].toReversed().flatMap((edge): readonly EditOperation[] => {
    const written = edge.written === 'key' ? edge.at.at(-1) : valueAt(graph, edge);
    if (typeof written !== 'string') return [];
    const renamed = [
      ...new Set(edges.filter(({ at, written: how }) => at === edge.at && how === edge.written).map(({ target }) => target)),
    ].reduce(
      (text, target) => (graph.format === 'camp' ? renameInCamp(edge, text, target, ids) : renameInCompose(edge, text, target, ids)),
      written,
    );
    if (renamed === written) return [];
    if (edge.written === 'key') return [{ kind: 'rename', path: place(edge.at), key: renamed }];
    return [{ kind: 'set', path: place(edge.at), value: renamed }];
  });
}

/** A network stands there by its name alone, all else in an expression. */
function renameInCamp({ kind }: GraphEdge, text: string, target: string, ids: ReadonlyMap<string, string>): string {
  const fresh = ids.get(target);
  if (fresh === undefined) return text;
  return kind === 'network' ? fresh : (renameInExpression(text, target, fresh) ?? text);
}

/** `web`, `web:front`, `service:web`: the name is the first that stands there whole. */
function renameInCompose(edge: GraphEdge, text: string, target: string, ids: ReadonlyMap<string, string>): string {
  const fresh = ids.get(target);
  const field = edge.at.find((key) => typeof key === 'string' && referenceOf(key)?.kind === edge.kind);
  if (fresh === undefined || field === undefined) return text;
  if (text === target) return fresh;
  return text.startsWith('service:') ? `service:${fresh}` : `${fresh}${text.slice(target.length)}`;
}

function valueAt({ nodes }: BlueprintGraph, edge: GraphEdge): EditValue | undefined {
  const field = nodes.find(({ path }) => path === edge.from)?.fields.find(({ path }) => isPathBelow(edge.at, path));
  let value: EditValue | undefined = field?.value;
  for (const key of edge.at.slice(field?.path.length)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = isList(value) ? value[Number(key)] : value[key];
  }
  return value;
}
