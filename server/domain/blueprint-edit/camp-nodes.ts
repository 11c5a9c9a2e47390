import { FIRST_MEMBER_SPEC_KEYS, MEMBER_SPEC_KEYS, TYPE_KEYS } from '../blueprint/service-keys.ts';
import type { GraphField, GraphNode, NodeRole } from './blueprint-graph.ts';
import { entriesIn, itemsIn, type Reading, valueIn } from './reading.ts';
import type { YamlPath } from './yaml-path.ts';

export const SPEC_WRAPPER = '$brooklyn:entitySpec';

/** Lists in an entity whose items are nodes. */
export const CAMP_CONTAINERS: ReadonlyMap<string, NodeRole> = new Map([
  ['services', 'service'],
  ['brooklyn.children', 'child'],
  ['brooklyn.policies', 'policy'],
  ['brooklyn.enrichers', 'enricher'],
  ['brooklyn.initializers', 'initializer'],
]);

const CONFIG_PLACES = ['brooklyn.config', 'brooklyn.flags'] as const;
const ADJUNCT_TYPE_KEYS = ['policyType', 'policy_type', 'enricherType', 'enricher_type', 'initializerType', 'initializer_type'];

/** The nodes of a CAMP blueprint. */
export function readCampNodes(root: Reading): readonly GraphNode[] {
  const nodes: GraphNode[] = [];
  readEntity(root, 'application', null, nodes);
  return nodes;
}

/** What is to become a node of its own. */
interface Inner {
  readonly reading: Reading;
  readonly role: NodeRole;
}

function readEntity(reading: Reading, role: NodeRole, parent: YamlPath | null, nodes: GraphNode[]): void {
  const entries = entriesIn(reading);
  const fields: GraphField[] = [];
  const inner: Inner[] = [];
  const take = (key: string, value: Reading, place: GraphField['place']) => {
    const spec = toSpec(key, value);
    if (spec !== null) inner.push(spec);
    else fields.push({ key, path: value.path, place, value: valueIn(value), shared: value.shared });
  };
  for (const [key, value] of entries) if (!isConfigMap(key, value) && !isContainer(key, value, role)) take(key, value, 'root');
  for (const place of CONFIG_PLACES) {
    const map = entries.get(place);
    if (map !== undefined) for (const [key, value] of entriesIn(map, 'last')) take(key, value, place);
  }
  const text = (keys: readonly string[]) => textOf(fields.find(({ key, place }) => place === 'root' && keys.includes(key)));
  const type = text(TYPE_KEYS) ?? text(ADJUNCT_TYPE_KEYS);
  const { path, range } = reading;
  nodes.push({ path, role, parent, type, id: text(['id']), name: text(['name']), fields, range });
  for (const [key, one] of CAMP_CONTAINERS) {
    const list = entries.get(key);
    if (list !== undefined && isContainer(key, list, role)) inner.push(...itemsIn(list).map((item) => ({ reading: item, role: one })));
  }
  for (const one of inner) readEntity(one.reading, one.role, path, nodes);
}

/** `brooklyn.config` as a map holds fields; as anything else it is one. */
function isConfigMap(key: string, { node }: Reading): boolean {
  return CONFIG_PLACES.some((place) => place === key) && (node.kind === 'map' || (node.kind === 'scalar' && node.value === null));
}

/** A list of maps in the right place; a list with anything else in it is a field. */
function isContainer(key: string, reading: Reading, role: NodeRole): boolean {
  if (!CAMP_CONTAINERS.has(key) || (key === 'services' && role !== 'application')) return false;
  const { node } = reading;
  if (node.kind === 'list') return itemsIn(reading).every((item) => item.node.kind === 'map');
  return node.kind === 'scalar' && node.value === null;
}

/** An entity that is described in a value: a member, or any other to be made later. */
function toSpec(key: string, reading: Reading): Inner | null {
  if (reading.node.kind !== 'map') return null;
  const entries = entriesIn(reading);
  const wrapped = entries.size === 1 ? entries.get(SPEC_WRAPPER) : undefined;
  const role = MEMBER_SPEC_KEYS.includes(key) ? 'member' : FIRST_MEMBER_SPEC_KEYS.includes(key) ? 'first-member' : 'spec';
  if (wrapped?.node.kind === 'map') return { reading: wrapped, role };
  return role !== 'spec' && TYPE_KEYS.some((one) => entries.has(one)) ? { reading, role } : null;
}

export function textOf(field: Pick<GraphField, 'value'> | undefined): string | null {
  const value = field?.value ?? null;
  return value === null || typeof value === 'object' ? null : String(value);
}
