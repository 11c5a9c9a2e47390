import { betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { getMigrations } from 'better-auth/db/migration';
import { admin, username } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import type { Log } from '../../ports/log.ts';
import { MAX_PASSWORD, MIN_PASSWORD, USERNAME } from './account-rules.ts';
import type { SignInLimiter } from './sign-in-limiter.ts';

/** Set from the socket by the handler, whatever the client sent. */
export const CLIENT_ADDRESS_HEADER = 'x-real-client-ip';
const SESSION_SECONDS = 12 * 3600;
const SESSION_REFRESH_SECONDS = 3600;

export interface BetterAuthOptions {
  readonly db: Kysely<unknown>;
  readonly dialect: 'sqlite' | 'postgres';
  /** Where browsers reach the console, `https://clocker.example.org`. With https, cookies are marked secure. */
  readonly baseURL: string;
  /** Origins besides `baseURL` from which sign-in is accepted, or what finds them for a request. */
  readonly trustedOrigins: string[] | ((request?: Request) => string[]);
  /** 32 random bytes as base64. */
  readonly secret: string;
  readonly log: Log;
  readonly limiter: SignInLimiter;
  readonly onSessionEnded: (userId: string) => void;
}

export type BetterAuth = Awaited<ReturnType<typeof createBetterAuth>>;

/** Accounts, passwords (scrypt) and sessions; its tables are brought up to date first. */
export async function createBetterAuth(options: BetterAuthOptions) {
  const { db, dialect, baseURL, trustedOrigins, secret, log, limiter, onSessionEnded } = options;
  const auth = betterAuth({
    appName: 'Clocker',
    database: { db, type: dialect },
    baseURL,
    basePath: '/api/auth',
    trustedOrigins,
    secret,
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_PASSWORD, maxPasswordLength: MAX_PASSWORD },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_REFRESH_SECONDS },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: { '/sign-in/username': { window: 60, max: 10 }, '/change-password': { window: 60, max: 5 } },
    },
    advanced: {
      cookiePrefix: 'clocker',
      // Said aloud because the library's default for the first depends on NODE_ENV.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
    },
    databaseHooks: { session: { delete: { after: async (session) => onSessionEnded(session.userId) } } },
    hooks: limitSignIn(limiter),
    logger: { log: (level, message) => toLog(log, level, message) },
    plugins: [
      username({ minUsernameLength: 2, maxUsernameLength: 32, usernameValidator: (name) => USERNAME.test(name) }),
      // Used for `createUser` only; its routes are not served and nobody has its administrator role.
      admin({ defaultRole: 'user', adminRoles: ['admin'] }),
    ],
  });
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
  return auth;
}

const SIGN_IN = '/sign-in/username';

function limitSignIn(limiter: SignInLimiter) {
  const nameIn = (body: unknown) => {
    const name = typeof body === 'object' && body !== null && 'username' in body ? body.username : '';
    return typeof name === 'string' ? name : '';
  };
  const addressIn = (headers: Headers | undefined) => headers?.get(CLIENT_ADDRESS_HEADER) ?? '';
  return {
    before: createAuthMiddleware(async ({ path, body, headers }) => {
      if (path !== SIGN_IN) return;
      const waitMs = limiter.waitMs(nameIn(body), addressIn(headers));
      if (waitMs === 0) return;
      const seconds = Math.ceil(waitMs / 1000);
      throw new APIError(
        'TOO_MANY_REQUESTS',
        { message: `Too many failed attempts. Try again in ${seconds} s.` },
        { 'x-retry-after': `${seconds}` },
      );
    }),
    after: createAuthMiddleware(async ({ path, body, headers, context }) => {
      if (path !== SIGN_IN) return;
      if (context.newSession) limiter.succeeded(nameIn(body), addressIn(headers));
      else limiter.failed(nameIn(body));
    }),
  };
}

/** Refused logins are news for nobody but an attacker's victim: they are in the audit log, not in the program's warnings. */
function toLog(log: Log, level: 'debug' | 'info' | 'warn' | 'error', message: string): void {
  const fields = { by: 'better-auth', detail: message };
  if (level === 'error') log.error('account service', fields);
  else log.debug('account service', fields);
}
