import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { admin, username } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import type { Log } from '../../ports/log.ts';
import { MAX_PASSWORD, MIN_PASSWORD, USERNAME } from './account-rules.ts';

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
  readonly onSessionEnded: (userId: string) => void;
}

export type BetterAuth = Awaited<ReturnType<typeof createBetterAuth>>;

/** Accounts, passwords (scrypt) and sessions; its tables are brought up to date first. */
export async function createBetterAuth(options: BetterAuthOptions) {
  const { db, dialect, baseURL, trustedOrigins, secret, log, onSessionEnded } = options;
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

/** Refused logins are news for nobody but an attacker's victim: they are in the audit log, not in the program's warnings. */
function toLog(log: Log, level: 'debug' | 'info' | 'warn' | 'error', message: string): void {
  const fields = { by: 'better-auth', detail: message };
  if (level === 'error') log.error('account service', fields);
  else log.debug('account service', fields);
}
