import type { BlueprintGraph, GraphField, GraphNode } from './blueprint-graph.ts';
import { type EditValue, isList } from './written-node.ts';

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

/** The networks in it, as they are called there: of a list or a map, or one alone. */
export function networksIn(value: EditValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return isList(value) ? value.filter((name) => typeof name === 'string') : Object.keys(value);
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
