import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, command, optional } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s SshCommandEffector. */
export const plugin: AdjunctType = {
  id: 'ssh-command-effector',
  title: 'Command effector',
  description: 'Adds an effector that runs a shell command where the entity runs.',
  kind: 'initializer',
  aliases: classNames(
    'brooklyn.entity.software.ssh.SshCommandEffector',
    'org.apache.brooklyn.core.effector.ssh.SshCommandEffector',
    'org.apache.brooklyn.sensor.ssh.SshCommandEffector',
  ),
  config: z.looseObject({
    ...EFFECTOR_CONFIG,
    command: optional(command, 'Command', 'Parameters arrive as variables.'),
    executionDir: optional(text, 'Folder'),
    'shell.env': optional(anyMap, 'Environment'),
    executionTarget: optional(z.enum(['ENTITY', 'MEMBERS', 'CHILDREN', 'entity', 'members', 'children']), 'Runs at'),
  }),
  flags: {
    shellEnv: 'shell.env',
    env: 'shell.env',
  },
  planned: true,
};
