import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s ElasticSearchCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'elasticsearch-cluster',
  title: 'Elasticsearch cluster',
  description: 'Elasticsearch nodes.',
  icon: 'search',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.elasticsearch.ElasticSearchCluster',
    'org.apache.brooklyn.entity.nosql.elasticsearch.ElasticSearchCluster',
  ),
  memberType: 'elasticsearch',
  config: {
    'elasticsearch.cluster.name': preset(text, 'BrooklynCluster', 'Name'),
    'install.version': optional(text, 'Version'),
  },
  flags: {
    clusterName: 'elasticsearch.cluster.name',
    version: 'install.version',
  },
});
