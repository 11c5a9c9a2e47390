import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { ENRICHER_CONFIG, ENRICHER_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, sensorNames } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s PropagateToMembers. */
export const plugin: AdjunctType = {
  id: 'propagate-to-members',
  title: 'Propagate to members',
  description: 'Publishes sensors of a group as those of its members.',
  kind: 'enricher',
  aliases: classNames('org.apache.brooklyn.enricher.stock.PropagateToMembers'),
  config: z.looseObject({
    ...ENRICHER_CONFIG,
    'enricher.propagating.inclusions': optional(sensorNames, 'Sensors'),
  }),
  flags: {
    ...ENRICHER_FLAGS,
    propagating: 'enricher.propagating.inclusions',
  },
  planned: true,
};
