import { z } from 'zod';
import { integer, portRange, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';
import { COUCHBASE_CONFIG, COUCHBASE_FLAGS, COUCHBASE_SECRETS } from '../../domain/entity-types/couchbase-config.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s CouchbaseNode. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'couchbase-node',
  title: 'Couchbase node',
  description: 'One node of Couchbase.',
  icon: 'database',
  planned: true,
  aliases: classNames('brooklyn.entity.nosql.couchbase.CouchbaseNode', 'org.apache.brooklyn.entity.nosql.couchbase.CouchbaseNode'),
  config: {
    ...COUCHBASE_CONFIG,
    'couchbase.webAdminPort': preset(portRange, '8091+', 'Port of the console'),
    'couchbase.apiPort': preset(portRange, '8092+', 'API port'),
    'couchbase.internalBucketPort': preset(portRange, 11_209, 'Internal bucket port'),
    'couchbase.internalExternalBucketPort': preset(portRange, 11_210, 'Bucket port'),
    'couchbase.clientInterfaceProxy': preset(portRange, 11_211, 'Port for clients'),
    'couchbase.incomingSslProxy': preset(portRange, 11_214, 'TLS port, in'),
    'couchbase.internalOutgoingSslProxy': preset(portRange, 11_215, 'TLS port, out'),
    'couchbase.internalRestHttpsForSsl': preset(portRange, 18_091, 'Console by TLS'),
    'couchbase.internalCapiHttpsForSsl': preset(portRange, 18_092, 'API by TLS'),
    'couchbase.erlangPortMapper': preset(portRange, 4369, 'Erlang port mapper'),
    'couchbase.nodeDataExchangePortRangeStart': preset(portRange, 21_100, 'First port between nodes'),
    'couchbase.nodeDataExchangePortRangeEnd': preset(portRange, 21_299, 'Last port between nodes'),
  },
  secretKeys: COUCHBASE_SECRETS,
  flags: COUCHBASE_FLAGS,
  sensors: [
    { name: 'couchbase.webAdminPort', type: 'number', description: 'Port of the console' },
    { name: 'couchbase.isPrimaryNode', type: 'boolean', description: 'True for the first node' },
    { name: 'couchbase.isInCluster', type: 'boolean', description: 'True when it has joined' },
    { name: 'main.uri', type: 'string', description: 'Its console' },
    { name: 'couchbase.stats.ops', type: 'number', description: 'Operations a second', unit: 'perSecond' },
    { name: 'couchbase.stats.mem.used', type: 'number', description: 'Memory in use', unit: 'bytes' },
    { name: 'couchbase.stats.curr.items', type: 'number', description: 'Items', unit: 'count' },
    { name: 'couchbase.rebalance.status', type: 'string', description: 'How far its rebalancing is' },
  ],
  effectors: [
    {
      name: 'bucketCreate',
      description: 'Make a bucket',
      parameters: z.object({
        bucketName: text,
        bucketType: text,
        bucketPort: integer,
        bucketRamSize: integer,
        bucketReplica: integer,
      }),
      destructive: false,
    },
    { name: 'rebalance', description: 'Spread the data over all nodes', parameters: z.object({}), destructive: false },
  ],
});
