import type { CatalogItem } from '../catalog/catalog.ts';
import { findItem } from './find-catalog-item.ts';
import { joinPath, quoteText, startOf } from './findings.ts';
import { parseImageReference } from './image-reference.ts';
import { isTooNested, itemKey } from './item-source.ts';
import { nearestNames } from './nearest-name.ts';
import type { PlanState, Scope } from './plan-state.ts';
import { TYPE_KEYS } from './service-keys.ts';
import { type SourceEntry, type SourceMap, textOf } from './source-node.ts';
import type { BlueprintType } from './type-registry.ts';

/** The type of a service, as far as it is known. */
export interface NamedType {
  /** Canonical, or as written when it is not known. */
  readonly id: string;
  readonly type: BlueprintType | undefined;
  /** Config that the type itself gives: the image of `docker:IMAGE`. */
  readonly implied: { readonly key: string; readonly value: string } | null;
  readonly entry: SourceEntry;
  readonly defaultName: string;
}

export type TypeReading = { readonly named: NamedType } | { readonly item: CatalogItem; readonly named: NamedType };

const CONTAINER = 'docker-container';
export const IMAGE_KEY = 'docker.image.name';
export const IMAGE_TAG_KEY = 'docker.image.tag';

/** What the `type` of a service names: a type that ships, an image, or an item of the catalog. Null, with a finding, without one. */
export function readType(map: SourceMap, path: string, scope: Scope, state: PlanState): TypeReading | null {
  const entry = TYPE_KEYS.map((key) => map.entries.get(key)).find((found) => found !== undefined);
  const written = textOf(entry?.value)?.trim() ?? '';
  if (entry === undefined || written === '') {
    const range = entry?.value.range ?? startOf(map.range);
    const message = 'This service has no type.';
    state.findings.add('type-missing', { range, path: joinPath(path, 'type'), message, hint: 'For example “type: docker:redis”.' });
    return null;
  }
  if (written.startsWith('docker:')) return { named: readImageType(written.slice('docker:'.length), entry, path, state) };
  if (written.startsWith('chef:')) return { named: readCookbook(written, entry, path, state) };
  return readNamedType(written, { entry, path, scope }, state);
}

interface TypePlace {
  readonly entry: SourceEntry;
  readonly path: string;
  readonly scope: Scope;
}

function readNamedType(written: string, place: TypePlace, state: PlanState): TypeReading {
  const [, prefix = '', bare = written] = /^(?:(java|catalog|brooklyn):)?(.*)$/s.exec(written) ?? [];
  const unversioned = bare.replace(/:\d[\w.+-]*$/, '');
  const shipped = state.typesByName.get(bare) ?? state.typesByName.get(unversioned);
  const { item: from, open } = place.scope;
  const standsIn = shipped !== undefined && shipped.id !== unversioned;
  const lookup = { shipped: shipped !== undefined && prefix !== 'catalog', standsIn, from };
  const found = prefix === 'java' ? { kind: 'none' as const } : findItem(bare, lookup, state);
  if (found.kind === 'item') {
    const key = itemKey(found.item);
    const named = { id: key, type: undefined, implied: null, entry: place.entry, defaultName: found.item.name };
    if (isTooNested(found.item, { range: place.entry.value.range, path: joinPath(place.path, place.entry.key) }, open, state))
      return { named };
    if (!open.includes(key)) {
      if (standsIn && prefix !== 'catalog') noteStandIn(shipped.title, found.item, place, state);
      return { item: found.item, named };
    }
    if (shipped === undefined) {
      const around = [...open.slice(open.indexOf(key)), key].join(' → ');
      const hint = key === open.at(-1) ? `No type ${quoteText(bare)} ships, and the item does not say what it is made of.` : undefined;
      addFinding('catalog-cycle', `This catalog item is of its own type: ${around}.`, hint, place, state);
      return { named };
    }
  }
  if (shipped !== undefined)
    return { named: { id: shipped.id, type: shipped, implied: null, entry: place.entry, defaultName: shipped.title } };
  const { message, hint } = found.kind === 'missing' ? found : unknown(written, bare, state);
  addFinding('unknown-type', message, hint, place, state);
  const defaultName = bare.slice(bare.lastIndexOf('.') + 1) || bare;
  return { named: { id: bare, type: undefined, implied: null, entry: place.entry, defaultName } };
}

function unknown(written: string, bare: string, state: PlanState): { readonly message: string; readonly hint: string } {
  const message = `There is no type ${quoteText(written)}.`;
  if (/^(?:https?|file|classpath|ftp):/.test(written)) {
    return { message, hint: 'Blueprints are not fetched from addresses: add it to the catalog, and write its name here.' };
  }
  const adjunct = state.adjunctsByName.get(bare);
  if (adjunct !== undefined)
    return { message, hint: `${adjunct.title} is ${adjunct.kind === 'enricher' ? 'an' : 'a'} ${adjunct.kind}, no entity.` };
  const names = [...state.typesByName.keys(), ...new Set(state.library.catalog.list().map(({ symbolicName }) => symbolicName))];
  const near = state.findings.full ? [] : nearestNames(bare, names, 5);
  if (near.length > 0) return { message, hint: `Did you mean ${near.map((name) => `“${name}”`).join(', ')}?` };
  return { message, hint: 'Use docker:IMAGE, a type of the palette, or add it to the catalog.' };
}

function readImageType(image: string, entry: SourceEntry, path: string, state: PlanState): NamedType {
  const parsed = parseImageReference(image);
  if (!parsed.ok) {
    const message = `The image ${quoteText(image)} cannot be read: ${parsed.message}.`;
    state.findings.add('image-invalid', { range: entry.value.range, path: joinPath(path, entry.key), message, hint: parsed.hint });
  }
  const repository = parsed.ok ? parsed.reference.repository : image;
  const implied = parsed.ok ? { key: IMAGE_KEY, value: image } : null;
  const defaultName = repository.slice(repository.lastIndexOf('/') + 1) || image;
  return { id: CONTAINER, type: state.types.get(CONTAINER), implied, entry, defaultName };
}

/** `chef:COOKBOOK`, which stands for Brooklyn's entity that runs one. */
function readCookbook(written: string, entry: SourceEntry, path: string, state: PlanState): NamedType {
  const cookbook = written.slice('chef:'.length);
  const type = ['ChefEntity', 'org.apache.brooklyn.entity.chef.ChefEntity'].map((name) => state.typesByName.get(name)).find(Boolean);
  if (type === undefined) {
    const hint = 'Use an image that has the software: “type: docker:IMAGE”.';
    addFinding('unknown-type', `There is no type ${quoteText(written)}: Chef cookbooks are not run.`, hint, { entry, path }, state);
  }
  const implied = { key: 'brooklyn.chef.cookbook.primary.name', value: cookbook };
  return { id: type?.id ?? written, type, implied, entry, defaultName: cookbook };
}

function noteStandIn(title: string, item: CatalogItem, { entry, path }: TypePlace, state: PlanState): void {
  const message = `${quoteText(itemKey(item))} of the catalog, ${quoteText(item.name)}, takes the place of ${title} here.`;
  const hint = `“java:${item.symbolicName}” is the type that ships.`;
  state.findings.add('type-substituted', { range: entry.value.range, path: joinPath(path, entry.key), message, hint });
}

function addFinding(
  code: 'unknown-type' | 'catalog-cycle',
  message: string,
  hint: string | undefined,
  { entry, path }: Pick<TypePlace, 'entry' | 'path'>,
  state: PlanState,
): void {
  state.findings.add(code, { range: entry.value.range, path: joinPath(path, entry.key), message, hint });
}
