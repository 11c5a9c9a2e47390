import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { anything, ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s UpdatingMap. */
export const plugin: AdjunctType = {
  id: 'updating-map',
  title: 'Updating map',
  description: 'Keeps an entry of a sensor that is a map.',
  kind: 'enricher',
  aliases: classNames('brooklyn.enricher.basic.UpdatingMap', 'org.apache.brooklyn.enricher.stock.UpdatingMap'),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    'enricher.updatingMap.keyInTargetSensor': optional(anything, 'Key'),
    'enricher.updatingMap.computing': optional(anything, 'Function'),
    'enricher.updatingMap.removingIfResultIsNull': preset(boolean, true, 'Remove the entry when there is no value'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    fromSensor: 'enricher.sourceSensor',
    key: 'enricher.updatingMap.keyInTargetSensor',
    computing: 'enricher.updatingMap.computing',
    removingIfResultIsNull: 'enricher.updatingMap.removingIfResultIsNull',
  },
  planned: true,
};
