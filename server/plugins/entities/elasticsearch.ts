import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { DATASTORE_SENSORS } from '../../domain/entity-types/datastore-config.ts';
import { JAVA_CONFIG, JAVA_FLAGS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s ElasticSearchNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'elasticsearch',
  title: 'Elasticsearch node',
  description: 'One node of Elasticsearch.',
  icon: 'search',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.elasticsearch.ElasticSearchNode',
    'org.apache.brooklyn.entity.nosql.elasticsearch.ElasticSearchNode',
  ),
  config: {
    ...JAVA_CONFIG,
    'http.port': preset(portRange, '9200+', 'HTTP port'),
    'elasticsearch.node.name': optional(text, 'Node name'),
    'elasticsearch.node.cluster.name': optional(text, 'Cluster name'),
    'elasticsearch.node.data.dir': optional(text, 'Data folder'),
    'elasticsearch.node.log.dir': optional(text, 'Log folder'),
    'elasticsearch.node.template.configuration.url': optional(url, 'Template of its configuration'),
    'elasticsearch.node.multicast.enabled': optional(boolean, 'Finds others by multicast'),
    'elasticsearch.node.UNicast.enabled': optional(boolean, 'Finds others by unicast'),
    'httpMonitoring.enabled': optional(boolean, 'Check by HTTP'),
  },
  flags: {
    ...JAVA_FLAGS,
    httpPort: 'http.port',
    nodeName: 'elasticsearch.node.name',
    clusterName: 'elasticsearch.node.cluster.name',
    dataDir: 'elasticsearch.node.data.dir',
    logDir: 'elasticsearch.node.log.dir',
    configFileUrl: 'elasticsearch.node.template.configuration.url',
    multicastEnabled: 'elasticsearch.node.multicast.enabled',
    useHttpMonitoring: 'httpMonitoring.enabled',
  },
  sensors: [
    ...DATASTORE_SENSORS,
    { name: 'http.port', type: 'number', description: 'HTTP port' },
    { name: 'elasticsearch.node.id', type: 'string', description: 'Its id' },
    { name: 'elasticsearch.node.docs.count', type: 'number', description: 'Documents', unit: 'count' },
    { name: 'elasticsearch.node.store.bytes', type: 'number', description: 'Stored', unit: 'bytes' },
    { name: 'elasticsearch.node.search.query.total', type: 'number', description: 'Searches', unit: 'count' },
  ],
});
