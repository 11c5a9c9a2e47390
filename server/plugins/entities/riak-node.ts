import { z } from 'zod';
import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size, url } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s RiakNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'riak-node',
  title: 'Riak node',
  description: 'One node of Riak.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.riak.RiakNode', 'org.apache.brooklyn.entity.nosql.riak.RiakNode'),
  config: {
    ...JAVA_CONFIG,
    'riak.webPort': preset(portRange, '8098+', 'HTTP port'),
    'riak.pbPort': preset(portRange, '8087+', 'Port for protocol buffers'),
    'riak.handoff.port': preset(portRange, 8099, 'Hand-off port'),
    'riak.epmd.port': preset(portRange, 4369, 'Erlang port mapper'),
    'riak.erlang.portrange.start': preset(size, 6000, 'First port between nodes'),
    'riak.erlang.portrange.end': preset(size, 7999, 'Last port between nodes'),
    'riak.networking.optimize': preset(boolean, true, 'Tune the network of the machine'),
    'riak.networking.internal': preset(boolean, true, 'Talk inside its network'),
    'riak.search': preset(boolean, false, 'Search'),
    'riak.max.open.files': preset(size, 65_536, 'Most open files'),
    'riak.vmArgs.templateUrl': optional(url, 'Template of vm.args'),
    'riak.appConfig.templateUrl': optional(url, 'Template of app.config'),
    'riak.riakConf.templateUrl.linux': optional(url, 'Template of riak.conf'),
    'riak.riakConf.templateUrl.mac': optional(url, 'Template of riak.conf on a Mac'),
    'riak.riakConf.additionalContent': optional(text, 'More of riak.conf'),
    'download.url.ubuntu': optional(url, 'Download for Ubuntu'),
    'download.url.debian': optional(url, 'Download for Debian'),
    'download.url.rhelcentos': optional(url, 'Download for CentOS'),
    'download.url.mac': optional(url, 'Download for a Mac'),
    'search.solr.port': preset(portRange, 8983, 'Port of Solr'),
    'search.solr.jmx_port': preset(portRange, 8985, 'JMX port of Solr'),
    'httpMonitoring.enabled': optional(boolean, 'Check by HTTP'),
  },
  flags: {
    ...JAVA_FLAGS,
    riakWebPort: 'riak.webPort',
    riakPbPort: 'riak.pbPort',
    handoffListenerPort: 'riak.handoff.port',
    epmdListenerPort: 'riak.epmd.port',
    erlangPortRangeStart: 'riak.erlang.portrange.start',
    erlangPortRangeEnd: 'riak.erlang.portrange.end',
    optimizeNetworking: 'riak.networking.optimize',
    optimizeHostNetworking: 'riak.networking.optimize',
    configInternalNetworking: 'riak.networking.internal',
    searchEnabled: 'riak.search',
    maxOpenFiles: 'riak.max.open.files',
    vmArgsTemplateUrl: 'riak.vmArgs.templateUrl',
    appConfigTemplateUrl: 'riak.appConfig.templateUrl',
    useHttpMonitoring: 'httpMonitoring.enabled',
  },
  sensors: [
    { name: 'riak.webPort', type: 'number', description: 'HTTP port' },
    { name: 'riak.pbPort', type: 'number', description: 'Port for protocol buffers' },
    { name: 'riak.node', type: 'string', description: 'Name in the ring' },
    { name: 'riak.node.riakNodeHasJoinedCluster', type: 'boolean', description: 'True when it has joined' },
    { name: 'riak.console', type: 'string', description: 'Its console' },
    { name: 'main.uri', type: 'string', description: 'Its console' },
    { name: 'ring.members', type: 'json', description: 'Nodes of its ring' },
    { name: 'riak.node.gets', type: 'number', description: 'Reads in the last minute', unit: 'count' },
    { name: 'riak.node.puts', type: 'number', description: 'Writes in the last minute', unit: 'count' },
    { name: 'riak.node.ops', type: 'number', description: 'Operations in the last minute', unit: 'count' },
    { name: 'riak.node.ops.total', type: 'number', description: 'Operations', unit: 'count' },
  ],
  effectors: [
    { name: 'joinCluster', description: 'Join the ring', parameters: z.object({ nodeName: text }), destructive: false },
    { name: 'leaveCluster', description: 'Leave the ring', parameters: z.object({}), destructive: true },
    {
      name: 'recoverFailedNode',
      description: 'Take the place of a failed node',
      parameters: z.object({ nodeName: text }),
      destructive: true,
    },
  ],
});
