import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { SSH_ACCESS_CONFIG, SSH_ACCESS_FLAGS } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional } from '../../domain/entity-types/config-values.ts';

/** `host:(address)`. */
export const plugin: AdjunctType = {
  id: 'host',
  title: 'One machine',
  description: 'One machine that is there, reached by SSH.',
  kind: 'location',
  aliases: classNames('brooklyn.location.basic.SshMachineLocation', 'org.apache.brooklyn.location.ssh.SshMachineLocation'),
  config: z.looseObject({
    ...SSH_ACCESS_CONFIG,
    address: optional(text, 'Address'),
  }),
  flags: SSH_ACCESS_FLAGS,
  planned: false,
};
