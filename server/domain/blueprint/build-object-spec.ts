import type { AdjunctSpec } from '../entity/entity-spec.ts';
import type { AdjunctType } from './adjunct-type.ts';
import type { ConfigValue } from './config-value.ts';
import { joinPath, quoteText } from './findings.ts';
import { addUnknown, type ConfigPlace } from './gather-config.ts';
import { didYouMean } from './nearest-name.ts';
import type { PlanState, ValuePlace } from './plan-state.ts';
import { mapOf } from './read-service-text.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from './source-node.ts';
import { toConfigValue } from './to-config-value.ts';
import { canonicalKey, declaredKeys } from './type-registry.ts';
import { validateConfig } from './validate-config.ts';

const OBJECT_TYPE_KEYS: readonly string[] = ['type', 'objectType', 'object_type'];
/** How Brooklyn makes an object of a class; kept for the type to read. */
const MAKING_KEYS: readonly string[] = ['constructor.args', 'factoryMethod.name', 'factoryMethod.args'];
const CONFIG_KEYS: readonly string[] = ['object.fields', 'brooklyn.config'];
/** When Brooklyn makes it: here it is made whenever its arguments are there. */
const TIME_KEYS: readonly string[] = ['deferred'];

/** What stands below `$brooklyn:object`: a placement strategy, a policy, an enricher or a plain object. */
export function buildObjectSpec(written: SourceNode, place: ValuePlace, state: PlanState): AdjunctSpec | null {
  const [only, second] = written.kind === 'list' ? written.items : [];
  const node = only !== undefined && second === undefined ? only : written;
  if (node.kind !== 'map') {
    const hint = '$brooklyn:object:\n  type: BreadthFirstPlacementStrategy';
    state.findings.add('value-kind', { range: node.range, path: place.path, message: 'An object needs a map with “type”.', hint });
    return null;
  }
  const entry = OBJECT_TYPE_KEYS.map((key) => node.entries.get(key)).find((found) => found !== undefined);
  const name = textOf(entry?.value)?.trim() ?? '';
  if (entry === undefined || name === '') {
    state.findings.add('type-missing', { range: entry?.value.range ?? node.range, path: place.path, message: 'This object has no type.' });
    return null;
  }
  const type = findAdjunctType(name, state);
  if (type === undefined) addUnknownType(name, entry, place, state);
  const { config, places } = gather(node, place, type, state);
  if (type !== undefined) validateConfig({ config, places }, type, { map: node, path: place.path }, state);
  const id = textOf(node.entries.get('id')?.value);
  const title = textOf(node.entries.get('name')?.value);
  return { type: type?.id ?? name, ...(id === null ? {} : { id }), ...(title === null ? {} : { name: title }), config };
}

function findAdjunctType(name: string, state: PlanState): AdjunctType | undefined {
  const bare = name.replace(/^(?:java|catalog|brooklyn):/, '');
  const { adjunctTypes } = state.library;
  return adjunctTypes.get(bare) ?? [...adjunctTypes.values()].find((type) => type.aliases.includes(bare));
}

function addUnknownType(name: string, entry: SourceEntry, place: ValuePlace, state: PlanState): void {
  const names = [...state.library.adjunctTypes.values()].flatMap((type) => [type.id, ...type.aliases]);
  const hint = state.findings.full ? undefined : didYouMean(name, names);
  const message = `There is no type ${quoteText(name)} of objects.`;
  state.findings.add('unknown-type', { range: entry.value.range, path: joinPath(place.path, entry.key), message, hint });
}

function gather(map: SourceMap, place: ValuePlace, type: AdjunctType | undefined, state: PlanState) {
  const config: Record<string, ConfigValue> = {};
  const places = new Map<string, ConfigPlace>();
  for (const { entry, path } of given(map, place.path, type, state)) {
    const key = (type && canonicalKey(type, entry.key)) ?? entry.key;
    if (places.has(key)) {
      state.findings.add('key-duplicate', { range: entry.range, path, message: `${quoteText(key)} is given twice.` });
      continue;
    }
    config[key] = toConfigValue(entry.value, { ...place, path, opaque: type === undefined }, state);
    places.set(key, { keyRange: entry.range, node: entry.value, path });
  }
  return { config, places };
}

/** Below `brooklyn.config` and `object.fields`, and the type's own keys beside them. */
function given(map: SourceMap, path: string, type: AdjunctType | undefined, state: PlanState) {
  return [...map.entries.values()].flatMap((entry): readonly { readonly entry: SourceEntry; readonly path: string }[] => {
    const below = joinPath(path, entry.key);
    if (CONFIG_KEYS.includes(entry.key)) {
      const values = mapOf(entry, below, state.findings);
      return values === null ? [] : [...values.entries.values()].map((item) => ({ entry: item, path: joinPath(below, item.key) }));
    }
    if (MAKING_KEYS.includes(entry.key) || (type !== undefined && canonicalKey(type, entry.key) !== undefined))
      return [{ entry, path: below }];
    const silent = [...OBJECT_TYPE_KEYS, ...TIME_KEYS, 'id', 'name'].includes(entry.key);
    if (!silent) addUnknown(entry, below, [...CONFIG_KEYS, ...MAKING_KEYS, ...(type === undefined ? [] : declaredKeys(type))], state);
    return [];
  });
}
