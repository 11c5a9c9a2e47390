import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { toStoreError } from './store-error.ts';

export interface SchemaPlan {
  /** Table in which the migrations done are kept. */
  readonly table: 'clocker_migration' | 'clocker_telemetry_migration' | 'clocker_auth_migration';
  readonly migrations: Readonly<Record<string, Migration>>;
  /** File or server, for messages. */
  readonly where: string;
}

/**
 * Brings the schema up to date; does nothing when it is.
 * @throws ClockerError store.newer when the database knows migrations that this program does not.
 */
export async function migrateSchema<Schema>(db: Kysely<Schema>, plan: SchemaPlan): Promise<void> {
  const known = Object.keys(plan.migrations).sort();
  const done = await doneMigrations(db, plan);
  const foreign = done.filter((name) => !known.includes(name));
  if (foreign.length > 0) {
    throw new ClockerError('store.newer', {
      message: `The database ${plan.where} was made by a newer Clocker: its schema is ${done.at(-1)}, this Clocker knows up to ${known.at(-1)}`,
      hint: 'Start the newer version, or put back the backup made before the upgrade. Nothing was changed.',
    });
  }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...plan.migrations }) },
    migrationTableName: plan.table,
    migrationLockTableName: `${plan.table}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw toStoreError(error, plan.where);
}

/** Names of migrations done, oldest first; empty for a new database. */
async function doneMigrations<Schema>(db: Kysely<Schema>, plan: SchemaPlan): Promise<readonly string[]> {
  try {
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
    if (!tables.some((table) => table.name === plan.table)) return [];
    const { rows } = await sql<{ name: string }>`select name from ${sql.table(plan.table)} order by name`.execute(db);
    return rows.map((row) => row.name);
  } catch (error) {
    throw toStoreError(error, plan.where);
  }
}
