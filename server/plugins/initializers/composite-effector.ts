import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, texts } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s CompositeEffector. */
export const plugin: AdjunctType = {
  id: 'composite-effector',
  title: 'Composite effector',
  description: 'Adds an effector that calls several others.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.effector.CompositeEffector'),
  config: z.looseObject({
    ...EFFECTOR_CONFIG,
    effectors: optional(texts, 'Effectors'),
    override: preset(boolean, false, 'Instead of one of this name'),
  }),
  flags: {},
  planned: true,
};
