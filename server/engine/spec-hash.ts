import { createHash } from 'node:crypto';
import type { ContainerSpec } from '../domain/entity/container-spec.ts';
import { canonicalJson } from '../domain/shared/json.ts';

/** SHA-256 of a value's canonical JSON, hexadecimal. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Identity of a container: all of its spec but the limits, which are changed in place. */
export function specHashOf({ memoryBytes, cpus, ...identity }: ContainerSpec): string {
  return hashOf(identity);
}
