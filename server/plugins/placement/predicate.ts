import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';

/** A rule of one’s own, as an expression over host, container and application. */
export const plugin: AdjunctType = {
  id: 'predicate',
  title: 'Predicate',
  description: 'Takes hosts for which an expression is true.',
  kind: 'placement',
  aliases: ['PredicatePlacementStrategy'],
  config: z.looseObject({
    expression: z.string().min(1).meta({ title: 'Expression', description: 'Such as host.cpu < 0.5 && host.labels.disk == "ssd".' }),
  }),
  flags: {},
  planned: true,
};
