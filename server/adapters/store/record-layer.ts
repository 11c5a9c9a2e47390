import type { Kind } from '../../domain/shared/records.ts';
import type { StoreView } from '../../ports/store.ts';
import type { IndexedRecord, IndexName } from './record-indices.ts';

/** A readable state of all records: the base tables, or a draft over another layer. */
export interface RecordLayer extends StoreView {
  indexed<N extends IndexName>(name: N, key: string): readonly IndexedRecord<N>[];
  /** True when what `get` answers was shown without being made durable: an equal put must still be written. */
  isVolatile(kind: Kind, id: string): boolean;
}
