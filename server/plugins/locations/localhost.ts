import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { SSH_ACCESS_CONFIG, SSH_ACCESS_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';

/** `localhost`. */
export const plugin: AdjunctType = {
  id: 'localhost',
  title: 'This machine',
  description: 'The machine that Clocker runs on.',
  kind: 'location',
  aliases: classNames(
    'brooklyn.location.basic.LocalhostMachineProvisioningLocation',
    'org.apache.brooklyn.location.localhost.LocalhostMachineProvisioningLocation',
  ),
  config: z.looseObject({
    ...SSH_ACCESS_CONFIG,
  }),
  flags: SSH_ACCESS_FLAGS,
  planned: false,
};
