import type { BlueprintGraph, GraphNode } from './blueprint-graph.ts';
import { findCampEdges } from './camp-edges.ts';
import { readCampNodes } from './camp-nodes.ts';
import { findComposeEdges } from './compose-edges.ts';
import { readComposeNodes } from './compose-nodes.ts';
import type { EditableText } from './editable-text.ts';
import { entriesIn, readRoot } from './reading.ts';

/** Null for a text that is no blueprint: a list, or `services` that are neither a list nor a map. */
export function readGraph(source: EditableText): BlueprintGraph | null {
  const root = readRoot(source);
  if (root === null) return toGraph('camp', [EMPTY_APPLICATION]);
  if (root.node.kind !== 'map') return null;
  const services = entriesIn(root).get('services')?.node;
  if (services === undefined || services.kind === 'list' || (services.kind === 'scalar' && services.value === null)) {
    return toGraph('camp', readCampNodes(root));
  }
  return services.kind === 'map' ? toGraph('compose', readComposeNodes(root)) : null;
}

/** The nodes with the references that they hold. */
export function toGraph(format: BlueprintGraph['format'], nodes: readonly GraphNode[]): BlueprintGraph {
  return { format, nodes, edges: format === 'camp' ? findCampEdges(nodes) : findComposeEdges(nodes) };
}

const EMPTY_APPLICATION: GraphNode = {
  path: [],
  role: 'application',
  parent: null,
  type: null,
  id: null,
  name: null,
  fields: [],
  range: { start: 0, end: 0 },
};
