import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s MathFunctions. */
export const plugin: AdjunctType = {
  id: 'math-functions',
  title: 'Functions of numbers',
  description: 'plus, times, divide, format …',
  kind: 'object',
  aliases: classNames('brooklyn.util.math.MathFunctions', 'org.apache.brooklyn.util.math.MathFunctions'),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
