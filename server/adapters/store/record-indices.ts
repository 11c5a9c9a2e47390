import type { Kind, Records } from '../../domain/shared/records.ts';

/** Which records of a kind are found by which key; null leaves a record out. */
export interface IndexDefinition<K extends Kind> {
  readonly kind: K;
  keyOf(record: Records[K]): string | null;
}

function define<K extends Kind>(kind: K, keyOf: (record: Records[K]) => string | null): IndexDefinition<K> {
  return { kind, keyOf };
}

export const INDICES = {
  instancesOf: define('instance', (instance) => instance.entityId),
  instancesOn: define('instance', (instance) => instance.hostId),
  childrenOf: define('entity', (entity) => entity.parentId),
  entitiesOf: define('entity', (entity) => entity.applicationId),
  adjunctsOf: define('adjunct', (adjunct) => adjunct.entityId),
  hostsOf: define('host', (host) => host.cloudId),
} as const;

export type IndexName = keyof typeof INDICES;
export type IndexedRecord<N extends IndexName> = Records[(typeof INDICES)[N]['kind']];

export const INDEX_NAMES = Object.keys(INDICES) as readonly IndexName[];

/** The key of a record of the index's kind; the caller has matched the kind. */
export function keyIn(name: IndexName, record: Records[Kind]): string | null {
  return (INDICES[name] as IndexDefinition<Kind>).keyOf(record);
}

function indicesOfKind(kind: Kind): readonly IndexName[] {
  return INDEX_NAMES.filter((name) => INDICES[name].kind === kind);
}

export const INDICES_BY_KIND: ReadonlyMap<Kind, readonly IndexName[]> = new Map(
  INDEX_NAMES.map((name) => [INDICES[name].kind, indicesOfKind(INDICES[name].kind)]),
);
