import type { BlueprintGraph, GraphEdge, GraphField, GraphNode } from './blueprint-graph.ts';
import { type EditValue, isList } from './written-node.ts';
import type { YamlPath } from './yaml-path.ts';

/** The entity type that stands for a network. */
export const NETWORK_TYPE = 'virtual-network';

/** Where parts of a CAMP blueprint name their networks; the first that is there holds alone. */
const CAMP_KEYS = ['docker.container.networks', 'networks', 'network.list'] as const;
const PLACES: readonly GraphField['place'][] = ['brooklyn.config', 'brooklyn.flags'];

/** The field in which a part names its networks; undefined where it names none. */
export function networkField({ fields }: Pick<GraphNode, 'fields'>, format: BlueprintGraph['format']): GraphField | undefined {
  for (const key of format === 'camp' ? CAMP_KEYS : ['networks']) {
    const named = fields.filter((field) => field.key === key);
    const field = PLACES.flatMap((place) => named.filter((one) => one.place === place))[0] ?? named[0];
    if (field !== undefined) return field;
  }
  return undefined;
}

/** A network that a part names. */
export interface NamedNetwork {
  readonly name: string;
  /** Of its entry, below the field: empty where the field is the name itself. */
  readonly entry: YamlPath;
  /** Of its name, below the field. */
  readonly at: YamlPath;
  readonly written: GraphEdge['written'];
}

/** The networks in it, as they are called there: of a list of names or of maps with a `name`, of a map, or one alone. */
export function networksIn(value: EditValue | undefined): readonly NamedNetwork[] {
  if (typeof value === 'string') return [{ name: value, entry: [], at: [], written: 'value' }];
  if (typeof value !== 'object' || value === null) return [];
  if (!isList(value)) return Object.keys(value).map((name) => ({ name, entry: [name], at: [name], written: 'key' }));
  return value.flatMap((item, index): readonly NamedNetwork[] => {
    if (typeof item === 'string') return [{ name: item, entry: [index], at: [index], written: 'value' }];
    if (typeof item !== 'object' || item === null || isList(item) || typeof item.name !== 'string') return [];
    return [{ name: item.name, entry: [index], at: [index, 'name'], written: 'value' }];
  });
}

/** The name by which others join the network that an entity of a CAMP blueprint is: its own, else its id. Null where it is none, or has no name yet. */
export function declaredNetwork(node: Pick<GraphNode, 'type' | 'id' | 'fields'>): string | null {
  const named = ownName(node);
  if (named === undefined) return node.type === NETWORK_TYPE ? node.id : null;
  return typeof named.value === 'string' ? named.value : null;
}

/** Whether a network has a name of its own: nobody joins it by its id then. */
export function hasOwnName(node: Pick<GraphNode, 'fields'>): boolean {
  return ownName(node) !== undefined;
}

function ownName({ fields }: Pick<GraphNode, 'fields'>): GraphField | undefined {
  return fields.find(({ key }) => key === 'network.id' || key === 'networkId');
}
