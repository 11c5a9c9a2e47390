import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s MathPredicates: lessThan, greaterThan, equalsApproximately … */
export const plugin: AdjunctType = {
  id: 'math-predicates',
  title: 'Comparison of numbers',
  description: 'Whether a number is less, greater or equal.',
  kind: 'object',
  aliases: classNames('brooklyn.util.math.MathPredicates', 'org.apache.brooklyn.util.math.MathPredicates'),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
