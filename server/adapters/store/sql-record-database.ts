import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery, sql, type Transaction } from 'kysely';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { KINDS } from '../../domain/shared/records.ts';
import type { MainDatabase, MainSchema } from './database-schema.ts';
import { type LotRow, REMOVED_FROM_LOT, type RecordDatabase, type RecordRow, type RecordWrite, type SpecRow } from './record-database.ts';
import { isConnectionLoss, toStoreError } from './store-error.ts';

/** Rows of one upsert, 4 parameters each: well below the limits of both databases. */
const UPSERT_SIZES = [256, 64, 16, 4, 1] as const;
const IDS_PER_DELETE = 200;
const ROWS_PER_PAGE = 2000;
const LOTS_PER_PAGE = 16;
const ASK_AGAIN_MS = 200;

export interface SqlRecordDatabaseOptions {
  readonly db: MainDatabase;
  /** File or server, for messages. */
  readonly where: string;
  /** First thing in every transaction: throws when this process may no longer write. */
  readonly guard: (transaction: Transaction<MainSchema>) => Promise<void>;
}

export function createSqlRecordDatabase({ db, where, guard }: SqlRecordDatabaseOptions): RecordDatabase {
  const statements: Statements = new Map();
  return {
    async load() {
      try {
        const meta = await db.selectFrom('meta').select('value').where('key', '=', 'revision').executeTakeFirst();
        const specs = await db.selectFrom('container_spec').select(['id', 'hash', 'doc']).execute();
        return { revision: Number(meta?.value ?? 0), specs, pages: readPages({ db, where }), lots: readLots({ db, where }) };
      } catch (error) {
        throw toStoreError(error, where);
      }
    },

    async write({ revision, changes, newLots, goneLots, newSpecs, unusedSpecs }) {
      try {
        await db.transaction().execute(async (transaction) => {
          await guard(transaction);
          await replaceSpecs(transaction, newSpecs, unusedSpecs);
          await upsert(transaction, revision, changes, statements);
          await remove(transaction, changes);
          await replaceLots(transaction, newLots, goneLots);
          await transaction
            .updateTable('meta')
            .set({ value: String(revision) })
            .where('key', '=', 'revision')
            .execute();
        });
      } catch (error) {
        if (isConnectionLoss(error) && (await wasWritten(revision))) return;
        throw toStoreError(error, where);
      }
    },
  };

  /**
   * Settles a transaction whose answer was lost: memory must not differ from the database. Only the leader writes, so the revision
   * tells. Asks until the database answers, or until this process has lost the lead and may not go on anyway.
   */
  async function wasWritten(revision: number): Promise<boolean> {
    for (;;) {
      try {
        return (await db.transaction().execute((transaction) => readRevision(transaction))) === revision;
      } catch (error) {
        if (!isConnectionLoss(error)) throw toStoreError(error, where);
        await sleep(ASK_AGAIN_MS);
      }
    }
  }

  async function readRevision(transaction: Transaction<MainSchema>): Promise<number> {
    await guard(transaction);
    const meta = await transaction.selectFrom('meta').select('value').where('key', '=', 'revision').executeTakeFirst();
    return Number(meta?.value ?? 0);
  }
}

type Changes = RecordWrite['changes'];
/** SQL text by number of rows. */
type Statements = Map<number, string>;

/** Puts rows in statements of a few fixed sizes, each compiled once: compiling costs more than writing. */
async function upsert(transaction: Transaction<MainSchema>, revision: number, changes: Changes, statements: Statements): Promise<void> {
  const rows = changes.flatMap(({ kind, id, doc }) => (doc === null ? [] : [[kind, id, revision, doc]]));
  for (let at = 0; at < rows.length; ) {
    const size = UPSERT_SIZES.find((candidate) => candidate <= rows.length - at) ?? 1;
    const text = statements.get(size) ?? compileUpsert(transaction, size);
    statements.set(size, text);
    await transaction.executeQuery(CompiledQuery.raw(text, rows.slice(at, at + size).flat()));
    at += size;
  }
}

function compileUpsert(transaction: Transaction<MainSchema>, size: number): string {
  return transaction
    .insertInto('record')
    .values(Array.from({ length: size }, () => ({ kind: 'entity' as const, id: '', revision: 0, doc: '' })))
    .onConflict((conflict) =>
      conflict.columns(['kind', 'id']).doUpdateSet((set) => ({ revision: set.ref('excluded.revision'), doc: set.ref('excluded.doc') })),
    )
    .compile().sql;
}

async function remove(transaction: Transaction<MainSchema>, changes: Changes): Promise<void> {
  const gone = changes.filter(({ doc }) => doc === null);
  for (const kind of new Set(gone.map((change) => change.kind))) {
    const ids = gone.filter((change) => change.kind === kind).map(({ id }) => id);
    for (let at = 0; at < ids.length; at += IDS_PER_DELETE) {
      await transaction
        .deleteFrom('record')
        .where('kind', '=', kind)
        .where('id', 'in', ids.slice(at, at + IDS_PER_DELETE))
        .execute();
    }
  }
}

async function replaceSpecs(transaction: Transaction<MainSchema>, added: readonly SpecRow[], unused: readonly number[]): Promise<void> {
  for (let at = 0; at < unused.length; at += IDS_PER_DELETE) {
    await transaction
      .deleteFrom('container_spec')
      .where('id', 'in', unused.slice(at, at + IDS_PER_DELETE))
      .execute();
  }
  for (const { id, hash, doc } of added) await transaction.insertInto('container_spec').values({ id, hash, doc }).execute();
}

async function replaceLots(
  transaction: Transaction<MainSchema>,
  added: RecordWrite['newLots'],
  gone: RecordWrite['goneLots'],
): Promise<void> {
  for (const { first, last } of gone) {
    await transaction.deleteFrom('instance_lot').where('first', '=', first).execute();
    await transaction
      .deleteFrom('record')
      .where('kind', '=', 'instance')
      .where('id', '>=', first)
      .where('id', '<=', last)
      .where('doc', '=', REMOVED_FROM_LOT)
      .execute();
  }
  for (const lot of added) await transaction.insertInto('instance_lot').values(lot).execute();
}

async function* readLots({ db, where }: Pick<SqlRecordDatabaseOptions, 'db' | 'where'>): AsyncIterable<readonly LotRow[]> {
  let last: LotRow | undefined;
  try {
    do {
      const page: readonly LotRow[] = await db
        .selectFrom('instance_lot')
        .select(['first', 'last', 'doc'])
        .where('first', '>', last?.first ?? '')
        .orderBy('first')
        .limit(LOTS_PER_PAGE)
        .execute();
      yield page;
      last = page.at(-1);
    } while (last);
  } catch (error) {
    throw toStoreError(error, where);
  }
}

/** Rows by kind and id; each page is asked for by the key of the last row, so that no answer is as large as the table. */
async function* readPages({ db, where }: Pick<SqlRecordDatabaseOptions, 'db' | 'where'>): AsyncIterable<readonly RecordRow[]> {
  let last: RecordRow | undefined;
  try {
    do {
      const page: readonly RecordRow[] = await db
        .selectFrom('record')
        .select(['kind', 'id', 'doc'])
        .where(sql<boolean>`(kind, id) > (${last?.kind ?? ''}, ${last?.id ?? ''})`)
        .orderBy('kind')
        .orderBy('id')
        .limit(ROWS_PER_PAGE)
        .execute();
      refuseUnknown(page, where);
      yield page;
      last = page.at(-1);
    } while (last);
  } catch (error) {
    throw toStoreError(error, where);
  }
}

function refuseUnknown(rows: readonly RecordRow[], where: string): void {
  const row = rows.find(({ kind }) => !KINDS.includes(kind));
  if (!row) return;
  throw new ClockerError('store.newer', {
    message: `The database ${where} holds records of the kind "${row.kind}", which this Clocker does not know`,
    hint: 'Start the version of Clocker that made it.',
  });
}
