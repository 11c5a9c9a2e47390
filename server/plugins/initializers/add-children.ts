import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { anything } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyList, optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s AddChildrenInitializer. */
export const plugin: AdjunctType = {
  id: 'add-children',
  title: 'Add children',
  description: 'Adds services below the entity.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.entity.AddChildrenInitializer'),
  config: z.looseObject({
    blueprint: optional(anything, 'Blueprint'),
    children: optional(anyList, 'Services'),
  }),
  flags: {},
  planned: true,
};
