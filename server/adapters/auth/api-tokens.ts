import { createHash, randomBytes } from 'node:crypto';
import { ClockerError, toErrorView } from '../../domain/shared/clocker-error.ts';
import { type CloudOf, cutBindings } from '../../domain/shared/permissions.ts';
import type { Auth, Principal, RoleBinding, TokenView } from '../../ports/auth.ts';
import type { Clock, Ids } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { AuthDatabase } from './auth-schema.ts';

const MARK = 'ck_';
const CHARACTERS = 32;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SHAPE = /^ck_[A-Za-z0-9]{32}$/;
const PREFIX_CHARACTERS = 9;
const DAY_MS = 24 * 3600 * 1000;
const MAX_DAYS = 366;
const MAX_TOKENS = 50;
/** The time of last use is written at most once in this many milliseconds. */
const USE_GRANULARITY_MS = 60_000;

export interface ApiTokensOptions {
  readonly db: AuthDatabase;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly cloudOf: CloudOf;
  readonly bindingsOf: (userId: string) => Promise<readonly RoleBinding[]>;
}

export interface ApiTokens extends Pick<Auth, 'listTokens' | 'createToken' | 'revokeToken'> {
  /** Null for a token that is unknown, expired, or whose user has nothing left of what it was made for. */
  authenticate(token: string): Promise<Principal | null>;
}

export function createApiTokens({ db, clock, ids, log, cloudOf, bindingsOf }: ApiTokensOptions): ApiTokens {
  async function authenticate(token: string): Promise<Principal | null> {
    if (!SHAPE.test(token)) return null;
    const found = await db
      .selectFrom('api_token')
      .innerJoin('user', 'user.id', 'api_token.user_id')
      .select(['api_token.id', 'user_id', 'api_token.role', 'scope', 'expires_at', 'last_used_at', 'user.name', 'user.username'])
      .where('sha256', '=', hash(token))
      .executeTakeFirst();
    const now = clock.now();
    if (!found || found.expires_at <= now) return null;
    const bindings = cutBindings({ role: found.role, scope: found.scope }, await bindingsOf(found.user_id), cloudOf);
    if (bindings.length === 0) return null;
    if (now - (found.last_used_at ?? 0) >= USE_GRANULARITY_MS) noteUse(found.id, now);
    const { id: sessionId, user_id: userId, username, name } = found;
    return { userId, username: username ?? '', name, via: 'token', sessionId, bindings };
  }

  function noteUse(id: string, now: number): void {
    db.updateTable('api_token')
      .set({ last_used_at: now })
      .where('id', '=', id)
      .execute()
      .catch((error: unknown) => log.warn('the use of a token could not be noted', { tokenId: id, error: toErrorView(error) }));
  }

  return {
    authenticate,

    async listTokens(userId) {
      const rows = await db.selectFrom('api_token').selectAll().where('user_id', '=', userId).orderBy('created_at').orderBy('id').execute();
      return rows.map(toView);
    },

    async createToken({ userId, name, role, scope, expiresInDays }) {
      if (name.trim() === '' || name.length > 100) throw invalid('The token needs a name of 1 to 100 characters');
      if (!Number.isFinite(expiresInDays) || expiresInDays <= 0 || expiresInDays > MAX_DAYS) {
        throw invalid(`A token lives for more than 0 and at most ${MAX_DAYS} days`);
      }
      if (cutBindings({ role, scope }, await bindingsOf(userId), cloudOf).length === 0) {
        throw new ClockerError('auth.forbidden', {
          message: `You have no role on ${scope}, so a token for it could do nothing`,
          hint: 'Choose a scope that you have a role on.',
        });
      }
      const { held } = await db
        .selectFrom('api_token')
        .select((select) => select.fn.countAll<number>().as('held'))
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow();
      if (Number(held) >= MAX_TOKENS)
        throw new ClockerError('conflict', { message: `You have ${held} tokens, no more are given`, hint: 'Revoke one first.' });
      const token = MARK + randomText();
      const now = clock.now();
      const row = {
        id: ids.next(),
        user_id: userId,
        name,
        prefix: token.slice(0, PREFIX_CHARACTERS),
        sha256: hash(token),
        role,
        scope,
        expires_at: Math.round(now + expiresInDays * DAY_MS),
        last_used_at: null,
        created_at: now,
      };
      await db.insertInto('api_token').values(row).execute();
      return { token, view: toView(row) };
    },

    async revokeToken(userId, tokenId) {
      const { numDeletedRows } = await db
        .deleteFrom('api_token')
        .where('id', '=', tokenId)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      if (numDeletedRows === 0n) throw new ClockerError('not-found', { message: `There is no token ${tokenId}` });
    },
  };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** 190 random bits; bytes that would make some letters likelier are drawn again. */
function randomText(): string {
  let text = '';
  while (text.length < CHARACTERS) {
    for (const byte of randomBytes(CHARACTERS)) if (byte < 248 && text.length < CHARACTERS) text += ALPHABET.charAt(byte % ALPHABET.length);
  }
  return text;
}

function toView(
  row: Omit<TokenView, 'userId' | 'expiresAt' | 'lastUsedAt'> & { user_id: string; expires_at: number; last_used_at: number | null },
): TokenView {
  const { id, name, prefix, role, scope } = row;
  return { id, userId: row.user_id, name, prefix, role, scope, expiresAt: row.expires_at, lastUsedAt: row.last_used_at };
}

function invalid(message: string): ClockerError {
  return new ClockerError('input.invalid', { message });
}
