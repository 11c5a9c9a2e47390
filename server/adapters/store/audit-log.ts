import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/shared/json.ts';
import type { AuditEntry, AuditLog } from '../../ports/store.ts';
import type { MainDatabase } from './database-schema.ts';
import { toStoreError } from './store-error.ts';

const FIRST_HASH = '0'.repeat(64);
const MAX_LIST = 1000;

export interface ChainedAuditLog extends AuditLog {
  /** The first row whose hash does not follow from the rows before it; null when the chain holds. */
  verify(): Promise<{ readonly id: number } | null>;
  /** Resolves when nothing waits to be written. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly entry: AuditEntry;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Who did what, append-only. Each row carries SHA-256 over the hash of the row before and its own content, so that an edited or
 * removed row shows. Entries of the same moment are written in one transaction; `append` resolves when they are on disk.
 */
export function createAuditLog(db: MainDatabase, where: string): ChainedAuditLog {
  let queue: Waiting[] = [];
  let writing: Promise<void> | null = null;

  async function writeQueued(): Promise<void> {
    while (queue.length > 0) {
      const group = queue;
      queue = [];
      try {
        await appendRows(
          db,
          group.map(({ entry }) => entry),
        );
        for (const waiting of group) waiting.resolve();
      } catch (error) {
        for (const waiting of group) waiting.reject(toStoreError(error, where));
      }
    }
    writing = null;
  }

  return {
    append: (entry) =>
      new Promise<void>((resolve, reject) => {
        queue.push({ entry, resolve, reject });
        writing ??= Promise.resolve().then(writeQueued);
      }),

    idle: async () => (await writing) ?? undefined,

    async list({ before, limit }) {
      let query = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(Math.min(limit, MAX_LIST));
      if (before !== null) query = query.where('id', '<', before);
      const rows = await query.execute();
      return rows.map(({ hash: _hash, ...row }) => ({ ...row, outcome: row.outcome as AuditEntry['outcome'] }));
    },

    async verify() {
      let previous = FIRST_HASH;
      let after = 0;
      for (;;) {
        const rows = await db.selectFrom('audit').selectAll().where('id', '>', after).orderBy('id').limit(MAX_LIST).execute();
        for (const { id, hash, ...row } of rows) {
          if (id !== after + 1 || hash !== chain(previous, row as AuditEntry)) return { id };
          previous = hash;
          after = id;
        }
        if (rows.length < MAX_LIST) return null;
      }
    },
  };
}

/** Ids are given here, without gaps, so that a row cut out of the middle shows as well. */
async function appendRows(db: MainDatabase, entries: readonly AuditEntry[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const last = await transaction.selectFrom('audit').select(['id', 'hash']).orderBy('id', 'desc').limit(1).executeTakeFirst();
    let previous = last?.hash ?? FIRST_HASH;
    const rows = entries.map((entry, at) => {
      previous = chain(previous, entry);
      return { ...toRow(entry), id: (last?.id ?? 0) + 1 + at, hash: previous };
    });
    await transaction.insertInto('audit').values(rows).execute();
  });
}

function chain(previous: string, entry: AuditEntry): string {
  return createHash('sha256')
    .update(previous)
    .update(canonicalJson(toRow(entry)))
    .digest('hex');
}

function toRow({ at, actor, action, scope, outcome, detail, remote }: AuditEntry): AuditEntry {
  return { at, actor, action, scope, outcome, detail, remote };
}
