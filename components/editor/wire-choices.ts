import type { TypeDetails } from '@/server/api/catalog/type.ts';
import type { GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import type { ReadThing } from '@/server/domain/blueprint-edit/wire-reference.ts';
import { type InspectorField, inspectorFields } from './inspector-fields.ts';

/** How a wire is filled in before anybody says otherwise. */
export interface WireGuess {
  readonly kind: ReadThing['kind'];
  readonly name: string;
  readonly key: string;
  readonly item: string;
}

const BALANCED = 'loadBalancer.target';
const ENVIRONMENT = 'docker.container.environment';
/** What others mostly want to know, the first that a type has. */
const WANTED: readonly string[] = ['datastore.url', 'main.uri', 'host.address'];

export function guessWire(from: GraphNode, fromType: TypeDetails | undefined, to: GraphNode, toType: TypeDetails | undefined): WireGuess {
  const fields = allFields(to, toType);
  const takes = (key: string) => fields.some((field) => field.key === key);
  if (takes(BALANCED) && !to.fields.some(({ key }) => key === BALANCED)) return { kind: 'entity', name: '', key: BALANCED, item: '' };
  const sensors = sensorNames(fromType);
  const name = WANTED.find((one) => sensors.includes(one)) ?? sensors[0] ?? '';
  return { kind: 'sensor', name, key: takes(ENVIRONMENT) ? ENVIRONMENT : '', item: takes(ENVIRONMENT) ? itemFor(from, name) : '' };
}

export function sensorNames(type: TypeDetails | undefined): readonly string[] {
  return (type?.sensors ?? []).map(({ name }) => name);
}

/** Config keys of a node, those that are written first. */
export function allFields(node: GraphNode, type: TypeDetails | undefined): readonly InspectorField[] {
  const { written, more, unknown } = inspectorFields(node, type);
  return [...written, ...unknown, ...more];
}

/** `db` and `host.address` → `DB_ADDRESS`. */
export function itemFor({ id, name, type }: Pick<GraphNode, 'id' | 'name' | 'type'>, sensor: string): string {
  const words = `${id ?? name ?? type ?? ''} ${sensor.split('.').at(-1) ?? ''}`;
  return words
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, '_');
}
