import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { STANDING_NAME } from '../network/standing-network.ts';
import { isEmpty, texts, toTexts } from './config-texts.ts';
import type { NetworkAttachment, NetworkDefinition } from './container-spec.ts';
import { objectName, refuseBesideExternal } from './external-thing.ts';

/** As an application calls one. */
export const logicalNetworkName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/, 'needs a name of letters, digits, “_”, “.” and “-”, at most 63');
const alias = z
  .string()
  .regex(/^[a-zA-Z0-9_](?:[a-zA-Z0-9_.-]{0,251}[a-zA-Z0-9_])?$/, 'needs a host name: letters, digits, “-”, “.” and “_”');
const ipv4 = z.ipv4('needs an IPv4 address such as 172.28.0.10');

const endpoint = {
  aliases: z.array(alias).max(100).optional().describe('Further names on this network.'),
  address: ipv4.optional().describe('Fixed IPv4 address; the network needs a subnet.'),
  macAddress: z
    .string()
    .regex(/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i, 'needs a MAC address such as 02:42:ac:11:00:02')
    .optional(),
};

/** Names, or maps with a name; or a map name → `{ aliases, address, macAddress }`. */
export const networks = z
  .union(
    [
      z.array(z.union([logicalNetworkName, z.strictObject({ name: logicalNetworkName, ...endpoint })])).max(100),
      z.record(logicalNetworkName, z.strictObject(endpoint).nullable()),
    ],
    'needs a list of networks',
  )
  .superRefine((value, context) => {
    const names = entriesOf(value).map((entry) => entry.name);
    const twice = names.find((one, index) => names.indexOf(one) !== index);
    if (twice !== undefined) context.addIssue({ code: 'custom', message: `names ${twice} twice` });
  });

export const networkAliases = z.array(alias, 'needs a list of names').max(100);

/** An IPv4 network, without bits of a host. */
export const networkCidr = z.cidrv4('needs a network such as 172.28.0.0/16').superRefine((value, context) => {
  if (!ipaddr.IPv4.isValidCIDR(value)) return;
  const [address, length] = ipaddr.IPv4.parseCIDR(value);
  const network = ipaddr.IPv4.networkAddressFromCIDR(value).toString();
  const problem =
    length < 1 || length > 30
      ? 'needs a network of 1 to 30 bits, such as 172.28.0.0/16'
      : address.toString() === network
        ? null
        : `is an address within a network; did you mean ${network}/${length}?`;
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

const MTU = 'com.docker.network.driver.mtu';
const driverOptions = texts.superRefine((value, context) => {
  const mtu = value[MTU];
  if (mtu === undefined || (/^\d{2,5}$/.test(String(mtu)) && Number(mtu) >= 68 && Number(mtu) <= 65_535)) return;
  context.addIssue({ code: 'custom', path: [MTU], message: 'needs a packet size (MTU) from 68 to 65535' });
});

const definition = z
  .strictObject({
    external: objectName.optional().describe('Name on its host of a network that others made; it is never removed.'),
    shared: z
      .string()
      .regex(STANDING_NAME, 'needs the name of a network of the cloud: lower-case letters, digits and hyphens, at most 63')
      .optional()
      .describe('Name of a network of the cloud that several applications join; it is never removed with this one.'),
    internal: z.boolean().optional().describe('Nothing outside of it can be reached.'),
    subnet: networkCidr.optional().describe('Docker chooses one unless given.'),
    gateway: ipv4.optional(),
    ipRange: networkCidr.optional().describe('Part of the subnet from which addresses are chosen.'),
    options: driverOptions.optional().describe('Options of Docker’s bridge driver.'),
    labels: texts.optional(),
  })
  .superRefine((value, context) => {
    const { subnet } = value;
    if (subnet !== undefined && !ipaddr.IPv4.isValidCIDR(subnet)) return;
    const problem = subnet === undefined ? 'needs a subnet beside it' : `is not in ${subnet}`;
    const parts = { gateway: value.gateway, ipRange: value.ipRange?.split('/')[0] };
    for (const [key, address] of Object.entries(parts)) {
      if (address === undefined || !ipaddr.IPv4.isValid(address)) continue;
      const isInside = subnet !== undefined && ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(subnet));
      if (!isInside) context.addIssue({ code: 'custom', path: [key], message: problem });
    }
  })
  .superRefine(refuseBesideExternal)
  .superRefine(refuseBesideShared);

/** A network of the cloud is as it is. */
function refuseBesideShared(value: object, context: z.RefinementCtx): void {
  if (!('shared' in value) || value.shared === undefined) return;
  for (const [key, given] of Object.entries(value)) {
    if (key !== 'shared' && key !== 'external' && given !== undefined)
      context.addIssue({ code: 'custom', path: [key], message: 'says how it is made, but “shared” joins one that is there already' });
  }
}

/** Networks that an application declares: name → how it is made. */
export const networkDefinitions = z.record(logicalNetworkName, definition.nullable(), 'needs a map of networks').meta({
  title: 'Networks',
  description: 'Networks of this application’s containers; one that is not told here is made with Docker’s defaults.',
});

interface NetworkConfig {
  readonly 'docker.container.networks'?: z.infer<typeof networks> | undefined;
  readonly 'docker.container.aliases'?: readonly string[] | undefined;
}

/** As the container asks for them; how each is made, the application says. */
export function toNetworks(config: NetworkConfig): readonly NetworkAttachment[] {
  const everywhere = config['docker.container.aliases'] ?? [];
  return entriesOf(config['docker.container.networks'] ?? []).map((entry) => ({
    name: entry.name,
    aliases: [...new Set([...(entry.aliases ?? []), ...everywhere])],
    ...(entry.address === undefined ? {} : { address: entry.address }),
    ...(entry.macAddress === undefined ? {} : { macAddress: entry.macAddress.toLowerCase() }),
    definition: {},
  }));
}

/** Definitions by name; empty for what is none. */
export function toNetworkDefinitions(value: unknown): Readonly<Record<string, NetworkDefinition>> {
  const parsed = networkDefinitions.safeParse(value ?? {});
  if (!parsed.success) return {};
  return Object.fromEntries(Object.entries(parsed.data).map(([key, given]) => [key, toDefinition(given ?? {})]));
}

function toDefinition(given: z.infer<typeof definition>): NetworkDefinition {
  const { external, shared, internal, subnet, gateway, ipRange, options, labels } = given;
  if (external !== undefined) return { external };
  if (shared !== undefined) return { shared };
  return {
    ...(internal ? { internal } : {}),
    ...(subnet === undefined ? {} : { subnet }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(ipRange === undefined ? {} : { ipRange }),
    ...(isEmpty(options) ? {} : { options: toTexts(options) }),
    ...(isEmpty(labels) ? {} : { labels: toTexts(labels) }),
  };
}

interface Entry {
  readonly name: string;
  readonly aliases?: readonly string[] | undefined;
  readonly address?: string | undefined;
  readonly macAddress?: string | undefined;
}

function entriesOf(value: z.infer<typeof networks>): readonly Entry[] {
  if (Array.isArray(value)) return value.map((entry) => (typeof entry === 'string' ? { name: entry } : entry));
  return Object.entries(value).map(([one, entry]) => ({ name: one, ...entry }));
}
