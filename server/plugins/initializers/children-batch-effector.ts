import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset, size } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s ChildrenBatchEffector. */
export const plugin: AdjunctType = {
  id: 'children-batch-effector',
  title: 'Batch effector',
  description: 'Adds an effector that calls one of all children, so many at a time.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.effector.util.ChildrenBatchEffector'),
  config: z.looseObject({
    ...EFFECTOR_CONFIG,
    batchSize: preset(size, 0, 'At a time'),
    effectorToInvoke: optional(text, 'Effector'),
    failOnMissingEffector: preset(boolean, false, 'All must have it'),
    failOnEffectorFailure: preset(boolean, false, 'All must succeed'),
    effectorArgs: optional(anyMap, 'Parameters'),
  }),
  flags: {},
  planned: true,
};
