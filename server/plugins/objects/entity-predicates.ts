import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** Brooklyn’s EntityPredicates. */
export const plugin: AdjunctType = {
  id: 'entity-predicates',
  title: 'Which entities',
  description: 'Entities by id, name, type, parent, application …',
  kind: 'object',
  aliases: classNames('brooklyn.entity.basic.EntityPredicates', 'org.apache.brooklyn.core.entity.EntityPredicates'),
  config: z.looseObject({}),
  flags: {},
  planned: true,
};
