import type { Generated, Kysely } from 'kysely';
import type { Kind } from '../../domain/shared/records.ts';

/** Tables of the main database. Those of user accounts are made by the auth adapter in the same database. */
export interface MainSchema {
  record: { kind: Kind; id: string; revision: number; doc: string };
  /** Instances that have not changed since they came together; `first` and `last` are the least and the greatest id. */
  instance_lot: { first: string; last: string; doc: string };
  /** Specs of instances, each kept once; the instance's document has its `id` as `spec`. */
  container_spec: { id: number; hash: string; doc: string };
  meta: { key: string; value: string };
  audit: {
    id: Generated<number>;
    at: number;
    actor: string;
    action: string;
    scope: string;
    outcome: string;
    detail: string;
    remote: string;
    /** SHA-256 over the previous row's hash and this row. */
    hash: string;
  };
  /** Files that images are built from. */
  build_context: { hash: string; at: number; bytes: number; archive: Uint8Array };
  leader: { name: string; holder: string; epoch: number; expires_at: Date };
}

/** Tables whose loss costs curves and logs, never state: a file of their own in SQLite, written without waiting for the disk. */
export interface TelemetrySchema {
  task_log: { task_id: string; n: number; at: number; stream: string; text: string };
  sensor_point: { subject_id: string; sensor: string; tier: number; at: number; value: number; samples: number };
}

export type Dialect = 'sqlite' | 'postgres';
export type MainDatabase = Kysely<MainSchema>;
export type TelemetryDatabase = Kysely<TelemetrySchema>;
