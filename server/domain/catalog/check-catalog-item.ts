import type { AdjunctKind } from '../blueprint/adjunct-type.ts';
import { type AdjunctForm, buildAdjunct } from '../blueprint/build-adjunct.ts';
import { buildEntitySpec, buildService, MOST_ENTITIES } from '../blueprint/build-entity-spec.ts';
import { buildObjectSpec, OBJECT_FORM } from '../blueprint/build-object-spec.ts';
import type { Findings } from '../blueprint/findings.ts';
import { itemFile, itemKey } from '../blueprint/item-source.ts';
import { checkLocationAlone } from '../blueprint/location/check-location-uses.ts';
import { readLocations } from '../blueprint/location/read-locations.ts';
import { checkWhole } from '../blueprint/plan-application.ts';
import { createPlanMemory } from '../blueprint/plan-memory.ts';
import { BLUEPRINT_SCOPE, createPlanState, type PlacedItem, type PlanState, typeNames } from '../blueprint/plan-state.ts';
import { ADJUNCT_FORMS } from '../blueprint/read-adjuncts.ts';
import { resolvePlan } from '../blueprint/resolve-service.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import { textOf } from '../blueprint/source-node.ts';
import type { TypeLibrary } from '../blueprint/type-library.ts';
import type { CatalogItem, CatalogItemType } from './catalog.ts';
import { splitCatalogReference } from './create-catalog.ts';
import type { ReadCatalogItem } from './read-catalog-items.ts';

export interface CheckingItems {
  readonly items: readonly ReadCatalogItem[];
  readonly findings: Findings;
  /** With the items in its catalog. */
  readonly library: TypeLibrary;
}

/**
 * Plans each item as a blueprint would use it, with findings at their places in the text. What an item leaves open, config that is needed
 * and entities that it speaks of, is for the blueprint to give.
 */
export function checkCatalogItems({ items, findings, library }: CheckingItems): void {
  const memory = createPlanMemory();
  const names = typeNames(library);
  let entities = 0;
  const sources = new Map(items.map(({ item, node, path }): readonly [string, PlacedItem] => [itemFile(item), { node, path }]));
  for (const read of items) {
    const hasServices = read.node.kind === 'map' && read.node.entries.has('services');
    const state = createPlanState(
      { findings, library, memory, names, completedLater: { entities: !hasServices }, itemSources: sources },
      { entity: buildEntitySpec, object: buildObjectSpec },
    );
    checkItem(read, state);
    entities += state.paths.size;
    if (entities >= MOST_ENTITIES) {
      const message = `The items up to this one make as many as ${MOST_ENTITIES.toLocaleString('en')} entities, or more.`;
      findings.add('too-large', { range: read.range, path: read.path, message, hint: 'Split the catalog.' });
      return;
    }
  }
}

/** Each is used by a reference, which is what its blueprint will do. */
function checkItem({ item, path, range }: ReadCatalogItem, state: PlanState): void {
  const reference = scalarAt(range, itemKey(item));
  const typed = mapAt(range, [entryAt(range, 'type', reference)]);
  const form = FORMS.get(item.itemType);
  if (form !== undefined) {
    buildAdjunct(typed, form, { owner: '.', key: 'item', path, adjunct: true }, state);
    return;
  }
  if (item.itemType === 'location') {
    readLocations(mapAt(range, [entryAt(range, 'location', reference)]), { owner: '.', path }, state);
    checkLocationAlone(state);
    return;
  }
  const blueprint = mapAt(range, [entryAt(range, 'services', listAt(range, [typed]))]);
  const service = resolvePlan(blueprint, { path: '', scope: BLUEPRINT_SCOPE }, 'applications', state);
  checkWhole(buildService(service, { parent: null, path: '' }, state), state);
}

const FORMS: ReadonlyMap<CatalogItemType, AdjunctForm> = new Map([
  ['policy', ADJUNCT_FORMS.policy],
  ['enricher', ADJUNCT_FORMS.enricher],
  ['bean', OBJECT_FORM],
]);

/** What items are that do not say it: what their types are, those of other items too. */
export function inferItemTypes(items: readonly ReadCatalogItem[], library: TypeLibrary): readonly ReadCatalogItem[] {
  const kinds = new Map<string, AdjunctKind>();
  for (const { id, aliases, kind } of library.adjunctTypes.values()) for (const name of [id, ...aliases]) kinds.set(name, kind);
  const entities = new Set([...library.entityTypes.values()].flatMap(({ id, aliases }) => [id, ...aliases]));
  const own = new Map(items.map((read) => [read.item.symbolicName, read]));
  const nameOf = ({ node }: ReadCatalogItem): string | null => {
    if (node.kind !== 'map') return null;
    return (textOf(node.entries.get('type')?.value) ?? '').replace(/^(?:java|catalog|brooklyn):/, '');
  };
  const besideOf = (read: ReadCatalogItem): ReadCatalogItem | undefined => {
    const name = isToldElsewhere(read) ? nameOf(read) : null;
    const beside = name === null ? undefined : own.get(splitCatalogReference(name).symbolicName);
    return beside === read ? undefined : beside;
  };
  const known = new Map<ReadCatalogItem, CatalogItemType>();
  /** Follows items that are of the type of others to the one that tells. */
  const kindOf = (first: ReadCatalogItem): CatalogItemType => {
    const chain = new Set<ReadCatalogItem>();
    let last = first;
    let next: ReadCatalogItem | undefined = first;
    while (next !== undefined && !chain.has(next) && !known.has(next)) {
      chain.add(next);
      last = next;
      next = besideOf(next);
    }
    const name = isToldElsewhere(last) ? nameOf(last) : null;
    const told = (next && known.get(next)) ?? (name === null ? undefined : kindOfName(name)) ?? last.item.itemType;
    for (const read of chain) known.set(read, told);
    return told;
  };
  const kindOfName = (name: string): CatalogItemType | undefined => {
    if (entities.has(name)) return undefined;
    const shipped = kinds.get(name);
    if (shipped !== undefined) return ITEM_TYPES[shipped];
    const { symbolicName, version } = splitCatalogReference(name);
    const other = library.catalog.find(symbolicName, version);
    return other === undefined || ENTITIES.includes(other.itemType) ? undefined : other.itemType;
  };
  return items.map((read) => {
    const itemType = kindOf(read);
    const item: CatalogItem = itemType === read.item.itemType ? read.item : { ...read.item, itemType };
    return { ...read, item };
  });
}

/** An item that does not say what it is. */
function isToldElsewhere({ isTyped, item }: ReadCatalogItem): boolean {
  return !isTyped && item.itemType === 'entity';
}

const ENTITIES: readonly CatalogItemType[] = ['application', 'template', 'entity'];

const ITEM_TYPES: Readonly<Record<AdjunctKind, CatalogItemType>> = {
  policy: 'policy',
  enricher: 'enricher',
  location: 'location',
  initializer: 'bean',
  placement: 'bean',
  object: 'bean',
};
