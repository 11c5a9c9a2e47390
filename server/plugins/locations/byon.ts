import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { SSH_ACCESS_CONFIG, SSH_ACCESS_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyList, optional } from '../../domain/entity-types/config-values.ts';

/** `byon:(hosts="…")`: each machine is used once. */
export const plugin: AdjunctType = {
  id: 'byon',
  title: 'Own machines',
  description: 'Machines that are there, reached by SSH.',
  kind: 'location',
  aliases: classNames(
    'brooklyn.location.basic.FixedListMachineProvisioningLocation',
    'org.apache.brooklyn.location.byon.FixedListMachineProvisioningLocation',
  ),
  config: z.looseObject({
    ...SSH_ACCESS_CONFIG,
    hosts: optional(z.unknown(), 'Machines', 'Addresses with user and port, ranges in braces, or maps with ssh.'),
    machines: optional(anyList, 'Machines as objects'),
  }),
  flags: SSH_ACCESS_FLAGS,
  planned: false,
};
