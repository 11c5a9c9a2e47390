import type { GraphField, GraphNode, NodeRole } from './blueprint-graph.ts';
import { textOf } from './camp-nodes.ts';
import { entriesIn, type Reading, valueIn } from './reading.ts';

/** Maps at the top of a Compose file whose entries are nodes. */
export const COMPOSE_CONTAINERS: ReadonlyMap<string, NodeRole> = new Map([
  ['services', 'service'],
  ['networks', 'network'],
  ['volumes', 'volume'],
  ['secrets', 'secret'],
  ['configs', 'config'],
]);

/** The nodes of a Compose file. */
export function readComposeNodes(root: Reading): readonly GraphNode[] {
  const entries = [...entriesIn(root)];
  const fields = entries.filter(([key, value]) => !isContainer(key, value)).map(([key, value]) => toField(key, value));
  const name = textOf(fields.find(({ key }) => key === 'name'));
  const application: GraphNode = { path: [], role: 'application', parent: null, type: null, id: null, name, fields, range: root.range };
  const nodes = [...COMPOSE_CONTAINERS].flatMap(([key, role]) => {
    const map = entries.find(([one]) => one === key)?.[1];
    return map === undefined || !isContainer(key, map) ? [] : [...entriesIn(map)].map(([id, value]) => toNode(id, value, role));
  });
  return [application, ...nodes];
}

function toNode(id: string, reading: Reading, role: NodeRole): GraphNode {
  const fields = [...entriesIn(reading)].map(([key, value]) => toField(key, value));
  const text = (key: string) => textOf(fields.find((field) => field.key === key));
  const { path, range } = reading;
  return {
    path,
    role,
    parent: [],
    type: role === 'service' ? text('image') : null,
    id,
    name: text('container_name') ?? text('name'),
    fields,
    range,
  };
}

function toField(key: string, reading: Reading): GraphField {
  return { key, path: reading.path, place: 'root', value: valueIn(reading), shared: reading.shared };
}

/** Maps of maps, or of nothing, as in `networks: { dmz: }`. */
function isContainer(key: string, reading: Reading): boolean {
  if (!COMPOSE_CONTAINERS.has(key) || reading.node.kind !== 'map') return false;
  return [...entriesIn(reading).values()].every(({ node }) => node.kind === 'map' || (node.kind === 'scalar' && node.value === null));
}
