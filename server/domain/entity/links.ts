import { z } from 'zod';
import { holdsSecret } from '../shared/concealed.ts';
import { toHostPort } from './container-sensors.ts';
import type { Host } from './host.ts';
import type { Instance } from './instance.ts';

/** Config key of the links of a container. */
export const LINKS_KEY = 'docker.container.links';

const alias = z.string().regex(/^[a-zA-Z0-9](?:[a-zA-Z0-9_.-]{0,62})$/, 'needs a name of letters, digits, “-”, “_” and “.”');

const link = z.strictObject({ $entity: z.string().min(1) }, 'needs an entity: $brooklyn:component("id")');

/** Alias: the entity that it names. */
export const links = z.record(alias, link, 'needs a map of aliases and entities');

export type Links = z.infer<typeof links>;

export interface LinkTarget {
  readonly name: string;
  readonly instance: Pick<Instance, 'ports' | 'spec'>;
  readonly host: Pick<Host, 'address'>;
}

/**
 * The variables by which Docker’s links tell where another container is: `ALIAS_NAME`, `ALIAS_PORT`, `ALIAS_PORT_<p>_TCP` with `_ADDR`, `_PORT`
 * and `_PROTO`, and `ALIAS_ENV_<name>` for its environment. Addresses and ports are those of its host: they are reached from any host.
 * Variables that hold a secret of the other are left out.
 */
export function linkVariables(alias: string, { name, instance, host }: LinkTarget): Readonly<Record<string, string>> {
  const prefix = alias.toUpperCase().replace(/[^A-Z0-9]/g, '_');
  const [first] = instance.ports;
  const found: Record<string, string> = { [`${prefix}_NAME`]: name };
  if (first !== undefined) found[`${prefix}_PORT`] = toUrl(first, host);
  for (const binding of instance.ports) {
    const key = `${prefix}_PORT_${binding.container}_${binding.protocol.toUpperCase()}`;
    found[key] = toUrl(binding, host);
    found[`${key}_ADDR`] = binding.address ?? host.address;
    found[`${key}_PORT`] = String(binding.host);
    found[`${key}_PROTO`] = binding.protocol;
  }
  for (const [key, value] of Object.entries(instance.spec.env)) if (!holdsSecret(value)) found[`${prefix}_ENV_${key}`] = value;
  return found;
}

/** `alias:address` for /etc/hosts; undefined where the host is known by a name only. */
export function linkHost(alias: string, { host }: Pick<LinkTarget, 'host'>): string | undefined {
  return isAddress(host.address) ? `${alias}:${host.address}` : undefined;
}

function toUrl({ protocol, address, host: port }: Instance['ports'][number], host: LinkTarget['host']): string {
  return `${protocol}://${toHostPort(address ?? host.address, port)}`;
}

const isAddress = (text: string): boolean => z.union([z.ipv4(), z.ipv6()]).safeParse(text).success;
