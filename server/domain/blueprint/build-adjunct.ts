import type { CatalogItem, CatalogItemType } from '../catalog/catalog.ts';
import { splitCatalogReference } from '../catalog/create-catalog.ts';
import type { AdjunctSpec } from '../entity/entity-spec.ts';
import type { AdjunctType } from './adjunct-type.ts';
import { checkSupport } from './check-support.ts';
import type { ConfigPlace } from './config-level.ts';
import type { ConfigValue } from './config-value.ts';
import { findItem } from './find-catalog-item.ts';
import { joinPath, quoteText } from './findings.ts';
import { addUnknown, warnUndeclared } from './gather-config.ts';
import { isTooNested, itemKey, itemSource, noteUse } from './item-source.ts';
import { nearestNames } from './nearest-name.ts';
import { BLUEPRINT_SCOPE, type PlanState, type ValuePlace } from './plan-state.ts';
import { mapOf } from './read-service-text.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from './source-node.ts';
import { toConfigValue } from './to-config-value.ts';
import { canonicalKey, declaredKeys } from './type-registry.ts';
import { validateConfig } from './validate-config.ts';

/** How one kind of thing that is attached to an entity is written. */
export interface AdjunctForm {
  /** `policy`, with its article: goes into messages. */
  readonly noun: string;
  readonly example: string;
  readonly typeKeys: readonly string[];
  /** Maps of config. */
  readonly configKeys: readonly string[];
  /** Keys beside them that are config whatever the type declares. */
  readonly keptKeys?: readonly string[];
  /** Keys that have no effect here and need no word. */
  readonly silentKeys?: readonly string[];
}

export interface BuiltAdjunct {
  readonly spec: AdjunctSpec;
  /** Undefined: not known, kept as it is written. */
  readonly type: AdjunctType | undefined;
  /** Where the type is named. */
  readonly entry: SourceEntry;
}

/** A policy, enricher, initializer or object with its type looked up and its config checked. Null when it cannot be told what it is. */
export function buildAdjunct(node: SourceNode, form: AdjunctForm, place: ValuePlace, state: PlanState): BuiltAdjunct | null {
  const resolved = resolveAdjunct(node, form, place, state);
  if (resolved === null) return null;
  const { name, type, entry, layers } = resolved;
  const config: Record<string, ConfigValue> = {};
  const places = new Map<string, ConfigPlace>();
  let labels: ReturnType<typeof labelsOf> = {};
  for (const layer of layers) {
    const gathered = gather(layer.map, { form, place: layer.place }, type, state);
    Object.assign(config, gathered.config);
    for (const [key, at] of gathered.places) places.set(key, at);
    labels = { ...labels, ...labelsOf(layer.map, type) };
  }
  if (type !== undefined) {
    const named = { range: entry.value.range, path: joinPath(place.path, entry.key) };
    validateConfig({ config, places }, type, named, state);
    checkSupport(type, named, places, state);
  }
  return { spec: { type: type?.id ?? name, ...labels, config }, type, entry };
}

interface AdjunctLayer {
  readonly map: SourceMap;
  readonly place: ValuePlace;
}

interface ResolvedAdjunct {
  /** Of the most basic type. */
  readonly name: string;
  readonly type: AdjunctType | undefined;
  /** Where the type is named, in what uses it. */
  readonly entry: SourceEntry;
  /** The most basic first; those of catalog items, then what stands in the text itself. */
  readonly layers: readonly AdjunctLayer[];
}

function resolveAdjunct(node: SourceNode, form: AdjunctForm, place: ValuePlace, state: PlanState): ResolvedAdjunct | null {
  if (node.kind !== 'map') {
    const message = `${capitalised(form.noun)} needs a map with “type”.`;
    state.findings.add('value-kind', { range: node.range, path: place.path, message, hint: form.example });
    return null;
  }
  const entry = form.typeKeys.map((key) => node.entries.get(key)).find((found) => found !== undefined);
  const name = textOf(entry?.value)?.trim() ?? '';
  if (entry === undefined || name === '') {
    const message = `This ${form.noun.replace(/^an? /, '')} has no type.`;
    state.findings.add('type-missing', { range: entry?.value.range ?? node.range, path: place.path, message, hint: form.example });
    return null;
  }
  const own: AdjunctLayer = { map: node, place };
  const bare = name.replace(/^(?:java|catalog|brooklyn):/, '');
  const item = itemOf(bare, { isShipped: state.adjunctsByName.has(bare), place }, state);
  if (item !== null) {
    const inner = resolveItem(item, form, { entry, place }, state);
    return inner && { ...inner, entry, layers: [...inner.layers, own] };
  }
  const type = state.adjunctsByName.get(bare);
  if (type === undefined) addUnknownType(name, entry, { form, place }, state);
  return { name, type, entry, layers: [own] };
}

function itemOf(
  name: string,
  { isShipped, place }: { readonly isShipped: boolean; readonly place: ValuePlace },
  state: PlanState,
): CatalogItem | null {
  const { item: from, open } = place.scope ?? BLUEPRINT_SCOPE;
  const found = findItem(name, { shipped: isShipped, from }, state);
  if (found.kind !== 'item' || ENTITIES.includes(found.item.itemType)) return null;
  return isShipped && open.includes(itemKey(found.item)) ? null : found.item;
}

const ENTITIES: readonly CatalogItemType[] = ['application', 'template', 'entity'];

function resolveItem(
  item: CatalogItem,
  form: AdjunctForm,
  { entry, place }: { readonly entry: SourceEntry; readonly place: ValuePlace },
  state: PlanState,
): ResolvedAdjunct | null {
  const key = itemKey(item);
  const use = { range: entry.value.range, path: joinPath(place.path, entry.key) };
  const { open, root } = place.scope ?? BLUEPRINT_SCOPE;
  if (open.includes(key)) {
    const around = [...open.slice(open.indexOf(key)), key].join(' → ');
    state.findings.add('catalog-cycle', { ...use, message: `This catalog item is of its own type: ${around}.` });
    return null;
  }
  if (isTooNested(item, use, open, state)) return null;
  noteUse(item, use, state);
  if (item.itemType === 'location') {
    const message = `${quoteText(key)} is a location in the catalog, not ${form.noun}.`;
    state.findings.add('adjunct-kind', { ...use, message, hint: 'It belongs below “location”.' });
    return null;
  }
  const source = itemSource(item, state);
  if (source === null) {
    state.findings.add('catalog-not-entity', { ...use, message: `The text of ${quoteText(key)} says no type.` });
    return null;
  }
  const { node, path } = onlyOne(source.map, source.path);
  return resolveAdjunct(node, form, { ...place, path, scope: { item, root, open: [...open, key] } }, state);
}

/** Old items hold a list of one, as entities do. */
function onlyOne(map: SourceMap, path: string): { readonly node: SourceNode; readonly path: string } {
  const [entry, other] = map.entries.values();
  const [only, second] = entry?.value.kind === 'list' ? entry.value.items : [];
  if (entry === undefined || other !== undefined || only === undefined || second !== undefined) return { node: map, path };
  return LISTS.includes(entry.key) ? { node: only, path: joinPath(joinPath(path, entry.key), 0) } : { node: map, path };
}

const LISTS: readonly string[] = ['brooklyn.policies', 'brooklyn.enrichers', 'brooklyn.initializers'];

/** `id` and `name`, unless the type declares config of that name, as an effector does. */
function labelsOf(map: SourceMap, type: AdjunctType | undefined): { readonly id?: string; readonly name?: string } {
  const label = (key: string) => (type && canonicalKey(type, key) !== undefined ? null : textOf(map.entries.get(key)?.value));
  const id = label('id') ?? label('uniqueTag');
  const name = label('name');
  return { ...(id === null ? {} : { id }), ...(name === null ? {} : { name }) };
}

const LABEL_KEYS: readonly string[] = ['id', 'uniqueTag', 'name'];
/** For people; items of catalogs have them. */
const DESCRIPTIVE_KEYS: readonly string[] = ['description', 'iconUrl', 'displayName'];

interface Formed {
  readonly form: AdjunctForm;
  readonly place: ValuePlace;
}

function addUnknownType(name: string, entry: SourceEntry, { form, place }: Formed, state: PlanState): void {
  const near = state.findings.full ? [] : nearestNames(name, state.adjunctsByName.keys(), 5);
  const isEntity = state.typesByName.has(name) || state.library.catalog.find(splitCatalogReference(name).symbolicName, null) !== undefined;
  const entity = isEntity ? 'It is a type of entities: put it below “services” or “brooklyn.children”.' : undefined;
  const hint = entity ?? (near.length === 0 ? undefined : `Did you mean ${near.map((item) => `“${item}”`).join(', ')}?`);
  const message = `There is no type ${quoteText(name)} for ${form.noun}.`;
  state.findings.add('unknown-type', { range: entry.value.range, path: joinPath(place.path, entry.key), message, hint });
}

function gather(map: SourceMap, { form, place }: Formed, type: AdjunctType | undefined, state: PlanState) {
  const config: Record<string, ConfigValue> = {};
  const places = new Map<string, ConfigPlace>();
  for (const { entry, path } of given(map, { form, place }, type, state)) {
    const key = (type && canonicalKey(type, entry.key)) ?? entry.key;
    if (places.has(key)) {
      const hint = key === entry.key ? undefined : `${quoteText(entry.key)} stands for ${quoteText(key)}.`;
      state.findings.add('key-duplicate', { range: entry.range, path, message: `${quoteText(key)} is given twice.`, hint });
      continue;
    }
    config[key] = toConfigValue(entry.value, { ...place, path, opaque: type === undefined }, state);
    places.set(key, { keyRange: entry.range, node: entry.value, path });
  }
  return { config, places };
}

interface Given {
  readonly entry: SourceEntry;
  readonly path: string;
}

/** Below the maps of config, and beside them what the type declares. A type that is not known declares everything. */
function given(map: SourceMap, { form, place }: Formed, type: AdjunctType | undefined, state: PlanState): readonly Given[] {
  const found: Given[] = [];
  for (const entry of map.entries.values()) {
    const path = joinPath(place.path, entry.key);
    if (form.configKeys.includes(entry.key)) {
      for (const item of mapOf(entry, path, state.findings)?.entries.values() ?? []) {
        const below = joinPath(path, item.key);
        if (type !== undefined && ![...LABEL_KEYS, ...(form.keptKeys ?? [])].includes(item.key)) warnUndeclared(item, below, type, state);
        found.push({ entry: item, path: below });
      }
    } else if (form.keptKeys?.includes(entry.key) || (type && canonicalKey(type, entry.key) !== undefined)) found.push({ entry, path });
    else if ([...form.typeKeys, ...LABEL_KEYS, ...DESCRIPTIVE_KEYS, ...(form.silentKeys ?? [])].includes(entry.key)) continue;
    else if (type === undefined) found.push({ entry, path });
    else addUnknown(entry, path, [...form.configKeys, ...declaredKeys(type), ...Object.keys(type.flags)], state);
  }
  return found;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
