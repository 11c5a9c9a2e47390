import type { NormativeTypes } from './normative-types.ts';
import { flag, integer, listOf, mapOf, port, size, text } from './shapes.ts';

const ROOT = 'tosca.capabilities.Root';

const HOST_PROPERTIES = {
  name: text,
  num_cpus: { type: 'integer', required: false, constraints: [{ greater_or_equal: 1 }] },
  cpu_frequency: { type: 'scalar-unit.frequency', required: false, constraints: [{ greater_or_equal: '0.1 GHz' }] },
  disk_size: size,
  mem_size: size,
};

export const CAPABILITY_TYPES: NormativeTypes = {
  [ROOT]: {},
  'tosca.capabilities.Node': { derived_from: ROOT },
  'tosca.capabilities.Container': { derived_from: ROOT, properties: HOST_PROPERTIES },
  'tosca.capabilities.Compute': { derived_from: 'tosca.capabilities.Container' },
  'tosca.capabilities.Container.Docker': {
    derived_from: 'tosca.capabilities.Container',
    properties: {
      version: listOf('version'),
      publish_all: flag,
      publish_ports: listOf('tosca.datatypes.network.PortSpec'),
      expose_ports: listOf('tosca.datatypes.network.PortSpec'),
      volumes: listOf('string'),
      host_id: text,
      volume_id: text,
    },
  },
  'tosca.capabilities.Network': { derived_from: ROOT, properties: { name: text } },
  'tosca.capabilities.Storage': { derived_from: ROOT, properties: { name: text } },
  'tosca.capabilities.Endpoint': {
    derived_from: ROOT,
    properties: {
      protocol: { type: 'string', required: false, default: 'tcp' },
      port,
      secure: { type: 'boolean', required: false, default: false },
      url_path: text,
      port_name: text,
      network_name: { type: 'string', required: false, default: 'PRIVATE' },
      initiator: { type: 'string', required: false, default: 'source', constraints: [{ valid_values: ['source', 'target', 'peer'] }] },
      ports: mapOf('tosca.datatypes.network.PortSpec'),
    },
    attributes: { ip_address: text },
  },
  'tosca.capabilities.Endpoint.Public': {
    derived_from: 'tosca.capabilities.Endpoint',
    properties: {
      network_name: { type: 'string', required: false, default: 'PUBLIC', constraints: [{ equal: 'PUBLIC' }] },
      floating: flag,
      dns_name: text,
    },
  },
  'tosca.capabilities.Endpoint.Admin': {
    derived_from: 'tosca.capabilities.Endpoint',
    properties: { secure: { type: 'boolean', required: false, default: true, constraints: [{ equal: true }] } },
  },
  'tosca.capabilities.Endpoint.Database': { derived_from: 'tosca.capabilities.Endpoint' },
  'tosca.capabilities.Attachment': { derived_from: ROOT },
  'tosca.capabilities.OperatingSystem': {
    derived_from: ROOT,
    properties: { architecture: text, type: text, distribution: text, version: { type: 'version', required: false } },
  },
  'tosca.capabilities.Scalable': {
    derived_from: ROOT,
    properties: {
      min_instances: { type: 'integer', required: false, default: 1 },
      max_instances: { type: 'integer', required: false, default: 1 },
      default_instances: integer,
    },
  },
  'tosca.capabilities.Connectivity': { derived_from: ROOT },
  'tosca.capabilities.network.Bindable': { derived_from: 'tosca.capabilities.Node' },
  'tosca.capabilities.network.Linkable': { derived_from: 'tosca.capabilities.Node' },
};
