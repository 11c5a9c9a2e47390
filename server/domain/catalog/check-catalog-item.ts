import type { AdjunctKind } from '../blueprint/adjunct-type.ts';
import { type AdjunctForm, buildAdjunct } from '../blueprint/build-adjunct.ts';
import { buildEntitySpec, buildService } from '../blueprint/build-entity-spec.ts';
import { buildObjectSpec, OBJECT_FORM } from '../blueprint/build-object-spec.ts';
import type { Findings } from '../blueprint/findings.ts';
import { itemFile, itemKey } from '../blueprint/item-source.ts';
import { readLocations } from '../blueprint/location/read-locations.ts';
import { checkWhole } from '../blueprint/plan-application.ts';
import { createPlanMemory } from '../blueprint/plan-memory.ts';
import { BLUEPRINT_SCOPE, createPlanState, type PlacedItem, type PlanState } from '../blueprint/plan-state.ts';
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
  const sources = new Map(items.map(({ item, node, path }): readonly [string, PlacedItem] => [itemFile(item), { node, path }]));
  for (const read of items) {
    const hasServices = read.node.kind === 'map' && read.node.entries.has('services');
    const state = createPlanState(
      { findings, library, memory, completedLater: { entities: !hasServices }, itemSources: new Map(sources) },
      { entity: buildEntitySpec, object: buildObjectSpec },
    );
    checkItem(read, state);
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
  const kindOf = (read: ReadCatalogItem, open: readonly ReadCatalogItem[]): CatalogItemType => {
    if (read.isTyped || read.item.itemType !== 'entity' || read.node.kind !== 'map' || open.includes(read)) return read.item.itemType;
    const name = (textOf(read.node.entries.get('type')?.value) ?? '').replace(/^(?:java|catalog|brooklyn):/, '');
    const beside = own.get(splitCatalogReference(name).symbolicName);
    if (beside !== undefined && beside !== read) return kindOf(beside, [...open, read]);
    const shipped = entities.has(name) ? undefined : kinds.get(name);
    if (shipped !== undefined) return ITEM_TYPES[shipped];
    const { symbolicName, version } = splitCatalogReference(name);
    const other = entities.has(name) ? undefined : library.catalog.find(symbolicName, version);
    return other === undefined || ENTITIES.includes(other.itemType) ? read.item.itemType : other.itemType;
  };
  return items.map((read) => {
    const itemType = kindOf(read, []);
    const item: CatalogItem = itemType === read.item.itemType ? read.item : { ...read.item, itemType };
    return { ...read, item };
  });
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
