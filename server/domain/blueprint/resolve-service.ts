import type { CatalogItem } from '../catalog/catalog.ts';
import { canUnwrap } from './can-unwrap.ts';
import { joinPath, quoteText } from './findings.ts';
import { itemKey, itemSource, noteUse } from './item-source.ts';
import type { PlanState, Scope } from './plan-state.ts';
import { type NamedType, readType } from './read-type.ts';
import type { SourceMap } from './source-node.ts';

/** One text that says what an entity is. */
export interface ServiceLayer {
  readonly map: SourceMap;
  /** In the text, for diagnostics. */
  readonly path: string;
  /** A service, or a whole plan: the application itself, or what stood around its only service. */
  readonly role: 'service' | 'plan';
  /** Catalog item in whose text it stands; null in the blueprint itself. */
  readonly item: CatalogItem | null;
}

/** A service with all that its type brings. */
export interface ResolvedService {
  readonly named: NamedType;
  /** The most basic first; later ones are laid over it. The last is the service itself. */
  readonly layers: readonly [ServiceLayer, ...ServiceLayer[]];
  /** Items that it is of, the one that the blueprint names first. */
  readonly items: readonly CatalogItem[];
}

/** Where a service stands. */
interface ServicePlace {
  /** In the text, for diagnostics. */
  readonly path: string;
  readonly scope: Scope;
}

/** Null, with a finding, when it cannot be told what it is. */
export function resolveService(map: SourceMap, place: ServicePlace, state: PlanState): ResolvedService | null {
  const { path, scope } = place;
  const read = readType(map, path, scope, state);
  if (read === null) return null;
  const own: ServiceLayer = { map, path, role: 'service', item: scope.item };
  const inner = 'item' in read ? resolveItem(read.item, { named: read.named, path, open: scope.open }, state) : null;
  if (inner === null) return { named: read.named, layers: [own], items: 'item' in read ? [read.item] : [] };
  return { ...inner, layers: [...inner.layers, own] };
}

interface ItemUse {
  readonly named: NamedType;
  readonly path: string;
  readonly open: readonly string[];
}

/** Null, with a finding, for an item that makes no entity. */
function resolveItem(item: CatalogItem, { named, path, open }: ItemUse, state: PlanState): ResolvedService | null {
  const key = itemKey(item);
  const use = { range: named.entry.value.range, path: joinPath(path, named.entry.key) };
  noteUse(item, use, state);
  const source = itemSource(item, state);
  const isEntity = source !== null && (source.map.entries.has('services') || ['application', 'template', 'entity'].includes(item.itemType));
  if (!isEntity) {
    const kind = `${/^[ae]/.test(item.itemType) ? 'an' : 'a'} ${item.itemType}`;
    const message =
      source === null ? `The text of ${quoteText(key)} says no type.` : `${quoteText(key)} is ${kind} in the catalog, and makes no entity.`;
    state.findings.add('catalog-not-entity', { ...use, message });
    return null;
  }
  const place = { path: source.path, scope: { item, root: null, open: [...open, key] } };
  const inner = source.map.entries.has('services')
    ? resolvePlan(source.map, place, 'any', state)
    : resolveService(source.map, place, state);
  return inner === null ? null : { ...inner, items: [item, ...inner.items] };
}

/**
 * A plan with `services` as the service that it is: its only one, where nothing speaks against that (`canUnwrap`), else the
 * application of them all. `unwraps`: which types may come out of it; a root must be an application.
 */
export function resolvePlan(
  map: SourceMap,
  { path, scope }: ServicePlace,
  unwraps: 'any' | 'applications',
  state: PlanState,
): ResolvedService {
  const plan: ServiceLayer = { map, path, role: 'plan', item: scope.item };
  const services = map.entries.get('services');
  const [only, second] = services?.value.kind === 'list' ? services.value.items : [];
  if (only?.kind === 'map' && second === undefined) {
    const inner = resolveService(only, { path: joinPath(joinPath(path, 'services'), 0), scope }, state);
    const fits = inner !== null && (unwraps === 'any' || inner.named.type?.application === true);
    if (fits && canUnwrap(map, inner)) return { ...inner, layers: [...inner.layers, plan] };
  }
  const type = state.types.get(APPLICATION);
  const entry = { key: 'services', range: services?.range ?? map.range, value: { ...map, range: services?.range ?? map.range } };
  return { named: { id: APPLICATION, type, implied: null, entry, defaultName: 'Application' }, layers: [plan], items: [] };
}

const APPLICATION = 'application';

/** True for the layer of an application that keeps its services as children. */
export function holdsServices({ layers }: ResolvedService): boolean {
  return layers[0].role === 'plan';
}
