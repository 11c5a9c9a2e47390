import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s CreateUserPolicy. */
export const plugin: AdjunctType = {
  id: 'create-user',
  title: 'Create a user',
  description: 'Adds a user to each machine of an entity.',
  kind: 'policy',
  aliases: classNames('brooklyn.policy.os.CreateUserPolicy', 'org.apache.brooklyn.policy.jclouds.os.CreateUserPolicy'),
  config: z.looseObject({
    'createuser.vm.user.name': optional(text, 'User'),
    'createuser.vm.user.grantSudo': preset(boolean, false, 'With sudo'),
    'createuser.vm.user.resetLoginUser': preset(boolean, false, 'Instead of the login user'),
  }),
  flags: {
    user: 'createuser.vm.user.name',
    grantSudo: 'createuser.vm.user.grantSudo',
    resetLoginUser: 'createuser.vm.user.resetLoginUser',
  },
  planned: true,
};
