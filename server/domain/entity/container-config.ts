import { z } from 'zod';
import { parseImageReference } from '../blueprint/image-reference.ts';
import { isEmpty, toTexts } from './config-texts.ts';
import { LIMIT_FLAGS, type LimitConfig, limitShape, toLimitOptions, toLimits } from './container-limits.ts';
import { networkAliases, networks, toNetworks } from './container-networks.ts';
import type { ContainerSpec, HealthcheckSpec } from './container-spec.ts';
import { parseDurationMs } from './quantities.ts';
import { restartPolicy } from './restart-policy.ts';

/*
 * Config that several container types share. Values stay as the blueprint gives them (`512m`, `2m`), so a parsed config may be
 * parsed again and its JSON schema is that of the blueprint; `to…` functions turn them into what a container spec needs.
 */

export const imageName = z.string('needs an image such as redis:7').superRefine((text, context) => {
  const parsed = parseImageReference(text);
  if (!parsed.ok) context.addIssue({ code: 'custom', message: `cannot be read as an image: ${parsed.message}` });
});
export const imageTag = z
  .union([z.string(), z.number()], 'needs text')
  .refine((tag) => /^\w[\w.-]{0,127}$/.test(String(tag)), 'is no image tag');

export const duration = z
  .union([z.string(), z.number()], 'needs a time such as 30s')
  .refine((value) => parseDurationMs(value) !== null, 'needs a time such as 500ms, 30s, 2m or 1h 30m');

const port = z
  .union([z.number(), z.string()], 'needs a port')
  .refine((value) => /^\d{1,5}$/.test(String(value)) && Number(value) >= 1 && Number(value) <= 65_535, 'needs a port from 1 to 65535');

export { port as containerPort };

/** A list of words, or one text that is split at spaces outside quotes. Never given to a shell. */
export const argv = z
  .union([z.array(z.union([z.string(), z.number(), z.boolean()])), z.string().min(1)], 'needs a list of words')
  .refine((value) => {
    return typeof value !== 'string' || splitWords(value) !== null;
  }, 'has a quote without its end');

/** Entries of the environment. Values are texts; numbers and booleans are taken as they are written. */
export const environment = z
  .record(
    z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, 'a variable needs a name of letters, digits and “_”'),
    z.union([z.string(), z.number(), z.boolean(), z.null()], 'needs a text'),
    'needs a map of names and values',
  )
  .superRefine((values, context) => {
    const size = Object.entries(values).reduce((total, [key, value]) => total + key.length + String(value).length + 2, 0);
    if (size > 128 * 1024) context.addIssue({ code: 'custom', message: 'is larger than 128 KiB in all' });
    const bad = Object.keys(values).find((key) => String(values[key]).includes('\0'));
    if (bad !== undefined) context.addIssue({ code: 'custom', message: 'holds a NUL character', path: [bad] });
  });

export const labels = z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()])).superRefine((values, context) => {
  const reserved = Object.keys(values).find((key) => /^(?:io\.clocker|com\.docker|io\.docker|org\.dockerproject)\./.test(key));
  if (reserved !== undefined) context.addIssue({ code: 'custom', message: 'is a reserved label', path: [reserved] });
});

const upToADay = duration.refine((value) => (parseDurationMs(value) ?? 0) <= 86_400_000, 'needs a time of at most 1d');

export const healthcheck = z
  .strictObject({
    test: z
      .union([
        z.string().min(1, 'needs a command').max(4096, 'needs a command of at most 4096 characters'),
        z.array(z.string()).min(1, 'needs a command'),
      ])
      .describe('A shell command as text, or a list of words.'),
    interval: upToADay.default('10s'),
    timeout: upToADay.default('5s'),
    retries: z.int().min(1).max(100).default(3),
    startPeriod: upToADay.default('0s'),
    startInterval: upToADay.optional().describe('Between checks while it starts; Docker Engine 25 and later.'),
  })
  .refine((value) => (parseDurationMs(value.interval) ?? 0) >= 1000, { message: 'needs an interval of at least 1s', path: ['interval'] });

const MOST_AT_ONCE = 10_000;

/** How what is recreated by an update is taken down and brought up; the first in the blueprint counts for the whole update. */
export const rolloutUpdate = z
  .strictObject({
    batch: z.int().min(1).max(MOST_AT_ONCE).default(1).describe('Members recreated at once.'),
    order: z.enum(['stop-first', 'start-first']).default('stop-first'),
    delay: duration.default('0s').describe('Pause between batches.'),
    healthTimeout: duration.default('2m').describe('A recreated member must be up within this time.'),
  })
  .meta({ title: 'Updates', description: 'How members are recreated when the blueprint changes.' });

/** What every container type takes. Keys are Clocker's. */
export const sharedContainerShape = {
  ...limitShape,
  'start.timeout': duration.default('2m').meta({ title: 'Start timeout', description: 'A start that takes longer has failed.' }),
  'stop.timeout': duration.default('10s').meta({ title: 'Stop timeout', description: 'From SIGTERM to SIGKILL, at most an hour.' }),
  'docker.container.labels': labels.optional().meta({ title: 'Labels', description: 'Docker labels of the container.' }),
  'docker.container.networks': networks
    .optional()
    .meta({ title: 'Networks', description: 'Networks of its application that it joins. The host’s own bridge unless given.' }),
  'docker.container.aliases': networkAliases.optional().meta({ title: 'Names', description: 'Names on all its networks, besides its id.' }),
  'docker.container.keepAddress': z.boolean().optional().meta({
    title: 'Keep address',
    description: 'Moved with its addresses on networks that reach all hosts: it is stopped before it starts elsewhere.',
  }),
  'docker.container.restartPolicy': restartPolicy.optional(),
  update: rolloutUpdate.optional(),
};

export const SHARED_CONTAINER_FLAGS = {
  ...LIMIT_FLAGS,
  startTimeout: 'start.timeout',
  stopTimeout: 'stop.timeout',
  labels: 'docker.container.labels',
  networks: 'docker.container.networks',
  aliases: 'docker.container.aliases',
  keepAddress: 'docker.container.keepAddress',
  restartPolicy: 'docker.container.restartPolicy',
} as const;

export interface SharedContainerConfig extends LimitConfig {
  readonly 'docker.container.networks'?: z.infer<typeof networks> | undefined;
  readonly 'docker.container.aliases'?: readonly string[] | undefined;
  readonly 'start.timeout': string | number;
  readonly 'stop.timeout': string | number;
  readonly 'docker.container.labels'?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** A spec of the image and what every container type takes; the rest is empty, for the type to fill in. */
export function toBaseSpec(image: string, config: SharedContainerConfig): ContainerSpec {
  const joined = toNetworks(config);
  const options = toLimitOptions(config);
  return {
    image,
    entrypoint: null,
    command: null,
    env: {},
    labels: toTexts(config['docker.container.labels'] ?? {}),
    ports: [],
    volumes: [],
    files: [],
    ...toLimits(config),
    hostname: null,
    user: null,
    readOnly: false,
    stopTimeoutS: Math.min(3600, Math.ceil((parseDurationMs(config['stop.timeout']) ?? 10_000) / 1000)),
    healthcheck: null,
    ...(joined.length === 0 ? {} : { networks: joined }),
    ...(isEmpty(options) ? {} : { options }),
  };
}

/** Name and tag as one reference; a name that has a tag or digest already keeps it. */
export function toImage(name: string, tag: string | number | undefined): string {
  if (tag === undefined) return name;
  const parsed = parseImageReference(name);
  return parsed.ok && parsed.reference.tag === null && parsed.reference.digest === null ? `${name}:${tag}` : name;
}

export function toArgv(value: z.infer<typeof argv>): readonly string[] {
  return typeof value === 'string' ? (splitWords(value) ?? []) : value.map(String);
}

export function toHealthcheck(value: z.infer<typeof healthcheck>): HealthcheckSpec {
  const { test } = value;
  const kinds = ['CMD', 'CMD-SHELL', 'NONE'];
  return {
    test: typeof test === 'string' ? ['CMD-SHELL', test] : kinds.includes(test[0] ?? '') ? test : ['CMD', ...test],
    intervalMs: parseDurationMs(value.interval) ?? 10_000,
    timeoutMs: parseDurationMs(value.timeout) ?? 5000,
    retries: value.retries,
    startPeriodMs: parseDurationMs(value.startPeriod) ?? 0,
    ...(value.startInterval === undefined ? {} : { startIntervalMs: parseDurationMs(value.startInterval) ?? 0 }),
  };
}

/** Words as a shell would split them, with single and double quotes and backslashes, and nothing else of a shell; null for an open quote. */
export function splitWords(text: string): readonly string[] | null {
  const words: string[] = [];
  for (const part of text.trim().match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*'|["'\\])+/gs) ?? []) {
    let word = '';
    for (const [piece] of part.matchAll(/\\.|"(?:[^"\\]|\\.)*"|'[^']*'|["'\\]|[^"'\\]+/gs)) {
      if (piece === '"' || piece === "'" || piece === '\\') return null;
      if (piece.startsWith('"')) word += piece.slice(1, -1).replace(/\\(["\\$`])/g, '$1');
      else if (piece.startsWith("'")) word += piece.slice(1, -1);
      else word += piece.startsWith('\\') ? piece.slice(1) : piece;
    }
    words.push(word);
  }
  return words;
}
