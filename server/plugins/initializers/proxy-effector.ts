import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s ProxyEffector. */
export const plugin: AdjunctType = {
  id: 'proxy-effector',
  title: 'Proxy effector',
  description: 'Adds an effector that calls one of another entity.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.effector.ProxyEffector'),
  config: z.looseObject({
    ...EFFECTOR_CONFIG,
    targetEntity: optional(entityReference, 'Entity'),
    targetEffector: optional(text, 'Effector'),
  }),
  flags: {},
  planned: true,
};
