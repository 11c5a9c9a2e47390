import { boolean, portRange, text } from '../entity/value-schemas.ts';
import { optional, preset, size, url } from './config-values.ts';

/** Nodes of Riak, and the cluster that gives it to all of them. */
export const RIAK_CONFIG = {
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
};

export const RIAK_FLAGS = {
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
} as const;
