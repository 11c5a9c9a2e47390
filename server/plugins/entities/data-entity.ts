import { duration } from '../../domain/entity/container-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset } from '../../domain/entity-types/config-values.ts';
import { groupType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s DataEntity. */
export const plugin: EntityTypePlugin = groupType({
  id: 'data-entity',
  title: 'Data',
  description: 'Publishes values as sensors.',
  icon: 'table',
  planned: true,
  aliases: classNames('brooklyn.entity.basic.DataEntity', 'org.apache.brooklyn.entity.stock.DataEntity'),
  config: {
    'data.sensorpoll': preset(duration, 1000, 'Look every'),
    'data.sensorSupplierMap': optional(anyMap, 'Values', 'Sensor: what gives its value.'),
  },
  flags: {
    pollPeriod: 'data.sensorpoll',
    sensorSuppliers: 'data.sensorSupplierMap',
  },
});
