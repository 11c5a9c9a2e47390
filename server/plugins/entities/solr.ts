import { duration } from '../../domain/entity/container-config.ts';
import { boolean, portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, textMap, url } from '../../domain/entity-types/config-values.ts';
import { JAVA_CONFIG, JAVA_FLAGS, JMX_CONFIG, JMX_FLAGS, JMX_SECRETS, JMX_SENSORS } from '../../domain/entity-types/java-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s SolrServer. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'solr',
  title: 'Solr',
  description: 'A Solr search server.',
  icon: 'search',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.solr.SolrServer', 'org.apache.brooklyn.entity.nosql.solr.SolrServer'),
  config: {
    ...JAVA_CONFIG,
    ...JMX_CONFIG,
    'solr.http.port': preset(portRange, '8983+', 'HTTP port'),
    'solr.core.config': optional(textMap, 'Cores', 'Name: archive with its configuration.'),
    'solr.config.templateUrl': optional(url, 'Template of solr.xml'),
    'solr.install.mirror.url': optional(url, 'Mirror'),
    'httpMonitoring.enabled': optional(boolean, 'Check by HTTP'),
    'start.timeout': preset(duration, '5m', 'Start timeout'),
  },
  secretKeys: JMX_SECRETS,
  flags: {
    ...JAVA_FLAGS,
    ...JMX_FLAGS,
    solrPort: 'solr.http.port',
    port: 'solr.http.port',
    coreConfigMap: 'solr.core.config',
    coreConfig: 'solr.core.config',
    solrConfigTemplateUrl: 'solr.config.templateUrl',
    mirrorUrl: 'solr.install.mirror.url',
    useHttpMonitoring: 'httpMonitoring.enabled',
  },
  sensors: [
    ...JMX_SENSORS,
    { name: 'solr.http.port', type: 'number', description: 'HTTP port' },
    { name: 'main.uri', type: 'string', description: 'Its page' },
    { name: 'mapped.main.uri', type: 'string', description: 'The same: reached through its host' },
  ],
});
