import type { Transaction } from 'kysely';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { KINDS, type Kind } from '../../domain/shared/records.ts';
import type { MainDatabase, MainSchema } from './database-schema.ts';
import type { RecordDatabase, RecordRow } from './record-database.ts';
import { toStoreError } from './store-error.ts';

/** Rows of one statement: 4 parameters each, well below the limits of both databases. */
const ROWS_PER_STATEMENT = 200;

export interface SqlRecordDatabaseOptions {
  readonly db: MainDatabase;
  /** File or server, for messages. */
  readonly where: string;
  /** First thing in every transaction: throws when this process may no longer write. */
  readonly guard: (transaction: Transaction<MainSchema>) => Promise<void>;
}

export function createSqlRecordDatabase({ db, where, guard }: SqlRecordDatabaseOptions): RecordDatabase {
  return {
    async load() {
      try {
        const meta = await db.selectFrom('meta').select('value').where('key', '=', 'revision').executeTakeFirst();
        const rows = await db.selectFrom('record').select(['kind', 'id', 'doc']).orderBy('kind').orderBy('id').execute();
        return { revision: Number(meta?.value ?? 0), rows: rows.map((row) => toKnown(row, where)) };
      } catch (error) {
        throw toStoreError(error, where);
      }
    },

    async write(revision, changes) {
      try {
        await db.transaction().execute(async (transaction) => {
          await guard(transaction);
          await upsert(transaction, revision, changes);
          await remove(transaction, changes);
          await transaction
            .updateTable('meta')
            .set({ value: String(revision) })
            .where('key', '=', 'revision')
            .execute();
        });
      } catch (error) {
        throw toStoreError(error, where);
      }
    },
  };
}

type Changes = Parameters<RecordDatabase['write']>[1];

async function upsert(transaction: Transaction<MainSchema>, revision: number, changes: Changes): Promise<void> {
  const rows = changes.flatMap(({ kind, id, doc }) => (doc === null ? [] : [{ kind, id, revision, doc }]));
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    await transaction
      .insertInto('record')
      .values(rows.slice(at, at + ROWS_PER_STATEMENT))
      .onConflict((conflict) =>
        conflict.columns(['kind', 'id']).doUpdateSet((set) => ({ revision: set.ref('excluded.revision'), doc: set.ref('excluded.doc') })),
      )
      .execute();
  }
}

async function remove(transaction: Transaction<MainSchema>, changes: Changes): Promise<void> {
  const gone = changes.filter(({ doc }) => doc === null);
  for (const kind of new Set(gone.map((change) => change.kind))) {
    const ids = gone.filter((change) => change.kind === kind).map(({ id }) => id);
    for (let at = 0; at < ids.length; at += ROWS_PER_STATEMENT) {
      await transaction
        .deleteFrom('record')
        .where('kind', '=', kind)
        .where('id', 'in', ids.slice(at, at + ROWS_PER_STATEMENT))
        .execute();
    }
  }
}

function toKnown(row: { kind: Kind; id: string; doc: string }, where: string): RecordRow {
  if (KINDS.includes(row.kind)) return row;
  throw new ClockerError('store.newer', {
    message: `The database ${where} holds records of the kind "${row.kind}", which this Clocker does not know`,
    hint: 'Start the version of Clocker that made it.',
  });
}
