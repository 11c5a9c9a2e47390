import { canonicalJson } from '../shared/json.ts';
import type { ResolvedService, ServiceLayer } from './resolve-service.ts';
import { type SourceMap, type SourceNode, textOf } from './source-node.ts';
import { toPlainValue } from './to-plain-value.ts';
import { canonicalKey } from './type-registry.ts';

const ATTACHED = ['brooklyn.policies', 'brooklyn.enrichers', 'brooklyn.initializers'];
const CONFIG = ['brooklyn.config', 'brooklyn.flags'];

/**
 * Whether the only service of a plan can stand for the plan: unless the plan attaches what the service does not, both have names,
 * ids, locations or config that differ, or the service sets what the plan declares as a parameter with a default.
 */
export function canUnwrap(plan: SourceMap, service: ResolvedService): boolean {
  if (isTrue(plan.entries.get('wrappedApp')?.value)) return false;
  return (
    ATTACHED.every((key) => isSubset(plan, service.layers, key)) &&
    !differ(nameOf(plan), lastOf(service.layers, nameOf)) &&
    !differ(idOf(plan), lastOf(service.layers.slice(-1), idOf)) &&
    !(hasLocation(plan) && service.layers.some(({ map }) => hasLocation(map))) &&
    !configDiffers(plan, service)
  );
}

function isTrue(node: SourceNode | undefined): boolean {
  return node?.kind === 'scalar' && (node.value === true || node.value === 'true');
}

function isSubset(plan: SourceMap, layers: readonly ServiceLayer[], key: string): boolean {
  const inner = new Set(layers.flatMap(({ map }) => itemsOf(map, key)));
  return itemsOf(plan, key).every((item) => inner.has(item));
}

function itemsOf(map: SourceMap, key: string): readonly string[] {
  const node = map.entries.get(key)?.value;
  return node?.kind === 'list' ? node.items.map((item) => canonicalJson(toPlainValue(item))) : [];
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function lastOf(layers: readonly ServiceLayer[], read: (map: SourceMap) => string | null): string | null {
  return layers.reduce<string | null>((found, { map }) => read(map) ?? found, null);
}

function nameOf(map: SourceMap): string | null {
  return textOf(map.entries.get('name')?.value)?.trim() || null;
}

function idOf(map: SourceMap): string | null {
  return textOf((map.entries.get('id') ?? map.entries.get('camp.plan.id'))?.value) || null;
}

function hasLocation(map: SourceMap): boolean {
  return map.entries.has('location') || map.entries.has('locations');
}

function configDiffers(plan: SourceMap, { layers, named: { type } }: ResolvedService): boolean {
  const canonical = (key: string) => (type && canonicalKey(type, key)) ?? key;
  const inner = new Map<string, string>();
  for (const { map } of layers) {
    const maps = CONFIG.flatMap((key) => mapsAt(map, key));
    const atRoot = [...map.entries.values()].filter(({ key }) => type !== undefined && canonicalKey(type, key) !== undefined);
    for (const { key, value } of [...maps.flatMap((found) => [...found.entries.values()]), ...atRoot]) {
      inner.set(canonical(key), canonicalJson(toPlainValue(value)));
    }
  }
  const outer = CONFIG.flatMap((key) => mapsAt(plan, key)).flatMap((found) => [...found.entries.values()]);
  const conflicting = outer.some(({ key, value }) => {
    const given = inner.get(canonical(key));
    return given !== undefined && given !== canonicalJson(toPlainValue(value));
  });
  return conflicting || declaredDefaults(plan).some((name) => inner.has(canonical(name)));
}

function mapsAt(map: SourceMap, key: string): readonly SourceMap[] {
  const node = map.entries.get(key)?.value;
  return node?.kind === 'map' ? [node] : [];
}

function declaredDefaults(plan: SourceMap): readonly string[] {
  const parameters = plan.entries.get('brooklyn.parameters')?.value;
  if (parameters?.kind !== 'list') return [];
  return parameters.items.flatMap((item) => {
    const name = item.kind === 'map' && item.entries.has('default') ? textOf(item.entries.get('name')?.value) : null;
    return name === null ? [] : [name];
  });
}
