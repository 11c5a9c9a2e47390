import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Guava’s Predicates, as Brooklyn’s blueprints name them. */
export const plugin: AdjunctType = {
  id: 'predicates',
  title: 'Any predicate',
  description: 'alwaysTrue, instanceOf, not, and, or …',
  kind: 'object',
  aliases: classNames('com.google.common.base.Predicates', 'org.apache.brooklyn.util.guava.Functionals'),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
