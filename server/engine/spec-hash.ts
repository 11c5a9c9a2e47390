import { createHash } from 'node:crypto';
import type { ContainerSpec } from '../domain/entity/container-spec.ts';
import { canonicalJson } from '../domain/shared/json.ts';

/** SHA-256 of a value's canonical JSON, hexadecimal. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/**
 * Identity of a container: all of its spec but what is changed as it runs, which are its limits and its networks. One that has none is on
 * Docker's own; hardware addresses are given when it is made.
 */
export function specHashOf({ memoryBytes, cpus, networks = [], ...identity }: ContainerSpec): string {
  const macs = networks.flatMap(({ name, macAddress }) => (macAddress === undefined ? [] : [[name, macAddress]]));
  return hashOf(networks.length === 0 ? identity : { ...identity, networks: macs });
}
