import { z } from 'zod';
import { entityReference } from '../entity/entity-reference.ts';
import { nestedSpec } from '../entity/nested-spec.ts';
import { boolean, portRange, text } from '../entity/value-schemas.ts';
import { conflistProblem } from '../network/cni-conflist.ts';
import { DEFAULT_POOL, DEFAULT_PREFIX } from '../network/virtual-network.ts';
import { anyMap, cidr, optional, preset, size } from './config-values.ts';

/** Every provider of networks across the hosts of a cloud. */
export const SDN_PROVIDER_CONFIG = {
  'sdn.network.cidr': preset(cidr, DEFAULT_POOL, 'Pool', 'Networks get their addresses from it.'),
  'sdn.network.size': preset(
    z.union([z.int().min(8).max(29), z.string().regex(/^([89]|[12]\d)$/)], 'needs a prefix length from 8 to 29'),
    DEFAULT_PREFIX,
    'Size of a network',
    'Prefix length: 24 has 254 addresses.',
  ),
  'sdn.agent.cidr': optional(cidr, 'Addresses of agents'),
  'sdn.agent.spec': optional(nestedSpec, 'Agent', 'What runs on each host.'),
  'docker.infrastructure': optional(entityReference, 'Docker cloud'),
};

/** Of the provider and of the type that stands for it in blueprints. */
export const VXLAN_CONFIG = {
  'vxlan.control': preset(
    z.enum(['controller', 'flood']),
    'controller',
    'Control',
    'controller writes where each address is; flood asks every host.',
  ),
  'vxlan.port': preset(z.coerce.number().int().min(1).max(65_535), 4789, 'Port', 'UDP, between the hosts.'),
};

/** Of the provider and of the type that stands for it in blueprints. */
export const BGP_CONFIG = {
  'bgp.asNumber': preset(
    z.coerce.number().int().min(1).max(4_294_967_294),
    64_512,
    'AS number',
    'Of all hosts: 64512 to 65534 are private.',
  ),
  'bgp.port': preset(
    z.coerce.number().int().min(1).max(65_535),
    179,
    'Port',
    'TCP, between the hosts. Another where they speak BGP already.',
  ),
};

/** Hosts on one LAN, with a hardware address for each container there. */
const DEFAULT_CONFLIST = {
  cniVersion: '1.0.0',
  plugins: [{ type: 'macvlan', master: '{device}', mode: 'bridge', capabilities: { mac: true } }],
};

/** Of the provider and of the type that stands for it in blueprints. */
export const CNI_CONFIG = {
  'cni.conflist': preset(
    z.union([anyMap, text]).superRefine((value, context) => {
      const problem = conflistProblem(value);
      if (problem !== null) context.addIssue({ code: 'custom', message: `is no configuration of CNI: ${problem}` });
    }),
    DEFAULT_CONFLIST,
    'Configuration',
    'A list of the CNI specification, as a map or as JSON: {network}, {subnet}, {mtu} and {device} stand for those of each network. Its plug-ins run as root.',
  ),
  'cni.path': preset(
    z.string().regex(/^\/[A-Za-z0-9._/-]+(:\/[A-Za-z0-9._/-]+)*$/, 'needs absolute folders with colons between them'),
    '/opt/cni/bin:/usr/lib/cni',
    'Folders of the plug-ins',
    'On the hosts, the first that has one counts.',
  ),
};

/** Of the provider and of the type that stands for it in blueprints. */
export const OVERLAY_CONFIG = {
  'overlay.encrypted': preset(boolean, false, 'Encrypted between hosts', 'By IPsec, which their kernels have to have (ESP with AES-GCM).'),
};

/** Of the provider and of the type that stands for it in blueprints. */
export const WEAVE_CONFIG = {
  'weave.version': optional(text, 'Version'),
  'weave.port': preset(portRange, 6783, 'Port', 'Between the hosts.'),
};

/** Of the provider and of the type that stands for it in blueprints. */
export const CALICO_CONFIG = {
  'calico.version': optional(text, 'Version'),
  'calico.ipip': preset(boolean, true, 'IP in IP', 'Between hosts that are not on one LAN.'),
  'calico.nat': preset(boolean, true, 'NAT to the outside'),
  'etcd.version': optional(text, 'etcd version'),
  'calico.etcd.external': optional(boolean, 'etcd of one’s own'),
  'calico.etcd.external.url': preset(
    z.string().regex(/^https?:\/\/[A-Za-z0-9.:_,/[\]-]+$/, 'needs http:// or https:// and an address'),
    'http://127.0.0.1:2379',
    'Address of that etcd',
    'As the hosts reach it.',
  ),
  'calico.etcd.external.initialSize': optional(size, 'Size of that etcd'),
  'cni.path': CNI_CONFIG['cni.path'],
};

export const SDN_PROVIDER_FLAGS = { agentSpec: 'sdn.agent.spec', dockerInfrastructure: 'docker.infrastructure' } as const;

export const SDN_PROVIDER_SENSORS = [
  { name: 'sdn.networks.allocated', type: 'number', description: 'Networks', unit: 'count' },
  { name: 'sdn.networks.addresses', type: 'json', description: 'Address range by network' },
  { name: 'sdn.networks.addresses.allocated', type: 'json', description: 'Addresses in use by network' },
  { name: 'sdn.networks.entities', type: 'json', description: 'Its networks' },
  { name: 'sdn.networks.managed', type: 'json', description: 'Group of its networks' },
  { name: 'sdn.networks.applications', type: 'json', description: 'Who is attached to each network' },
  { name: 'sdn.container.addresses', type: 'json', description: 'Addresses by container' },
  { name: 'sdn.agents', type: 'json', description: 'Group of its agents' },
  { name: 'sdn.agent.ips', type: 'number', description: 'Addresses of agents', unit: 'count' },
  { name: 'sdn.agent.addresses', type: 'json', description: 'Address by agent' },
] as const;

/** What runs on each host for a provider. */
export const SDN_AGENT_CONFIG = {
  'sdn.agent.docker.host': optional(entityReference, 'Host'),
  'sdn.provider': optional(entityReference, 'Provider'),
};

export const SDN_AGENT_FLAGS = { host: 'sdn.agent.docker.host', provider: 'sdn.provider' } as const;

export const SDN_AGENT_SENSORS = [
  { name: 'sdn.agent.address', type: 'string', description: 'Its address' },
  { name: 'sdn.agent.entity', type: 'json', description: 'The agent of this host' },
] as const;
