import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Role, Scope } from '../../ports/auth.ts';

/** Our own tables, and what we read of those that better-auth makes. */
export interface AuthSchema {
  role_binding: { user_id: string; role: Role; scope: Scope };
  api_token: {
    id: string;
    user_id: string;
    name: string;
    prefix: string;
    /** SHA-256 of the whole token, hexadecimal: the token itself is kept nowhere. */
    sha256: string;
    role: Role;
    scope: Scope;
    expires_at: number;
    last_used_at: number | null;
    created_at: number;
  };
  user: { id: string; name: string; username: string | null; createdAt: string | number | Date };
  session: { id: string; userId: string };
  account: { id: string; userId: string };
}

export type AuthDatabase = Kysely<AuthSchema>;

export const AUTH_MIGRATIONS: Readonly<Record<string, Migration>> = { '0001-bindings-and-tokens': { up: createTables } };

async function createTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('role_binding')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('role_binding_key', ['user_id', 'scope'])
    .addCheckConstraint('role_binding_role', sql`role in ('viewer', 'operator', 'admin')`)
    .execute();
  await db.schema
    .createTable('api_token')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('prefix', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull().unique())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('api_token_user').on('api_token').column('user_id').execute();
}
