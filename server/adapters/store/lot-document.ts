import type { Instance } from '../../domain/entity/instance.ts';
import { isSameJson } from './same-json.ts';
import type { PooledInstance } from './spec-pool.ts';

/** An instance as it is kept: with the number of its spec. */
export type KeptInstance = Omit<Instance, 'spec'> & { spec: unknown };

/** Many instances in one document: what all have alike once, of the rest a column each, in the order of the instances. */
interface LotDocument {
  /** All members of the instances in their order; null where there is a column. */
  readonly alike: Readonly<Record<string, unknown>>;
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
}

/**
 * The document of instances that have the same members in the same order (see `isOfShape`); null where one lacks what JSON does not hold, so that it could
 * not be read again as it is.
 */
export function packLot(group: readonly PooledInstance[]): string | null {
  const alike: Record<string, unknown> = {};
  const columns: Record<string, readonly unknown[]> = {};
  for (const key of membersOf(group[0]?.instance)) {
    const read = key === 'spec' ? ({ spec }: PooledInstance) => spec : readerOf(key);
    const value = group[0] && read(group[0]);
    if (group.every((one) => isAlike(read(one), value))) {
      alike[key] = value;
      continue;
    }
    const values = group.map(read);
    if (values.includes(undefined)) return null;
    alike[key] = null;
    columns[key] = values;
  }
  return JSON.stringify({ alike, columns } satisfies LotDocument);
}

function readerOf(key: string): (one: PooledInstance) => unknown {
  return ({ instance }) => (instance as unknown as Record<string, unknown>)[key];
}

function isAlike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object') return false;
  return isSameJson(a, b);
}

export function membersOf(instance: Instance | undefined): readonly string[] {
  return Object.keys(instance ?? {});
}

/** Whether a record has these members in this order, whatever is in them. */
export function isOfShape(instance: Instance, members: readonly string[]): boolean {
  let at = 0;
  for (const key in instance) {
    if (key !== members[at]) return false;
    at += 1;
  }
  return at === members.length;
}

export interface UnpackedLot {
  readonly ids: readonly string[];
  /** A new record at each call. */
  instanceAt(at: number): KeptInstance;
}

export function readLot(doc: string): UnpackedLot {
  const { alike, columns }: LotDocument = JSON.parse(doc);
  const each = Object.entries(columns);
  return {
    ids: (columns.id ?? []) as readonly string[],
    instanceAt(at) {
      const record: Record<string, unknown> = { ...alike };
      for (const [key, values] of each) record[key] = values[at];
      return record as unknown as KeptInstance;
    },
  };
}
