import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, size } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s ReleaseableLatch, made by newMaxConcurrencyLatch. */
export const plugin: AdjunctType = {
  id: 'max-concurrency',
  title: 'Limit on at once',
  description: 'A latch that lets so many through at once.',
  kind: 'object',
  aliases: classNames('org.apache.brooklyn.core.sensor.ReleaseableLatch$Factory', 'org.apache.brooklyn.core.sensor.ReleaseableLatch'),
  config: z.looseObject({
    max: optional(size, 'At once'),
    permits: optional(size, 'At once'),
  }),
  flags: {},
  planned: true,
};
