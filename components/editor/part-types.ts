import type { ShippedType } from '@/server/api/catalog/types.ts';
import type { EntityTypeSummary } from '@/server/api/entity/types.ts';
import type { NewPart, Takes } from '@/server/domain/blueprint-edit/add-part.ts';
import type { CatalogItem } from '@/server/domain/catalog/catalog.ts';

/** Something that can be put into a blueprint, as palette and canvas know it. */
export interface PartType {
  /** As blueprints write it. */
  readonly id: string;
  readonly kind: NewPart['kind'];
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly group: PartGroup;
  /** Other names, to be found by. */
  readonly aliases: readonly string[];
  readonly takes: Takes;
  readonly planned: boolean;
}

export const PART_GROUPS = [
  'Services',
  'Clusters',
  'Groups',
  'Networks',
  'Added to the catalog',
  'Docker clouds',
  'Policies',
  'Enrichers',
  'Initializers',
  'Planned',
] as const;
export type PartGroup = (typeof PART_GROUPS)[number];

const ADJUNCTS = {
  policy: { group: 'Policies', icon: 'gauge' },
  enricher: { group: 'Enrichers', icon: 'radio' },
  initializer: { group: 'Initializers', icon: 'list-ordered' },
} as const;

/** All parts by group and title; what is planned comes last. */
export function toPartTypes(
  shipped: readonly ShippedType[],
  entities: readonly EntityTypeSummary[],
  added: readonly CatalogItem[],
): readonly PartType[] {
  const byId = new Map(entities.map((type) => [type.id, type]));
  const own = new Map(added.map((item) => [item.symbolicName, item]));
  const parts = [
    ...shipped.flatMap((type) => toPart(type, byId.get(type.id)) ?? []),
    ...[...own.values()].flatMap((item) => toAdded(item) ?? []),
  ];
  return parts.sort((a, b) => PART_GROUPS.indexOf(a.group) - PART_GROUPS.indexOf(b.group) || a.title.localeCompare(b.title));
}

function toPart({ id, kind, title, description, aliases, planned }: ShippedType, entity: EntityTypeSummary | undefined): PartType | null {
  const common = { id, title, description, aliases, planned };
  if (kind === 'entity') {
    const group = planned ? 'Planned' : groupOf(id, entity?.kind);
    return { ...common, kind, group, icon: entity?.icon ?? 'box', takes: takenBy(id, entity?.kind) };
  }
  if (kind !== 'policy' && kind !== 'enricher' && kind !== 'initializer') return null;
  const { group, icon } = ADJUNCTS[kind];
  return { ...common, kind, group: planned ? 'Planned' : group, icon, takes: 'nothing' };
}

function groupOf(id: string, kind: EntityTypeSummary['kind'] | undefined): PartGroup {
  if (id.endsWith('-network')) return 'Networks';
  if (kind === 'cluster') return 'Clusters';
  if (kind === 'group') return 'Groups';
  return kind === 'cloud' || kind === 'host' ? 'Docker clouds' : 'Services';
}

function takenBy(id: string, kind: EntityTypeSummary['kind'] | undefined): Takes {
  if (kind === 'cluster') return 'a member';
  return kind === 'group' && !id.endsWith('-network') ? 'children' : 'nothing';
}

/** Its newest version goes without saying. */
function toAdded({ symbolicName, name, description, itemType, disabled }: CatalogItem): PartType | null {
  const kind = itemType === 'policy' || itemType === 'enricher' ? itemType : 'entity';
  if (disabled || itemType === 'location' || itemType === 'bean') return null;
  const group = 'Added to the catalog';
  return {
    id: symbolicName,
    kind,
    title: name,
    description: description ?? '',
    icon: 'puzzle',
    group,
    aliases: [],
    takes: 'nothing',
    planned: false,
  };
}

/** The part that a type in a blueprint means; `docker:IMAGE` is a container. Undefined for one that is not known. */
export function findPart(parts: readonly PartType[], type: string | null): PartType | undefined {
  if (type === null) return undefined;
  const id = type.startsWith('docker:') ? 'docker-container' : type;
  return parts.find((part) => part.id === id) ?? parts.find(({ aliases }) => aliases.includes(id));
}
