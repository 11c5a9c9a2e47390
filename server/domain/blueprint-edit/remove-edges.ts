import { DSL_PREFIX } from '../blueprint/dsl-functions.ts';
import { type BlueprintGraph, findNode, type GraphEdge } from './blueprint-graph.ts';
import { leaveNetwork } from './change-field.ts';
import { labelOf } from './change-node.ts';
import { referenceOf } from './compose-edges.ts';
import type { NamedChange } from './named-change.ts';
import { networkField, networksIn } from './node-networks.ts';
import { type Refusal, refuse } from './refusal.ts';
import { formatPath, isPathBelow, isSamePath, type YamlPath } from './yaml-path.ts';

/**
 * Takes out what is written of references of one part to another: a network is left, of all else the key or the item goes that holds the
 * reference. Refused (`would-lose`) where that reads another part as well.
 */
export function removeEdges(graph: BlueprintGraph, edges: readonly GraphEdge[]): NamedChange | Refusal {
  const [first] = edges;
  const from = first && findNode(graph, first.from);
  if (first === undefined || from === undefined) return refuse('path-missing', 'There is no reference to remove.');
  const removed = edges.map((edge) => writtenAt(graph, edge));
  for (const other of graph.edges) {
    if (edges.includes(other)) continue;
    const lost = removed.find((path) => isPathBelow(other.at, path));
    if (lost === undefined) continue;
    return refuse('would-lose', `${formatPath(lost)} reads ${other.target} as well: change it in the form of ${labelOf(from)}.`);
  }
  const outermost = removed.filter(
    (path, index) => !removed.some((other, at) => at !== index && isPathBelow(path, other) && (at < index || !isSamePath(path, other))),
  );
  return {
    ok: true,
    name: nameOf(graph, first, labelOf(from)),
    // From the last to the first, so that each is where it was.
    operations: outermost.toReversed().map((path) => ({ kind: 'remove', path, whenEmpty: 'remove' })),
  };
}

function nameOf(graph: BlueprintGraph, { from, to, kind, target }: GraphEdge, reader: string): string {
  const left = kind === 'network' ? leaveNetwork(graph, from, target) : null;
  if (left?.ok) return left.name;
  const read = to === null ? undefined : findNode(graph, to);
  return `Unwire ${read === undefined ? target : labelOf(read)} from ${reader}`;
}

/** The key or the item that holds a reference, with the whole of the expression that it is a part of. */
function writtenAt(graph: BlueprintGraph, { from, kind, target, at }: GraphEdge): YamlPath {
  const node = findNode(graph, from);
  if (kind === 'network' && node !== undefined) {
    const field = networkField(node, graph.format);
    const entry = field && networksIn(field.value).find(({ name }) => name === target)?.entry;
    if (field !== undefined && entry !== undefined && isPathBelow(at, field.path)) return [...field.path, ...entry];
  }
  if (graph.format === 'camp') {
    const expression = at.findIndex((key) => typeof key === 'string' && key.startsWith(DSL_PREFIX));
    return expression < 0 ? at : at.slice(0, expression);
  }
  const field = node?.fields.find(({ path }) => isPathBelow(at, path));
  const isLong = field !== undefined && at.length > field.path.length && referenceOf(field.key)?.longKey === at.at(-1);
  return isLong ? at.slice(0, -1) : at;
}
