import { z } from 'zod';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { compilePredicate, predicateProblem } from '../../domain/placement/predicate.ts';
import { refusing } from '../../domain/placement/strategy-kinds.ts';

/** Only what it says of the container itself may differ between two that are alike. */
const NAMES = { readsName: (config: Readonly<Record<string, unknown>>) => /\bcontainer\b/.test(String(config.expression)) };

/** A rule of one’s own, as an expression (CEL, https://cel.dev) over host, container and application. */
export const plugin: PlacementPlugin = {
  id: 'predicate',
  title: 'Predicate',
  description: 'Takes hosts for which an expression is true.',
  aliases: ['PredicatePlacementStrategy'],
  config: z.looseObject({
    expression: z
      .string('needs an expression')
      .min(1)
      .max(4_000)
      .superRefine((expression, context) => {
        const problem = predicateProblem(expression);
        if (problem !== null) context.addIssue({ code: 'custom', message: `is no expression: ${problem}` });
      })
      .meta({ title: 'Expression', description: 'Such as host.cpu < 0.5 && host.labels.disk == "ssd".' }),
  }),
  strategy: refusing((host, request, config) => {
    const answer = compilePredicate(String(config.expression))(host, request);
    if (answer === true) return null;
    return answer === false ? `${String(config.expression)} is false` : `${String(config.expression)} cannot be told: ${answer}`;
  }, NAMES),
};
