import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { anything, FEED_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, command, optional, preset, url } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s SshCommandSensor. */
export const plugin: AdjunctType = {
  id: 'ssh-command-sensor',
  title: 'Command sensor',
  description: 'Adds a sensor whose value a shell command prints.',
  kind: 'initializer',
  aliases: classNames('brooklyn.entity.software.ssh.SshCommandSensor', 'org.apache.brooklyn.core.sensor.ssh.SshCommandSensor'),
  config: z.looseObject({
    ...FEED_CONFIG,
    command: optional(command, 'Command'),
    commandUrl: optional(url, 'URL of the command'),
    executionDir: optional(text, 'Folder'),
    'shell.env': optional(anyMap, 'Environment'),
    format: optional(z.enum(['auto', 'yaml', 'string', 'json']), 'Format of what it prints'),
    useLastYaml: preset(boolean, true, 'The last document counts'),
    'value.on.error': optional(anything, 'Value when it fails'),
  }),
  flags: {
    shellEnv: 'shell.env',
    env: 'shell.env',
  },
  planned: true,
};
