import { z } from 'zod';
import { effectorDefinition } from '../../domain/adjunct/effector-definition.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean } from '../../domain/entity/value-schemas.ts';
import { EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, texts } from '../../domain/entity-types/config-values.ts';

const config = z.looseObject({
  ...EFFECTOR_CONFIG,
  effectors: optional(texts, 'Effectors', 'Called one after the other, each with the parameters of this one.'),
  override: preset(boolean, false, 'Instead of one of this name', 'Which may still be one of those that it calls.'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s CompositeEffector. */
export const plugin: AdjunctType<Config> = {
  id: 'composite-effector',
  title: 'Composite effector',
  description: 'Adds an effector that calls several others.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.effector.CompositeEffector'),
  config,
  flags: {},
  planned: false,
  effector: {
    definition: effectorDefinition,
    run({ effectors = [] }, parameters, { self }) {
      const names = typeof effectors === 'string' ? effectors.split(',').map((name) => name.trim()) : effectors.map(String);
      if (names.length === 0) return { kind: 'refused', problem: 'it names no effectors' };
      return { kind: 'effectors', order: 'sequential', calls: names.map((effector) => ({ entityId: self.id, effector, parameters })) };
    },
  },
};
