import type { Kysely } from 'kysely';
import { ClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { CloudOf } from '../../domain/shared/permissions.ts';
import type { Auth, Principal } from '../../ports/auth.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { migrateSchema } from '../store/migrate-schema.ts';
import { createApiTokens } from './api-tokens.ts';
import { type AuthHandler, createAuthHandler } from './auth-handler.ts';
import { AUTH_MIGRATIONS, type AuthDatabase } from './auth-schema.ts';
import { type BetterAuthOptions, createBetterAuth } from './better-auth.ts';
import { createSetupToken } from './setup-token.ts';
import { createSignInLimiter } from './sign-in-limiter.ts';
import { createUsers } from './users.ts';

export interface AuthOptions extends Pick<BetterAuthOptions, 'dialect' | 'baseURL' | 'trustedOrigins' | 'secret'> {
  /** The store's main database. */
  readonly db: Kysely<unknown>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Finds the cloud of an application, so that a role on a cloud counts for a token on an application in it. */
  readonly cloudOf: CloudOf;
}

export interface OpenAuth {
  readonly auth: Auth;
  /** For requests to `/api/auth/*`. */
  readonly authHandler: AuthHandler;
}

/** Accounts, sessions, roles and API tokens in the store's database. */
export async function createAuth(options: AuthOptions): Promise<OpenAuth> {
  const { clock, ids, log, cloudOf } = options;
  const db = options.db as unknown as AuthDatabase;
  const listeners = new Set<(userId: string) => void>();
  await migrateSchema(db, { table: 'clocker_auth_migration', migrations: AUTH_MIGRATIONS, where: 'of user accounts' });
  const better = await createBetterAuth({ ...options, limiter: createSignInLimiter(clock), onSessionEnded: revoked });
  const users = createUsers(db, better);
  const tokens = createApiTokens({ db, clock, ids, log, cloudOf, bindingsOf: users.bindingsOf });
  const setup = createSetupToken();

  function revoked(userId: string): void {
    for (const listener of [...listeners]) {
      try {
        listener(userId);
      } catch (error) {
        log.error('a listener to ended sessions failed', { userId, error: toErrorView(error) });
      }
    }
  }

  async function bySession(headers: Headers): Promise<Principal | null> {
    if (!headers.has('cookie')) return null;
    const session = await better.api.getSession({ headers }).catch(refusalToNull);
    if (!session) return null;
    const { id, name, username } = session.user;
    return {
      userId: id,
      username: username ?? '',
      name,
      via: 'session',
      sessionId: session.session.id,
      bindings: await users.bindingsOf(id),
    };
  }

  const auth: Auth = {
    async authenticate(headers) {
      const authorization = headers.get('authorization');
      if (authorization === null) return await bySession(headers);
      const [, token] = /^Bearer\s+(\S+)$/i.exec(authorization) ?? [];
      return token === undefined ? null : await tokens.authenticate(token);
    },
    setupNeeded: users.lacksAdmin,
    setupToken: async () => ((await users.lacksAdmin()) ? setup.text() : null),
    async createFirstAdmin({ token, ...account }) {
      if (!(await users.lacksAdmin()) || !setup.take(token)) throw wrongSetupToken();
      try {
        await users.create({ ...account, bindings: [{ role: 'admin', scope: 'system' }] });
      } catch (error) {
        setup.giveBack();
        throw error;
      }
    },
    listUsers: users.list,
    createUser: users.create,
    async setBindings(userId, bindings) {
      await users.setBindings(userId, bindings);
      revoked(userId);
    },
    async removeUser(userId) {
      await users.remove(userId);
      revoked(userId);
    },
    listTokens: tokens.listTokens,
    createToken: tokens.createToken,
    async revokeToken(userId, tokenId) {
      await tokens.revokeToken(userId, tokenId);
      revoked(userId);
    },
    onRevoked(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return { auth, authHandler: createAuthHandler(better, log) };
}

/** The library throws on some bad credentials instead of answering null; a failing database is thrown on. */
function refusalToNull(error: unknown): null {
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500) return null;
  throw error;
}

function wrongSetupToken(): ClockerError {
  return new ClockerError('auth.forbidden', {
    message: 'The set-up token is wrong or was used',
    hint: 'Take the token that Clocker printed to its terminal at this start.',
  });
}
