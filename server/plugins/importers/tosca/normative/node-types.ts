import type { NormativeTypes } from './normative-types.ts';
import { flag, integer, MANY, mapOf, needed, port, requires, size, text } from './shapes.ts';

const HOST_PROPERTIES = {
  num_cpus: integer,
  cpu_frequency: { type: 'scalar-unit.frequency', required: false },
  disk_size: size,
  mem_size: size,
};

const host = (node: string) => requires('host', 'Container', 'HostedOn', { node });

export const NODE_TYPES: NormativeTypes = {
  'tosca.nodes.Root': {
    attributes: { tosca_id: text, tosca_name: text, state: text },
    capabilities: { feature: 'tosca.capabilities.Node' },
    requirements: [requires('dependency', 'Node', 'DependsOn', { least: 0, most: MANY })],
    interfaces: { Standard: { create: null, configure: null, start: null, stop: null, delete: null } },
  },
  'tosca.nodes.Abstract.Compute': { derived_from: 'tosca.nodes.Root', capabilities: { host: 'tosca.capabilities.Compute' } },
  'tosca.nodes.Abstract.Storage': { derived_from: 'tosca.nodes.Root', properties: { name: text, size } },
  'tosca.nodes.Compute': {
    derived_from: 'tosca.nodes.Abstract.Compute',
    // Of the working drafts; later they are properties of the capabilities “host” and “os”.
    properties: { ...HOST_PROPERTIES, os_arch: text, os_type: text, os_distribution: text, os_version: text, ip_address: text },
    attributes: {
      private_address: text,
      public_address: text,
      ip_address: text,
      public_ip_address: text,
      networks: mapOf('tosca.datatypes.network.NetworkInfo'),
      ports: mapOf('tosca.datatypes.network.PortInfo'),
    },
    capabilities: {
      host: 'tosca.capabilities.Compute',
      endpoint: 'tosca.capabilities.Endpoint.Admin',
      os: 'tosca.capabilities.OperatingSystem',
      scalable: 'tosca.capabilities.Scalable',
      binding: 'tosca.capabilities.network.Bindable',
      attach: 'tosca.capabilities.Attachment',
    },
    requirements: [
      requires('local_storage', 'Attachment', 'AttachesTo', { node: 'tosca.nodes.Storage.BlockStorage', least: 0, most: MANY }),
      requires('network', 'Connectivity', 'Network', { least: 0, most: MANY }),
    ],
  },
  'tosca.nodes.SoftwareComponent': {
    derived_from: 'tosca.nodes.Root',
    properties: {
      component_version: { type: 'version', required: false },
      admin_credential: { type: 'tosca.datatypes.Credential', required: false },
    },
    requirements: [host('tosca.nodes.Compute')],
  },
  'tosca.nodes.WebServer': {
    derived_from: 'tosca.nodes.SoftwareComponent',
    capabilities: {
      data_endpoint: 'tosca.capabilities.Endpoint',
      admin_endpoint: 'tosca.capabilities.Endpoint.Admin',
      host: 'tosca.capabilities.Container',
    },
  },
  'tosca.nodes.WebApplication': {
    derived_from: 'tosca.nodes.Root',
    properties: { context_root: text },
    capabilities: { app_endpoint: 'tosca.capabilities.Endpoint' },
    requirements: [host('tosca.nodes.WebServer')],
  },
  'tosca.nodes.DBMS': {
    derived_from: 'tosca.nodes.SoftwareComponent',
    properties: { root_password: text, port },
    capabilities: { host: 'tosca.capabilities.Container' },
  },
  'tosca.nodes.Database': {
    derived_from: 'tosca.nodes.Root',
    properties: { name: text, port, user: text, password: text },
    capabilities: { database_endpoint: 'tosca.capabilities.Endpoint.Database' },
    requirements: [host('tosca.nodes.DBMS')],
  },
  'tosca.nodes.Storage.ObjectStorage': {
    derived_from: 'tosca.nodes.Abstract.Storage',
    properties: { name: needed(text), maxsize: size },
    capabilities: { storage_endpoint: 'tosca.capabilities.Endpoint' },
  },
  'tosca.nodes.ObjectStorage': { derived_from: 'tosca.nodes.Storage.ObjectStorage' },
  'tosca.nodes.Storage.BlockStorage': {
    derived_from: 'tosca.nodes.Abstract.Storage',
    properties: { volume_id: text, snapshot_id: text, device: text, location: text },
    attributes: { volume_id: text },
    capabilities: { attachment: 'tosca.capabilities.Attachment' },
  },
  'tosca.nodes.BlockStorage': { derived_from: 'tosca.nodes.Storage.BlockStorage' },
  'tosca.nodes.Container.Runtime': {
    derived_from: 'tosca.nodes.SoftwareComponent',
    capabilities: { host: 'tosca.capabilities.Compute', scalable: 'tosca.capabilities.Scalable' },
  },
  'tosca.nodes.Container.Application': {
    derived_from: 'tosca.nodes.Root',
    capabilities: { scalable: 'tosca.capabilities.Scalable' },
    requirements: [
      requires('host', 'Compute', 'HostedOn', { node: 'tosca.nodes.Container.Runtime' }),
      requires('storage', 'Attachment', 'AttachesTo', { node: 'tosca.nodes.Abstract.Storage', least: 0, most: MANY }),
      requires('network', 'Endpoint', 'ConnectsTo', { least: 0, most: MANY }),
    ],
  },
  'tosca.nodes.Container.Application.Docker': {
    derived_from: 'tosca.nodes.Container.Application',
    capabilities: { host: 'tosca.capabilities.Container.Docker' },
  },
  'tosca.nodes.LoadBalancer': {
    derived_from: 'tosca.nodes.Root',
    properties: { algorithm: text },
    capabilities: { client: 'tosca.capabilities.Endpoint.Public' },
    requirements: [requires('application', 'Endpoint', 'RoutesTo', { least: 0, most: MANY })],
  },
  'tosca.nodes.network.Network': {
    derived_from: 'tosca.nodes.Root',
    properties: {
      ip_version: { ...{ type: 'integer', required: false, default: 4 }, constraints: [{ valid_values: [4, 6] }] },
      cidr: text,
      start_ip: text,
      end_ip: text,
      gateway_ip: text,
      network_name: text,
      network_id: text,
      segmentation_id: text,
      network_type: text,
      physical_network: text,
      dhcp_enabled: flag,
    },
    capabilities: { link: 'tosca.capabilities.network.Linkable', connection: 'tosca.capabilities.Connectivity' },
  },
  'tosca.nodes.Network': { derived_from: 'tosca.nodes.network.Network' },
  'tosca.nodes.network.Port': {
    derived_from: 'tosca.nodes.Root',
    properties: { ip_address: text, order: integer, is_default: flag, ip_range_start: text, ip_range_end: text },
    attributes: { ip_address: text },
    requirements: [
      requires('link', 'network.Linkable', 'network.LinksTo', { node: 'tosca.nodes.network.Network' }),
      requires('binding', 'network.Bindable', 'network.BindsTo', { node: 'tosca.nodes.Compute' }),
    ],
  },
  'tosca.nodes.network.FloatingIP': {
    derived_from: 'tosca.nodes.Root',
    properties: { floating_network: needed(text), floating_ip_address: text, port_id: text },
    requirements: [requires('link', 'network.Linkable', 'network.LinksTo')],
  },
  // Of the archive “brooklyn-types”.
  'brooklyn.nodes.Compute': { derived_from: 'tosca.nodes.Compute' },
  'brooklyn.nodes.SoftwareProcess': { derived_from: 'tosca.nodes.SoftwareComponent' },
  'brooklyn.nodes.Database': {
    derived_from: 'brooklyn.nodes.SoftwareProcess',
    capabilities: { database_endpoint: 'tosca.capabilities.Endpoint.Database' },
  },
  'brooklyn.nodes.WebServer': {
    derived_from: 'brooklyn.nodes.SoftwareProcess',
    capabilities: { loadbalancer_endpoint: 'tosca.capabilities.Endpoint' },
    requirements: [configures('database_endpoint', 'Endpoint.Database')],
  },
  'brooklyn.nodes.LoadBalancer': {
    derived_from: 'brooklyn.nodes.SoftwareProcess',
    properties: { port: { type: 'integer', default: 80, constraints: [{ in_range: [1, 65_535] }] } },
    requirements: [configures('load_balancer_target', 'Endpoint')],
  },
  // Of the archive “alien-base-types”.
  'alien.nodes.LoadBalancer': {
    derived_from: 'tosca.nodes.LoadBalancer',
    properties: { port: { type: 'integer', default: 80 } },
    attributes: { load_balancer_url: text },
    requirements: [requires('host', 'Container', 'HostedOn', { node: 'tosca.nodes.Compute', least: 0 })],
  },
  'alien.nodes.LoadBalancedWebApplication': {
    derived_from: 'tosca.nodes.WebApplication',
    attributes: { application_url: text, local_application_url: text },
    requirements: [requires('load_balancer', 'Endpoint', 'ConnectsTo', { node: 'alien.nodes.LoadBalancer', least: 0 })],
  },
  'alien.nodes.DeletableBlockStorage': { derived_from: 'tosca.nodes.BlockStorage' },
  'alien.nodes.ConfigurableBlockStorage': { derived_from: 'tosca.nodes.BlockStorage', properties: { file_system: text } },
  'alien.nodes.LinuxFileSystem': {
    derived_from: 'tosca.nodes.SoftwareComponent',
    properties: { fs_type: text, location: needed(text) },
    requirements: [requires('partition', 'Attachment', 'AttachesTo', { least: 0 })],
  },
};

function configures(name: string, capability: string) {
  return {
    [name]: {
      capability: `tosca.capabilities.${capability}`,
      relationship: 'brooklyn.relationships.Configure',
      occurrences: [0, 'UNBOUNDED'],
    },
  };
}
