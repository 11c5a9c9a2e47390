import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import { WEB_CONFIG, WEB_FLAGS, WEB_SENSORS } from '../../domain/entity-types/web-app-config.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s CouchDBNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'couchdb',
  title: 'CouchDB',
  description: 'A CouchDB server.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.couchdb.CouchDBNode', 'org.apache.brooklyn.entity.nosql.couchdb.CouchDBNode'),
  config: {
    ...WEB_CONFIG,
    'couchdb.cluster.name': preset(text, 'BrooklynCluster', 'Cluster name'),
    'couchdb.config.templateUrl': optional(url, 'Template of its configuration'),
    'couchdb.config.fileName': optional(text, 'Name of its configuration'),
    'couchdb.uri.templateUrl': optional(url, 'Template of its address file'),
    'erlang.version': optional(text, 'Erlang version'),
  },
  flags: {
    ...WEB_FLAGS,
    clusterName: 'couchdb.cluster.name',
    couchdbConfigTemplateUrl: 'couchdb.config.templateUrl',
    couchdbConfigFileName: 'couchdb.config.fileName',
    couchdbUriTemplateUrl: 'couchdb.uri.templateUrl',
    erlangVersion: 'erlang.version',
  },
  sensors: WEB_SENSORS,
});
