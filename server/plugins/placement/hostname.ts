import { z } from 'zod';
import { patternProblem } from '../../domain/blueprint/replace-pattern.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { fitsWhole } from '../../domain/placement/fits-whole.ts';
import type { PlacementPlugin } from '../../domain/placement/placement-plugin.ts';
import { refusing } from '../../domain/placement/strategy-kinds.ts';

const KEY = 'docker.constraint.hostname';

/** Clocker’s HostnamePlacementStrategy. */
export const plugin: PlacementPlugin = {
  id: 'hostname',
  title: 'Hostname',
  description: 'Takes hosts whose name fits a pattern.',
  aliases: classNames('clocker.docker.location.strategy.basic.HostnamePlacementStrategy'),
  config: z.looseObject({
    [KEY]: z
      .string('needs a regular expression')
      .min(1)
      .superRefine((pattern, context) => {
        const problem = patternProblem(pattern);
        if (problem !== null) context.addIssue({ code: 'custom', message: `is no pattern: ${problem}` });
      })
      .meta({ title: 'Pattern', description: 'A regular expression that the whole name must fit.' }),
  }),
  flags: { hostname: KEY },
  strategy: refusing(({ name }, _request, config) => {
    const pattern = String(config[KEY]);
    return fitsWhole(pattern, name) ? null : `its name does not fit ${pattern}`;
  }),
};
