import { classNames } from '../../domain/entity-types/class-names.ts';
import { command, optional } from '../../domain/entity-types/config-values.ts';
import { softwareType } from '../../domain/entity-types/type-kinds.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** Brooklyn’s VanillaSoftwareProcess: everything about it is said by commands. */
export const plugin: EntityTypePlugin = softwareType({
  id: 'vanilla-process',
  title: 'Process',
  description: 'Software that is installed, started, checked and stopped by shell commands.',
  icon: 'terminal',
  planned: true,
  aliases: [
    ...classNames('brooklyn.entity.basic.VanillaSoftwareProcess', 'org.apache.brooklyn.entity.software.base.VanillaSoftwareProcess'),
    'vanilla-bash-server',
    'vanilla-software-process',
  ],
  config: {
    'install.command': optional(command, 'Install'),
    'customize.command': optional(command, 'Customise'),
    'launch.command': optional(
      command,
      'Launch',
      'Starts it in the background and writes its process id to $PID_FILE; ./start.sh of the download unless given.',
    ),
    'checkRunning.command': optional(command, 'Check', 'Exit code 0 while it runs; unless given, the process of $PID_FILE is looked for.'),
    'stop.command': optional(command, 'Stop', 'Unless given, the process of $PID_FILE is ended.'),
  },
  flags: {
    installCommand: 'install.command',
    customizeCommand: 'customize.command',
    launchCommand: 'launch.command',
    checkRunningCommand: 'checkRunning.command',
    stopCommand: 'stop.command',
  },
});
