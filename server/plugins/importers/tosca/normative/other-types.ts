import type { NormativeTypes } from './normative-types.ts';
import { listOf, mapOf, needed, port, text } from './shapes.ts';

const derive = (parent: string) => ({ derived_from: parent });

export const RELATIONSHIP_TYPES: NormativeTypes = {
  'tosca.relationships.Root': {
    attributes: { tosca_id: text, tosca_name: text, state: text },
    interfaces: {
      Configure: {
        pre_configure_source: null,
        pre_configure_target: null,
        post_configure_source: null,
        post_configure_target: null,
        add_target: null,
        add_source: null,
        target_changed: null,
        remove_target: null,
      },
    },
  },
  'tosca.relationships.DependsOn': derive('tosca.relationships.Root'),
  'tosca.relationships.HostedOn': derive('tosca.relationships.Root'),
  'tosca.relationships.ConnectsTo': {
    derived_from: 'tosca.relationships.Root',
    properties: { credential: { type: 'tosca.datatypes.Credential', required: false } },
  },
  'tosca.relationships.AttachesTo': {
    derived_from: 'tosca.relationships.Root',
    properties: { location: text, device: text },
    attributes: { device: text },
  },
  'tosca.relationships.AttachTo': derive('tosca.relationships.AttachesTo'),
  'tosca.relationships.RoutesTo': derive('tosca.relationships.ConnectsTo'),
  'tosca.relationships.Network': derive('tosca.relationships.Root'),
  'tosca.relationships.network.LinksTo': derive('tosca.relationships.DependsOn'),
  'tosca.relationships.network.BindsTo': derive('tosca.relationships.DependsOn'),
  'brooklyn.relationships.Configure': {
    derived_from: 'tosca.relationships.DependsOn',
    properties: { 'prop.name': text, 'prop.value': needed({ type: 'string' }), 'prop.collection': text },
  },
  'alien.relationships.WebApplicationConnectsToLoadBalancer': derive('tosca.relationships.ConnectsTo'),
};

export const DATA_TYPES: NormativeTypes = {
  'tosca.datatypes.Root': {},
  'tosca.datatypes.json': derive('string'),
  'tosca.datatypes.xml': derive('string'),
  'tosca.datatypes.Credential': {
    derived_from: 'tosca.datatypes.Root',
    properties: {
      protocol: text,
      token_type: { type: 'string', required: false, default: 'password' },
      token: needed({ type: 'string' }),
      keys: mapOf('string'),
      user: text,
    },
  },
  'tosca.datatypes.TimeInterval': {
    derived_from: 'tosca.datatypes.Root',
    properties: { start_time: needed({ type: 'timestamp' }), end_time: needed({ type: 'timestamp' }) },
  },
  'tosca.datatypes.network.NetworkInfo': {
    derived_from: 'tosca.datatypes.Root',
    properties: { network_name: text, network_id: text, addresses: listOf('string') },
  },
  'tosca.datatypes.network.PortInfo': {
    derived_from: 'tosca.datatypes.Root',
    properties: { port_name: text, port_id: text, network_id: text, mac_address: text, addresses: listOf('string') },
  },
  'tosca.datatypes.network.PortDef': { derived_from: 'integer', constraints: [{ in_range: [1, 65_535] }] },
  'tosca.datatypes.network.PortSpec': {
    derived_from: 'tosca.datatypes.Root',
    properties: {
      protocol: { type: 'string', required: false, default: 'tcp', constraints: [{ valid_values: ['udp', 'tcp', 'igmp'] }] },
      target: port,
      target_range: { type: 'range', required: false },
      source: port,
      source_range: { type: 'range', required: false },
    },
  },
};

export const ARTIFACT_TYPES: NormativeTypes = {
  'tosca.artifacts.Root': {},
  'tosca.artifacts.File': derive('tosca.artifacts.Root'),
  'tosca.artifacts.Deployment': derive('tosca.artifacts.Root'),
  'tosca.artifacts.Deployment.Image': derive('tosca.artifacts.Deployment'),
  'tosca.artifacts.Deployment.Image.Container.Docker': derive('tosca.artifacts.Deployment.Image'),
  'tosca.artifacts.Deployment.Image.VM': derive('tosca.artifacts.Deployment.Image'),
  'tosca.artifacts.Deployment.Image.VM.ISO': derive('tosca.artifacts.Deployment.Image.VM'),
  'tosca.artifacts.Deployment.Image.VM.QCOW2': derive('tosca.artifacts.Deployment.Image.VM'),
  'tosca.artifacts.Implementation': derive('tosca.artifacts.Root'),
  'tosca.artifacts.Implementation.Bash': { derived_from: 'tosca.artifacts.Implementation', file_ext: ['sh'] },
  'tosca.artifacts.Implementation.Python': { derived_from: 'tosca.artifacts.Implementation', file_ext: ['py'] },
  'tosca.artifacts.template': derive('tosca.artifacts.Root'),
  'tosca.artifacts.template.Jinja2': derive('tosca.artifacts.template'),
  'tosca.artifacts.template.Twig': derive('tosca.artifacts.template'),
};

export const POLICY_TYPES: NormativeTypes = {
  'tosca.policies.Root': {},
  'tosca.policies.Placement': derive('tosca.policies.Root'),
  'tosca.policies.Scaling': derive('tosca.policies.Root'),
  'tosca.policies.Update': derive('tosca.policies.Root'),
  'tosca.policies.Performance': derive('tosca.policies.Root'),
  'tosca.policies.Monitoring': derive('tosca.policies.Root'),
  'tosca.policies.Reservation': derive('tosca.policies.Root'),
};

export const GROUP_TYPES: NormativeTypes = {
  'tosca.groups.Root': { interfaces: { Standard: { type: 'tosca.interfaces.node.lifecycle.Standard' } } },
};
