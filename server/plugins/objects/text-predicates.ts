import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s StringPredicates. */
export const plugin: AdjunctType = {
  id: 'text-predicates',
  title: 'Comparison of texts',
  description: 'Whether a text begins with, contains or fits.',
  kind: 'object',
  aliases: classNames('brooklyn.util.text.StringPredicates', 'org.apache.brooklyn.util.text.StringPredicates'),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
