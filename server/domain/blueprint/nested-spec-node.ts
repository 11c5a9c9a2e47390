import type { ConfigValue } from './config-value.ts';
import { DSL_PREFIX } from './dsl-functions.ts';
import { joinPath } from './findings.ts';
import type { PlanState, ValuePlace } from './plan-state.ts';
import { TYPE_KEYS } from './service-keys.ts';
import { entryAt, mapAt } from './source-builder.ts';
import type { SourceNode } from './source-node.ts';
import { type BlueprintType, configShape } from './type-registry.ts';

export const SPEC_KEY = `${DSL_PREFIX}entitySpec`;
export const OBJECT_KEY = `${DSL_PREFIX}object`;

export interface PlacedNode {
  readonly node: SourceNode;
  /** In the text, for diagnostics. */
  readonly path: string;
}

/** The service inside `{ $brooklyn:entitySpec: … }`, where a list of one stands for its item; any other node as it is. */
export function nestedSpecNode({ node, path }: PlacedNode): PlacedNode {
  const wrapped = node.kind === 'map' && node.entries.size === 1 ? node.entries.get(SPEC_KEY) : undefined;
  if (wrapped === undefined) return { node, path };
  const below = joinPath(path, wrapped.key);
  const [only, second] = wrapped.value.kind === 'list' ? wrapped.value.items : [];
  return only === undefined || second !== undefined ? { node: wrapped.value, path: below } : { node: only, path: joinPath(below, 0) };
}

/** True for the map of a service that stands, without `$brooklyn:entitySpec`, where the type wants an entity spec. */
export function isBareSpec(node: SourceNode, key: string, type: BlueprintType): boolean {
  return node.kind === 'map' && TYPE_KEYS.some((name) => node.entries.has(name)) && takesSpec(type, key);
}

/** `{ $spec }`, or null with a finding. */
export function toNestedSpec(placed: PlacedNode, place: ValuePlace, state: PlanState): ConfigValue {
  const { node, path } = nestedSpecNode(placed);
  const spec = state.builders.entity(node, { parent: place.owner, path, segment: place.key, ...(place.scope && { scope: place.scope }) });
  return spec === null ? null : { $spec: spec };
}

/** `{ $object }`, or null with a finding. A text by itself is its type. */
export function toNestedObject(node: SourceNode, place: ValuePlace, state: PlanState): ConfigValue {
  const isName = node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '';
  const map = isName ? mapAt(node.range, [entryAt(node.range, 'type', node)]) : node;
  const object = state.builders.object(map, place);
  return object === null ? null : { $object: object };
}

function takesSpec(type: BlueprintType, key: string): boolean {
  const schema = configShape(type)[key];
  return schema?.safeParse({ $spec: { type: 'any' } }).success === true && !schema.safeParse({ type: 'any' }).success;
}
