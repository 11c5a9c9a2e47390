import { entityReference } from '../../domain/entity/entity-reference.ts';
import { boolean, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s CouchbaseSyncGateway. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'couchbase-sync-gateway',
  title: 'Couchbase sync gateway',
  description: 'Syncs mobile databases with a Couchbase.',
  icon: 'database',
  planned: true,
  aliases: classNames(
    'brooklyn.entity.nosql.couchbase.CouchbaseSyncGateway',
    'org.apache.brooklyn.entity.nosql.couchbase.CouchbaseSyncGateway',
  ),
  config: {
    'couchbaseSyncGateway.couchbaseNode': optional(entityReference, 'Couchbase'),
    'couchbaseSyncGateway.serverPool': optional(text, 'Pool'),
    'couchbaseSyncGateway.serverBucket': optional(text, 'Bucket'),
    'couchbaseSyncGateway.pretty': preset(boolean, false, 'Readable answers'),
    'couchbaseSyncGateway.verbose': preset(boolean, false, 'Verbose log'),
    'couchbaseSyncGateway.syncRestPort': preset(portRange, '4984+', 'Port'),
    'couchbaseSyncGateway.adminRestPort': preset(portRange, '4985+', 'Port of its administration'),
  },
  flags: {
    couchbaseServer: 'couchbaseSyncGateway.couchbaseNode',
    serverPool: 'couchbaseSyncGateway.serverPool',
    couchbaseServerBucket: 'couchbaseSyncGateway.serverBucket',
    pretty: 'couchbaseSyncGateway.pretty',
    verbose: 'couchbaseSyncGateway.verbose',
  },
  sensors: [
    { name: 'couchbaseSyncGateway.syncRestPort', type: 'number', description: 'Port' },
    { name: 'couchbaseSyncGateway.adminRestPort', type: 'number', description: 'Port of its administration' },
    { name: 'coucbaseSyncGateway.managementUrl', type: 'string', description: 'Its administration' },
  ],
});
