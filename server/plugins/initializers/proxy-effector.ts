import { z } from 'zod';
import { effectorDefinition } from '../../domain/adjunct/effector-definition.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { entityReference } from '../../domain/entity/entity-reference.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';
import { referenceOf } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...EFFECTOR_CONFIG,
  targetEntity: optional(entityReference, 'Entity'),
  targetEffector: optional(text, 'Effector', 'The name of this one unless given.'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s ProxyEffector. */
export const plugin: AdjunctType<Config> = {
  id: 'proxy-effector',
  title: 'Proxy effector',
  description: 'Adds an effector that calls one of another entity.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.effector.ProxyEffector'),
  config,
  flags: {},
  planned: false,
  effector: {
    definition: effectorDefinition,
    run({ name, targetEntity, targetEffector = name }, parameters, looking) {
      const entityId = referenceOf(targetEntity, looking);
      if (entityId === null) return { kind: 'refused', problem: 'the entity that it calls is not there' };
      return { kind: 'effectors', order: 'sequential', calls: [{ entityId, effector: String(targetEffector), parameters }] };
    },
  },
};
