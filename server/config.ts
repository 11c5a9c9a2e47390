import path from 'node:path';
import { z } from 'zod';
import { ClockerError } from './domain/shared/clocker-error.ts';

/** The engine of a host is asked each 5 s and has 3 s to answer: a shorter silence is none. */
const LEAST_SILENCE_MS = 8_000;

const schema = z.object({
  CLOCKER_DATA: z.string().min(1).default('./data'),
  CLOCKER_ARTIFACTS: z.string().min(1).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8081),
  HOST: z.string().min(1).default('127.0.0.1'),
  CLOCKER_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  CLOCKER_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  CLOCKER_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  CLOCKER_HOST_LOST_AFTER_MS: z.coerce
    .number('must be a number of milliseconds')
    .int('must be a whole number of milliseconds')
    .min(LEAST_SILENCE_MS, `must be at least ${LEAST_SILENCE_MS}: hosts are asked each 5 s and have 3 s to answer`)
    .max(3_600_000, 'must be at most 3600000, an hour')
    .default(15_000),
  CLOCKER_TERMINAL_IDLE_MINUTES: z.coerce
    .number('must be a number of minutes')
    .min(0.05)
    .max(1_440, 'must be at most 1440, a day')
    .default(30),
  CLOCKER_ALLOW_INSECURE_HTTP: z.enum(['0', '1']).default('0'),
  CLOCKER_CONSOLE: z.enum(['on', 'off']).default('on'),
  NODE_ENV: z.string().default('production'),
});

export interface Config {
  /** Directory of database and keys. */
  readonly dataDirectory: string;
  /** Folder, absolute, of files that artifact rules lead to. */
  readonly artifactsDirectory: string;
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | null;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Where people reach the console; null when they use `host` and `port`. */
  readonly publicUrl: string | null;
  readonly hostLostAfterMs: number;
  /** A terminal into which nobody typed for so long is closed. */
  readonly terminalIdleMs: number;
  /** Any Host header that is an address is accepted. */
  readonly insecure: boolean;
  /** False serves the API alone, without pages. */
  readonly console: boolean;
  readonly development: boolean;
}

/**
 * The environment, checked.
 * @throws ClockerError input.invalid naming each variable that is wrong, and for a listening address that would send passwords
 * over the network in the clear.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ClockerError('input.invalid', {
      message: `The environment is wrong. ${problems.join('; ')}`,
      hint: 'See README.md, Run it.',
    });
  }
  const env = parsed.data;
  const config: Config = {
    dataDirectory: env.CLOCKER_DATA,
    artifactsDirectory: path.resolve(env.CLOCKER_ARTIFACTS ?? path.join(env.CLOCKER_DATA, 'artifacts')),
    port: env.PORT,
    host: env.HOST,
    databaseUrl: env.CLOCKER_DATABASE_URL ?? null,
    logLevel: env.CLOCKER_LOG_LEVEL,
    publicUrl: env.CLOCKER_PUBLIC_URL ? new URL(env.CLOCKER_PUBLIC_URL).origin : null,
    hostLostAfterMs: env.CLOCKER_HOST_LOST_AFTER_MS,
    terminalIdleMs: Math.round(env.CLOCKER_TERMINAL_IDLE_MINUTES * 60_000),
    insecure: env.CLOCKER_ALLOW_INSECURE_HTTP === '1',
    console: env.CLOCKER_CONSOLE === 'on',
    development: env.NODE_ENV === 'development',
  };
  refuseOpenListener(config);
  return config;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function refuseOpenListener({ host, publicUrl, insecure }: Config): void {
  if (isLoopback(host) || insecure || publicUrl?.startsWith('https://')) return;
  throw new ClockerError('input.invalid', {
    message: `Will not listen on ${host} without TLS: passwords and tokens would cross the network in the clear`,
    hint: 'Put a TLS proxy in front and set CLOCKER_PUBLIC_URL=https://…, or set CLOCKER_ALLOW_INSECURE_HTTP=1 on a network you trust.',
  });
}
