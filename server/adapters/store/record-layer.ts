import type { Kind, Records } from '../../domain/shared/records.ts';
import type { StoreView } from '../../ports/store.ts';
import type { IndexedRecord, IndexName } from './record-indices.ts';

/** A readable state of all records: the base tables, or a draft over another layer. */
export abstract class RecordLayer implements StoreView {
  abstract get<K extends Kind>(kind: K, id: string): Records[K] | undefined;
  abstract all<K extends Kind>(kind: K): ReadonlyMap<string, Records[K]>;
  abstract indexed<N extends IndexName>(name: N, key: string): readonly IndexedRecord<N>[];
  /** True when what `get` answers was shown without being made durable: an equal put must still be written. */
  abstract isVolatile(kind: Kind, id: string): boolean;

  instancesOf(entityId: string): readonly Records['instance'][] {
    return this.indexed('instancesOf', entityId);
  }

  instancesOn(hostId: string): readonly Records['instance'][] {
    return this.indexed('instancesOn', hostId);
  }

  childrenOf(entityId: string): readonly Records['entity'][] {
    return this.indexed('childrenOf', entityId);
  }

  entitiesOf(applicationId: string): readonly Records['entity'][] {
    return this.indexed('entitiesOf', applicationId);
  }

  adjunctsOf(entityId: string): readonly Records['adjunct'][] {
    return this.indexed('adjunctsOf', entityId);
  }

  hostsOf(cloudId: string): readonly Records['host'][] {
    return this.indexed('hostsOf', cloudId);
  }
}
