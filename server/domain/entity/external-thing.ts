import { z } from 'zod';
import type { ContainerSpec } from './container-spec.ts';
import { LABEL } from './ownership.ts';

/** A name that Docker gives to networks and volumes, at most 255 characters. */
export const objectName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/, 'needs the name of what is there: letters, digits, “_”, “.” and “-”')
  .refine((name) => !isNameOfOurs(name), 'is a name that Clocker gives to what it makes itself, and removes');

/** What others made is as it is: nothing more can be said of it. */
export function refuseBesideExternal(value: object, context: z.RefinementCtx): void {
  if (!('external' in value) || value.external === undefined) return;
  for (const [key, given] of Object.entries(value)) {
    if (key !== 'external' && given !== undefined)
      context.addIssue({ code: 'custom', path: [key], message: 'says how it is made, but “external” is there already' });
  }
}

/** Names on its host of networks and volumes that others made and that a container needs. */
export interface ExternalThings {
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
}

export function externalThingsOf({ networks = [], volumes }: Pick<ContainerSpec, 'networks' | 'volumes'>): ExternalThings {
  return {
    networks: networks.flatMap(({ definition }) => definition.external ?? []),
    volumes: volumes.flatMap(({ shared }) => shared?.external ?? []),
  };
}

/** The first that a host has not: `network edge`, `volume data`; null where it has all. */
export function missingExternal(wanted: ExternalThings, there: ExternalThings | undefined): string | null {
  const network = wanted.networks.find((name) => !there?.networks.includes(name));
  if (network !== undefined) return `network ${network}`;
  const volume = wanted.volumes.find((name) => !there?.volumes.includes(name));
  return volume === undefined ? null : `volume ${volume}`;
}

/** Networks and volumes that Clocker makes carry its names and labels; those of Docker itself, and volumes without a name, are nobody's to name. */
export function isNameable({ name, labels }: { readonly name: string; readonly labels: Readonly<Record<string, string>> }): boolean {
  return !isNameOfOurs(name) && labels[LABEL.plane] === undefined && !DOCKERS_OWN.includes(name) && !/^[0-9a-f]{64}$/.test(name);
}

const DOCKERS_OWN: readonly string[] = ['bridge', 'host', 'none', 'docker_gwbridge', 'ingress'];

function isNameOfOurs(name: string): boolean {
  return /^ck[vn]-/.test(name);
}
