import type { ContainerSpec } from '../entity/container-spec.ts';
import { isSecretName, maskText } from '../shared/secret-names.ts';

/** Where secrets are in a container, by name. */
export interface SecretParts {
  /** Environment variables. */
  readonly variables: readonly string[];
  readonly labels: readonly string[];
  /** Paths of files that are written into it. */
  readonly files: readonly string[];
  readonly command: boolean;
  readonly entrypoint: boolean;
  readonly healthcheck: boolean;
}

/** Very short texts are in other words too. */
const SHORTEST = 4;

/**
 * Where a container has secrets: what stands for one, values under names that sound secret or are declared so, passwords in addresses, and
 * `texts`, which are secret config. What its program has written itself nobody can tell. Pure.
 */
export function secretParts(spec: ContainerSpec, texts: readonly string[], secretKeys: ReadonlySet<string> = new Set()): SecretParts {
  const known = texts.filter((text) => text.length >= SHORTEST);
  const isSecret = (value: string): boolean => maskText(value) !== value || known.some((text) => value.includes(text));
  const named = (values: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(values).flatMap(([name, value]) => (value !== '' && (isSecretName(name, secretKeys) || isSecret(value)) ? [name] : []));
  const hasAny = (words: readonly string[] | null | undefined): boolean => words?.some(isSecret) ?? false;
  return {
    variables: named(spec.env),
    labels: named(spec.labels),
    files: spec.files.filter(({ content }) => content.split('\n').some((line) => isSecret(line.trim()))).map(({ path }) => path),
    command: hasAny(spec.command),
    entrypoint: hasAny(spec.entrypoint),
    healthcheck: hasAny(spec.healthcheck?.test),
  };
}

/** All texts in the values of config whose names are secret. */
export function secretTextsOf(config: Readonly<Record<string, unknown>>, secretKeys: ReadonlySet<string>): readonly string[] {
  return Object.entries(config).flatMap(([key, value]) => {
    if (isSecretName(key, secretKeys)) return textsIn(value);
    return isRecord(value) ? secretTextsOf(value, secretKeys) : [];
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
