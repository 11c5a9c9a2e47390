import { sql } from 'kysely';
import type { ContextStore } from '../../ports/context-store.ts';
import type { MainDatabase } from './database-schema.ts';
import { toStoreError } from './store-error.ts';

/** A table beside the records, in the same file or server: what they refer to is backed up with them. */
export function createContextStore(db: MainDatabase, where: string): ContextStore {
  async function tell<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toStoreError(error, where);
    }
  }

  return {
    put: (hash, archive, at) =>
      tell(async () => {
        // Bytes go over again only where they are not there yet.
        const { numUpdatedRows } = await db.updateTable('build_context').set({ at }).where('hash', '=', hash).executeTakeFirst();
        if (numUpdatedRows > 0n) return;
        await db
          .insertInto('build_context')
          .values({ hash, at, bytes: archive.length, archive })
          .onConflict((conflict) => conflict.column('hash').doUpdateSet({ at }))
          .execute();
      }),
    get: (hash) =>
      tell(async () => {
        const row = await db.selectFrom('build_context').select('archive').where('hash', '=', hash).executeTakeFirst();
        return row === undefined ? null : new Uint8Array(row.archive);
      }),
    totalBytes: () =>
      tell(async () => {
        const row = await db.selectFrom('build_context').select(sql<number | string | null>`sum(bytes)`.as('total')).executeTakeFirst();
        return Number(row?.total ?? 0);
      }),
    removeUnused: (used, before) =>
      tell(async () => {
        const old = await db.selectFrom('build_context').select('hash').where('at', '<', before).execute();
        const unused = old.flatMap(({ hash }) => (used.has(hash) ? [] : [hash]));
        // Once more by its age: it may have been brought again in between.
        for (const hash of unused) await db.deleteFrom('build_context').where('hash', '=', hash).where('at', '<', before).execute();
        return unused.length;
      }),
  };
}
