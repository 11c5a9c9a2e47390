import {
  type ConfigValue,
  type DslCall,
  type DslExpression,
  isConfigList,
  isDeferred,
  isNestedObject,
  isNestedSpec,
} from '../blueprint/config-value.ts';
import { COMPONENT_SCOPES } from '../blueprint/dsl-functions.ts';
import { declaresBy, effectiveConfig } from '../blueprint/effective-config.ts';
import { formatJava } from '../blueprint/format-java.ts';
import { ancestorNodes, rootOf, type SpecNode } from '../blueprint/spec-tree.ts';

/** What an expression is in Compose, where services know each other by name: a text or number; undefined for what it cannot say. */
export type Folded = string | number | boolean | null | undefined;

export interface FoldWorld {
  readonly byId: ReadonlyMap<string, SpecNode>;
  /** Name of the Compose service that an entity becomes; undefined when it becomes none. */
  nameOf(node: SpecNode): string | undefined;
}

const ADDRESS = /^(?:host\.(?:address|hostname|name|subnet\.address|subnet\.hostname)|docker\.container\.(?:name|subnet\.address))$/;
const PORT = /^(?:mapped\.)?docker\.port\.(\d+)$/;
const DEEPEST = 32;

/** Addresses and ports of other services, literals, formatted texts and config that is known without running anything. */
export function foldExpression({ calls }: DslExpression, owner: SpecNode, world: FoldWorld, depth = 0): Folded {
  let on: SpecNode | undefined = owner;
  for (const [index, call] of calls.entries()) {
    if (on === undefined || depth > DEEPEST) return undefined;
    const isLast = index === calls.length - 1;
    const next: SpecNode | undefined = step(call, on, world);
    if (next !== undefined) on = next;
    else return isLast ? evaluate(call, on, { owner, world, depth }) : undefined;
  }
  return undefined;
}

interface Folding {
  readonly owner: SpecNode;
  readonly world: FoldWorld;
  readonly depth: number;
}

function step({ name, args }: DslCall, on: SpecNode, { byId }: FoldWorld): SpecNode | undefined {
  const scope = name === 'component' && args.length === 2 ? COMPONENT_SCOPES.get(String(args[0])) : name;
  if (scope === 'self') return on;
  if (scope === 'parent') return on.parent ?? undefined;
  if (scope === 'root' || scope === 'scopeRoot') return rootOf(on);
  if (scope === undefined || !['component', 'entity', 'child', 'sibling', 'descendant', 'ancestor'].includes(scope)) return undefined;
  const id = args.at(-1);
  return typeof id === 'string' ? byId.get(id) : undefined;
}

function evaluate({ name, args }: DslCall, on: SpecNode, { owner, world, depth }: Folding): Folded {
  const [first, ...rest] = args.map((arg) => foldArgument(arg, { owner, world, depth }));
  switch (name) {
    case 'literal':
      return first;
    case 'attributeWhenReady':
      return sensorOf(String(first), world.nameOf(on));
    case 'config':
      return configOf(String(first), on, world, depth);
    case 'urlEncode':
      return first === undefined ? undefined : encodeURIComponent(String(first)).replaceAll('%20', '+');
    case 'formatString': {
      if (first === undefined || rest.includes(undefined)) return undefined;
      const formatted = formatJava(
        String(first),
        rest.map((value) => value ?? null),
      );
      return formatted.ok ? formatted.text : undefined;
    }
    default:
      return undefined;
  }
}

function foldArgument(value: ConfigValue, { owner, world, depth }: Folding): Folded {
  if (isDeferred(value)) return foldExpression(value.$dsl, owner, world, depth + 1);
  return typeof value === 'object' && value !== null ? undefined : value;
}

/** On a network of Compose a service is reached by its name, at the port of its container. */
function sensorOf(sensor: string, service: string | undefined): Folded {
  if (service === undefined) return undefined;
  if (ADDRESS.test(sensor)) return service;
  const port = PORT.exec(sensor)?.[1];
  if (port === undefined) return undefined;
  return sensor.startsWith('mapped.') ? `${service}:${port}` : Number(port);
}

function configOf(key: string, on: SpecNode, world: FoldWorld, depth: number): Folded {
  const nearest = effectiveConfig(key, [on, ...ancestorNodes(on)], declaresBy(undefined))?.parts[0];
  return nearest && foldArgument(nearest.value, { owner: nearest.holder, world, depth });
}

/** JSON with every expression folded; parts that cannot be are left away, and told with their path. */
export type FoldedValue = null | boolean | number | string | readonly FoldedValue[] | { readonly [key: string]: FoldedValue };

export function foldValue(
  value: ConfigValue,
  fold: (expression: DslExpression) => Folded,
  leave: (path: readonly string[], text: string) => void,
  path: readonly string[] = [],
): FoldedValue | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (isDeferred(value)) {
    const folded = fold(value.$dsl);
    if (folded === undefined) leave(path, value.$dsl.text);
    return folded;
  }
  if (isNestedSpec(value) || isNestedObject(value)) {
    leave(path, isNestedSpec(value) ? value.$spec.type : value.$object.type);
    return undefined;
  }
  if (isConfigList(value)) {
    const items: FoldedValue[] = [];
    for (const [index, item] of value.entries()) {
      const folded = foldValue(item, fold, leave, [...path, String(index)]);
      if (folded !== undefined) items.push(folded);
    }
    return items;
  }
  const entries: (readonly [string, FoldedValue])[] = [];
  for (const [key, item] of Object.entries(value)) {
    const folded = foldValue(item, fold, leave, [...path, key]);
    if (folded !== undefined) entries.push([key, folded]);
  }
  return Object.fromEntries(entries);
}
