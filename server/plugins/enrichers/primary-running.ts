import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s PrimaryRunningEnricher. */
export const plugin: AdjunctType = {
  id: 'primary-running',
  title: 'Primary runs',
  description: 'Says whether the one in charge runs.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.policy.failover.PrimaryRunningEnricher'),
  config: z.looseObject({
    'primary.sensor.name': preset(text, 'primary', 'Sensor of the one in charge'),
  }),
  flags: {},
  planned: true,
};
