import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { anything, FEED_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s FunctionSensor. */
export const plugin: AdjunctType = {
  id: 'function-sensor',
  title: 'Function sensor',
  description: 'Adds a sensor whose value a function gives.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.sensor.function.FunctionSensor'),
  config: z.looseObject({
    ...FEED_CONFIG,
    function: optional(anything, 'Function'),
  }),
  flags: {},
  planned: true,
};
