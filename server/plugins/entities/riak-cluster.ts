import { duration } from '../../domain/entity/container-config.ts';
import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size, url } from '../../domain/entity-types/config-values.ts';
import { CONTAINER_PLACEMENT_CONFIG, CONTAINER_PLACEMENT_FLAGS } from '../../domain/entity-types/container-placement-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s RiakCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'riak-cluster',
  title: 'Riak cluster',
  description: 'Riak nodes in one ring.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.riak.RiakCluster', 'org.apache.brooklyn.entity.nosql.riak.RiakCluster'),
  memberType: 'riak-node',
  config: {
    ...CONTAINER_PLACEMENT_CONFIG,
    'riak.cluster.delayBeforeAdvertisingCluster': preset(duration, '2m', 'Wait before telling its address'),
    'install.version': optional(text, 'Version'),
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
    ...CONTAINER_PLACEMENT_FLAGS,
    delayBeforeAdvertisingCluster: 'riak.cluster.delayBeforeAdvertisingCluster',
    version: 'install.version',
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
    { name: 'riak.cluster.nodes', type: 'json', description: 'Its nodes by name' },
    { name: 'riak.cluster.nodeList', type: 'string', description: 'Where its nodes are reached by HTTP, with commas' },
    { name: 'riak.cluster.nodeListPbPort', type: 'string', description: 'Where its nodes are reached by protocol buffers, with commas' },
    { name: 'riak.cluster.isClusterInit', type: 'boolean', description: 'True when its nodes have joined' },
    { name: 'main.uri', type: 'string', description: 'Its console' },
    { name: 'riak.node.ops.1m.perNode', type: 'number', description: 'Operations in the last minute, a node', unit: 'count' },
    { name: 'riak.node.gets.1m.perNode', type: 'number', description: 'Reads in the last minute, a node', unit: 'count' },
    { name: 'riak.node.puts.1m.perNode', type: 'number', description: 'Writes in the last minute, a node', unit: 'count' },
  ],
});
