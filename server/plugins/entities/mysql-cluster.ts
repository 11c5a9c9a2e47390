import { portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, texts, url } from '../../domain/entity-types/config-values.ts';
import { CREATION_SCRIPT_CONFIG, CREATION_SCRIPT_FLAGS, DATASTORE_SENSORS } from '../../domain/entity-types/datastore-config.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s MySqlCluster: replication from one master. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'mysql-cluster',
  title: 'MySQL cluster',
  description: 'A MySQL master and its read replicas.',
  icon: 'database',
  planned: true,
  aliases: classNames('org.apache.brooklyn.entity.database.mysql.MySqlCluster'),
  memberType: 'mariadb',
  config: {
    ...CREATION_SCRIPT_CONFIG,
    'datastore.master.creation.script.contents': optional(text, 'Creation script of the master'),
    'datastore.master.creation.script.url': optional(url, 'URL of the master’s creation script'),
    'mysql.replication.preferred_source': optional(text, 'Copied from'),
    'mysql.slave.username': optional(text, 'User of the replicas'),
    'mysql.slave.password': optional(text, 'Password of the replicas'),
    'mysql.slave.replicate_do_db': optional(texts, 'Replicated databases'),
    'mysql.slave.replicate_ignore_db': optional(texts, 'Databases left out'),
    'mysql.slave.replicate_do_table': optional(texts, 'Replicated tables'),
    'mysql.slave.replicate_ignore_table': optional(texts, 'Tables left out'),
    'mysql.slave.replicate_wild_do_table': optional(texts, 'Replicated patterns'),
    'mysql.slave.replicate_wild_ignore_table': optional(texts, 'Patterns left out'),
    'mysql.slave.replicate_dump_db': optional(texts, 'Copied databases'),
    'install.version': optional(text, 'Version'),
    'mysql.port': optional(portRange, 'Port'),
    'mysql.server.conf': optional(anyMap, 'Server options'),
    'mysql.password': optional(text, 'Root password'),
  },
  secretKeys: ['mysql.slave.password', 'mysql.password'],
  flags: {
    ...CREATION_SCRIPT_FLAGS,
    version: 'install.version',
    port: 'mysql.port',
    serverConf: 'mysql.server.conf',
    password: 'mysql.password',
  },
  sensors: [...DATASTORE_SENSORS, { name: 'mysql.slave.datastore.url', type: 'json', description: 'Where its replicas are reached' }],
});
