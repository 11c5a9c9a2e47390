import { hash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Dialect } from './database-schema.ts';

const ROWS_PER_PAGE = 1000;

interface Tables {
  record: { kind: string; id: string; doc: string };
  container_spec: { id: number; hash: string; doc: string };
}

/**
 * Moves the specs of instances into a table of their own. One transaction on both databases: PostgreSQL's migrations run in one, on
 * SQLite it is made here. A crash after it and before the migration is noted finds its work done.
 */
export async function migrateSpecs(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const work = (transaction: Kysely<unknown>) => moveSpecs(transaction as Kysely<Tables>, dialect);
  if (db.isTransaction) await work(db);
  else await db.transaction().execute(work);
}

async function moveSpecs(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const key = dialect === 'sqlite' ? sql`text` : sql`text collate "C"`;
  await db.schema
    .createTable('container_spec')
    .ifNotExists()
    .addColumn('id', dialect === 'sqlite' ? 'integer' : 'bigint', (column) => column.primaryKey())
    .addColumn('hash', key, (column) => column.notNull().unique())
    .addColumn('doc', 'text', (column) => column.notNull())
    .execute();
  const ids = new Map<string, number>();
  for (let last = ''; ; ) {
    const rows = await instancesAfter(db, last);
    for (const row of rows) await moveSpec(db, row, ids);
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
  }
}

function instancesAfter(db: Kysely<Tables>, last: string) {
  return db
    .selectFrom('record')
    .select(['id', 'doc'])
    .where('kind', '=', 'instance')
    .where('id', '>', last)
    .orderBy('id')
    .limit(ROWS_PER_PAGE)
    .execute();
}

async function moveSpec(db: Kysely<Tables>, { id, doc }: { id: string; doc: string }, ids: Map<string, number>): Promise<void> {
  const instance: { readonly spec: unknown } = JSON.parse(doc);
  if (typeof instance.spec === 'number') return;
  const text = JSON.stringify(instance.spec);
  const key = hash('sha256', text);
  const known = ids.get(key);
  const spec = known ?? ids.size + 1;
  if (known === undefined) await db.insertInto('container_spec').values({ id: spec, hash: key, doc: text }).execute();
  ids.set(key, spec);
  await db
    .updateTable('record')
    .set({ doc: JSON.stringify({ ...instance, spec }) })
    .where('kind', '=', 'instance')
    .where('id', '=', id)
    .execute();
}
