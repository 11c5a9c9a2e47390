import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { RoleBinding, UserView } from '../../ports/auth.ts';
import { checkAccount, type NewAccount } from './account-rules.ts';
import type { AuthDatabase, AuthSchema } from './auth-schema.ts';
import type { BetterAuth } from './better-auth.ts';

const SCOPE = /^(system|(cloud|application):[A-Za-z0-9._-]{1,64})$/;

export interface Users {
  bindingsOf(userId: string): Promise<readonly RoleBinding[]>;
  /** True while nobody administers the system. */
  lacksAdmin(): Promise<boolean>;
  list(): Promise<readonly UserView[]>;
  create(account: NewAccount & { readonly bindings: readonly RoleBinding[] }): Promise<UserView>;
  setBindings(userId: string, bindings: readonly RoleBinding[]): Promise<void>;
  remove(userId: string): Promise<void>;
}

/** Accounts with their role bindings. Changes run one after another, so that two of them cannot remove the last administrator. */
export function createUsers(db: AuthDatabase, auth: BetterAuth): Users {
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function read(userId?: string): Promise<readonly UserView[]> {
    const users = db.selectFrom('user').select(['id', 'name', 'username', 'createdAt']).orderBy('username');
    const rows = await (userId === undefined ? users : users.where('id', '=', userId)).execute();
    const bindings = await db.selectFrom('role_binding').selectAll().orderBy('scope').execute();
    return rows.map((row) => ({
      id: row.id,
      username: row.username ?? '',
      name: row.name,
      bindings: bindings.filter((binding) => binding.user_id === row.id).map(({ role, scope }) => ({ role, scope })),
      createdAt: new Date(row.createdAt).getTime(),
    }));
  }

  async function create(account: NewAccount & { readonly bindings: readonly RoleBinding[] }): Promise<UserView> {
    checkAccount(account);
    checkBindings(account.bindings);
    const id = await createAccount(auth, account);
    try {
      await db.transaction().execute((transaction) => replaceBindings(transaction, id, account.bindings));
    } catch (error) {
      await db.transaction().execute((transaction) => deleteUser(transaction, id));
      throw error;
    }
    const [made] = await read(id);
    if (!made) throw new ClockerError('not-found', { message: `User ${account.username} was removed while being made` });
    return made;
  }

  return {
    async bindingsOf(userId) {
      return await db.selectFrom('role_binding').select(['role', 'scope']).where('user_id', '=', userId).orderBy('scope').execute();
    },
    async lacksAdmin() {
      return (await systemAdmins(db)).length === 0;
    },
    list: () => read(),
    create: (account) => inTurn(() => create(account)),
    setBindings: (userId, bindings) =>
      inTurn(async () => {
        checkBindings(bindings);
        await db.transaction().execute(async (transaction) => {
          await requireUser(transaction, userId);
          await replaceBindings(transaction, userId, bindings);
          await requireAdmin(transaction);
        });
      }),
    remove: (userId) =>
      inTurn(() =>
        db.transaction().execute(async (transaction) => {
          await requireUser(transaction, userId);
          await deleteUser(transaction, userId);
          await requireAdmin(transaction);
        }),
      ),
  };
}

async function createAccount(auth: BetterAuth, { username, name, password }: NewAccount): Promise<string> {
  try {
    // Without headers this asks for no permission: the caller has decided. An account needs an e-mail address; ours go nowhere.
    const { user } = await auth.api.createUser({ body: { email: `${randomUUID()}@users.invalid`, name, password, data: { username } } });
    return user.id;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'USERNAME_IS_ALREADY_TAKEN') {
      throw new ClockerError('conflict', { message: `The user name "${username}" is taken`, hint: 'Choose another one.', cause: error });
    }
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  const body = error instanceof Error && 'body' in error ? error.body : null;
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
}

function checkBindings(bindings: readonly RoleBinding[]): void {
  const scopes = bindings.map(({ scope }) => scope);
  const wrong = scopes.find((scope, at) => !SCOPE.test(scope) || scopes.indexOf(scope) !== at);
  if (wrong === undefined) return;
  throw new ClockerError('input.invalid', {
    message: `The scope "${wrong}" is given twice or is none`,
    hint: 'A scope is system, cloud:<id> or application:<id>, each with one role.',
  });
}

async function replaceBindings(transaction: Transaction<AuthSchema>, userId: string, bindings: readonly RoleBinding[]): Promise<void> {
  await transaction.deleteFrom('role_binding').where('user_id', '=', userId).execute();
  if (bindings.length === 0) return;
  await transaction
    .insertInto('role_binding')
    .values(bindings.map(({ role, scope }) => ({ user_id: userId, role, scope })))
    .execute();
}

async function deleteUser(transaction: Transaction<AuthSchema>, userId: string): Promise<void> {
  await transaction.deleteFrom('api_token').where('user_id', '=', userId).execute();
  await transaction.deleteFrom('role_binding').where('user_id', '=', userId).execute();
  await transaction.deleteFrom('session').where('userId', '=', userId).execute();
  await transaction.deleteFrom('account').where('userId', '=', userId).execute();
  await transaction.deleteFrom('user').where('id', '=', userId).execute();
}

async function requireUser(transaction: Transaction<AuthSchema>, userId: string): Promise<void> {
  const user = await transaction.selectFrom('user').select('id').where('id', '=', userId).executeTakeFirst();
  if (!user) throw new ClockerError('not-found', { message: `There is no user ${userId}` });
}

/** Undoes the transaction when it would leave nobody who can give roles. */
async function requireAdmin(transaction: Transaction<AuthSchema>): Promise<void> {
  if ((await systemAdmins(transaction)).length > 0) return;
  throw new ClockerError('conflict', {
    message: 'This is the last administrator of the system: nothing was changed',
    hint: 'Make somebody else administrator first.',
  });
}

async function systemAdmins(db: AuthDatabase): Promise<readonly { readonly id: string }[]> {
  return await db
    .selectFrom('role_binding')
    .innerJoin('user', 'user.id', 'role_binding.user_id')
    .select('user.id')
    .where('role_binding.role', '=', 'admin')
    .where('role_binding.scope', '=', 'system')
    .execute();
}
