import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { anything, EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s AddChildrenEffector. */
export const plugin: AdjunctType = {
  id: 'add-children-effector',
  title: 'Add-children effector',
  description: 'Adds an effector that adds a blueprint below the entity.',
  kind: 'initializer',
  aliases: classNames('brooklyn.entity.effector.AddChildrenEffector', 'org.apache.brooklyn.core.effector.AddChildrenEffector'),
  config: z.looseObject({
    ...EFFECTOR_CONFIG,
    blueprint_yaml: optional(anything, 'Blueprint'),
    blueprint_type: optional(text, 'Type'),
    auto_start: optional(boolean, 'Started at once'),
  }),
  flags: {},
  planned: true,
};
