import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { ELECTION_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s ElectPrimaryEffector. */
export const plugin: AdjunctType = {
  id: 'elect-primary-effector',
  title: 'Election effector',
  description: 'Adds an effector that makes one of several the one in charge.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.policy.failover.ElectPrimaryEffector'),
  config: z.looseObject({
    ...ELECTION_CONFIG,
    name: preset(text, 'electPrimary', 'Name'),
  }),
  flags: {},
  planned: true,
};
