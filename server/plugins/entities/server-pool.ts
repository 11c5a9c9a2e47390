import { z } from 'zod';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset, size } from '../../domain/entity-types/config-values.ts';
import { clusterType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s ServerPool. */
export const plugin: EntityTypePlugin = clusterType({
  id: 'server-pool',
  title: 'Server pool',
  description: 'Machines to which others deploy by the name of the pool.',
  icon: 'server',
  planned: true,
  aliases: classNames('brooklyn.entity.pool.ServerPool', 'org.apache.brooklyn.entity.machine.pool.ServerPool'),
  memberType: 'machine',
  config: {
    'cluster.initial.size': preset(size, 2, 'Initial size'),
    'entity.dynamicLocation.name': optional(text, 'Name of the location'),
    'entity.dynamicLocation.prefix': preset(text, 'server-pool', 'Prefix of the location'),
    'entity.dynamicLocation.suffix': optional(text, 'Suffix of the location'),
    'provisioning.properties': optional(anyMap, 'Machine'),
  },
  flags: {
    locationName: 'entity.dynamicLocation.name',
    locationPrefix: 'entity.dynamicLocation.prefix',
    locationSuffix: 'entity.dynamicLocation.suffix',
  },
  sensors: [
    { name: 'pool.available', type: 'number', description: 'Machines that are free', unit: 'count' },
    { name: 'pool.claimed', type: 'number', description: 'Machines in use', unit: 'count' },
  ],
  effectors: [
    {
      name: 'addExistingMachinesFromSpec',
      description: 'Add machines that are there',
      parameters: z.object({ spec: text }),
      destructive: false,
    },
  ],
});
