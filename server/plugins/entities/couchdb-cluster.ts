import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s CouchDBCluster. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'couchdb-cluster',
  title: 'CouchDB cluster',
  description: 'CouchDB servers.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.couchdb.CouchDBCluster', 'org.apache.brooklyn.entity.nosql.couchdb.CouchDBCluster'),
  memberType: 'couchdb',
  config: {
    'couchdb.cluster.name': preset(text, 'BrooklynCluster', 'Name'),
    'install.version': optional(text, 'Version'),
  },
  flags: {
    clusterName: 'couchdb.cluster.name',
    version: 'install.version',
  },
  sensors: [
    { name: 'couchdb.cluster.hostname', type: 'string', description: 'Name of one of its servers' },
    { name: 'couchdb.cluster.http.port', type: 'number', description: 'HTTP port' },
  ],
});
