import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, sensorNames } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s PropagatePrimaryEnricher. */
export const plugin: AdjunctType = {
  id: 'propagate-primary',
  title: 'Propagate the primary',
  description: 'Publishes sensors of the one in charge.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.policy.failover.PropagatePrimaryEnricher'),
  config: z.looseObject({
    'primary.sensor.name': preset(text, 'primary', 'Sensor of the one in charge'),
    'enricher.propagating.inclusions': optional(sensorNames, 'Sensors'),
    'propagate.effectors': preset(boolean, true, 'Its effectors too'),
  }),
  flags: {
    propagating: 'enricher.propagating.inclusions',
  },
  planned: true,
};
