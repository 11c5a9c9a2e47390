import { z } from 'zod';
import { effectorDefinition } from '../../domain/adjunct/effector-definition.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, optional, preset, size } from '../../domain/entity-types/config-values.ts';
import { numberOf } from '../../domain/policy/read-config.ts';
import { isTrue } from '../../domain/shared/is-true.ts';
import type { JsonObject } from '../../domain/shared/json.ts';

const config = z.looseObject({
  ...EFFECTOR_CONFIG,
  batchSize: preset(size, 0, 'At a time', 'All at once where it is 0.'),
  effectorToInvoke: optional(text, 'Effector'),
  failOnMissingEffector: preset(boolean, false, 'All must have it'),
  failOnEffectorFailure: preset(boolean, false, 'All must succeed'),
  effectorArgs: optional(anyMap, 'Parameters'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s ChildrenBatchEffector. */
export const plugin: AdjunctType<Config> = {
  id: 'children-batch-effector',
  title: 'Batch effector',
  description: 'Adds an effector that calls one of all children, so many at a time.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.effector.util.ChildrenBatchEffector'),
  config,
  flags: {},
  planned: false,
  effector: {
    definition: effectorDefinition,
    run(value, parameters, { self, read }) {
      const effector = String(value.effectorToInvoke ?? '');
      if (effector === '') return { kind: 'refused', problem: 'it names no effector' };
      const given = { ...(value.effectorArgs as JsonObject | undefined), ...parameters };
      const atOnce = numberOf(value.batchSize);
      return {
        kind: 'effectors',
        order: 'parallel',
        calls: read.children(self.id).map(({ id }) => ({ entityId: id, effector, parameters: given })),
        tolerates: { missing: !isTrue(value.failOnMissingEffector), failed: !isTrue(value.failOnEffectorFailure) },
        ...(atOnce === 0 ? {} : { atOnce }),
      };
    },
  },
};
