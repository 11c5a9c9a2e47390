import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, double, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, size } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s QuorumChecks. */
export const plugin: AdjunctType = {
  id: 'quorum-check',
  title: 'Quorum',
  description: 'How many must be up.',
  kind: 'object',
  aliases: [
    ...classNames(
      'brooklyn.entity.basic.QuorumCheck$QuorumChecks',
      'brooklyn.util.collections.QuorumCheck$QuorumChecks',
      'org.apache.brooklyn.util.collections.QuorumCheck$QuorumChecks',
      'org.apache.brooklyn.util.collections.QuorumCheck',
    ),
    'QuorumChecks',
  ],
  config: z.looseObject({
    name: optional(text, 'Name'),
    minRequiredSize: optional(size, 'At least'),
    minRequiredRatio: optional(double, 'At least this part'),
    allowEmpty: optional(boolean, 'None at all is enough'),
  }),
  flags: {},
  planned: true,
};
