import { z } from 'zod';
import { parseImageReference } from '../blueprint/image-reference.ts';
import type { ContainerSpec, HealthcheckSpec } from './container-spec.ts';
import { parseBytes, parseDurationMs } from './quantities.ts';

/*
 * Config that several container types share. Values stay as the blueprint gives them (`512m`, `2m`), so a parsed config may be
 * parsed again and its JSON schema is that of the blueprint; `to…` functions turn them into what a container spec needs.
 */

const SMALLEST_MEMORY = 6 * 1024 * 1024;

export const imageName = z.string('needs an image such as redis:7').superRefine((text, context) => {
  const parsed = parseImageReference(text);
  if (!parsed.ok) context.addIssue({ code: 'custom', message: `cannot be read as an image: ${parsed.message}` });
});
export const imageTag = z
  .union([z.string(), z.number()], 'needs text')
  .refine((tag) => /^\w[\w.-]{0,127}$/.test(String(tag)), 'is no image tag');

const memory = z
  .union([z.string(), z.number()], 'needs a size such as 512m')
  .refine((value) => (parseBytes(value) ?? 0) >= SMALLEST_MEMORY, 'needs a size of at least 6m, such as 512m or 1.5g');

const cpus = z.union([z.number(), z.string()], 'needs a number of CPUs such as 0.5').refine((value) => {
  const number = Number(value);
  return String(value).trim() !== '' && number >= 0.01 && number <= 1024;
}, 'needs a number of CPUs from 0.01 to 1024, such as 0.5');

export const duration = z
  .union([z.string(), z.number()], 'needs a time such as 30s')
  .refine((value) => parseDurationMs(value) !== null, 'needs a time such as 500ms, 30s, 2m or 1h 30m');

/** A key of Brooklyn's or Clocker's that has no effect here: whoever gives it is told what to do instead. */
export function refused(message: string) {
  return z
    .unknown()
    .refine((value) => value === undefined, message)
    .optional();
}

const port = z
  .union([z.number(), z.string()], 'needs a port')
  .refine((value) => /^\d{1,5}$/.test(String(value)) && Number(value) >= 1 && Number(value) <= 65_535, 'needs a port from 1 to 65535');

export { port as containerPort };

/** A list of words, or one text that is split at spaces outside quotes. Never given to a shell. */
export const argv = z
  .union([z.array(z.union([z.string(), z.number(), z.boolean()])).min(1), z.string().min(1)], 'needs a list of words')
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

const labels = z.record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()])).superRefine((values, context) => {
  const reserved = Object.keys(values).find((key) => key.startsWith('io.clocker.'));
  if (reserved !== undefined) context.addIssue({ code: 'custom', message: 'is a reserved label', path: [reserved] });
});

export const healthcheck = z
  .strictObject({
    test: z.union([z.string().min(1).max(4096), z.array(z.string()).min(1)]).describe('A shell command as text, or a list of words.'),
    interval: duration.default('10s'),
    timeout: duration.default('5s'),
    retries: z.int().min(1).max(100).default(3),
    startPeriod: duration.default('0s'),
  })
  .refine((value) => (parseDurationMs(value.interval) ?? 0) >= 1000, { message: 'needs an interval of at least 1s', path: ['interval'] });

/** What every container type takes. Keys are Clocker's. */
export const sharedContainerShape = {
  'docker.memory': memory.optional().meta({ title: 'Memory limit', description: 'Hard limit, such as 512m. None unless given.' }),
  'docker.cpus': cpus.optional().meta({ title: 'CPU limit', description: 'Number of CPUs, 0.5 is half of one. None unless given.' }),
  'start.timeout': duration.default('2m').meta({ title: 'Start timeout', description: 'A start that takes longer has failed.' }),
  'stop.timeout': duration.default('10s').meta({ title: 'Stop timeout', description: 'From SIGTERM to SIGKILL, at most an hour.' }),
  'docker.container.labels': labels.optional().meta({ title: 'Labels', description: 'Docker labels of the container.' }),
};

export const SHARED_CONTAINER_FLAGS = {
  memory: 'docker.memory',
  cpus: 'docker.cpus',
  startTimeout: 'start.timeout',
  stopTimeout: 'stop.timeout',
  labels: 'docker.container.labels',
} as const;

export interface SharedContainerConfig {
  readonly 'docker.memory'?: string | number | undefined;
  readonly 'docker.cpus'?: string | number | undefined;
  readonly 'start.timeout': string | number;
  readonly 'stop.timeout': string | number;
  readonly 'docker.container.labels'?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** A spec of the image and what every container type takes; the rest is empty, for the type to fill in. */
export function toBaseSpec(image: string, config: SharedContainerConfig): ContainerSpec {
  const cpuLimit = config['docker.cpus'];
  const memoryLimit = config['docker.memory'];
  return {
    image,
    entrypoint: null,
    command: null,
    env: {},
    labels: toTexts(config['docker.container.labels'] ?? {}),
    ports: [],
    volumes: [],
    files: [],
    memoryBytes: memoryLimit === undefined ? null : parseBytes(memoryLimit),
    cpus: cpuLimit === undefined ? null : Number(cpuLimit),
    hostname: null,
    user: null,
    readOnly: false,
    stopTimeoutS: Math.min(3600, Math.ceil((parseDurationMs(config['stop.timeout']) ?? 10_000) / 1000)),
    healthcheck: null,
  };
}

/** Name and tag as one reference; a name that has a tag or digest already keeps it. */
export function toImage(name: string, tag: string | number | undefined): string {
  if (tag === undefined) return name;
  const parsed = parseImageReference(name);
  return parsed.ok && parsed.reference.tag === null && parsed.reference.digest === null ? `${name}:${tag}` : name;
}

export function toTexts(values: Readonly<Record<string, string | number | boolean | null>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === null ? '' : String(value)]));
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
