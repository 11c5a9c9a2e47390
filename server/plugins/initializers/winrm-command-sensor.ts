import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { FEED_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, textMap } from '../../domain/entity-types/config-values.ts';

/** Brooklyn’s WinRmCommandSensor. */
export const plugin: AdjunctType = {
  id: 'winrm-command-sensor',
  title: 'Windows command sensor',
  description: 'Adds a sensor whose value a command on a Windows machine prints.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.sensor.windows.WinRmCommandSensor'),
  config: z.looseObject({
    ...FEED_CONFIG,
    command: optional(text, 'Command'),
    executionDir: optional(text, 'Folder'),
    'winrm.environment': optional(textMap, 'Environment'),
  }),
  flags: {},
  planned: true,
};
