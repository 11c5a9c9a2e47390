import { portRange } from '../../domain/entity/value-schemas.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { command, optional } from '../../domain/entity-types/config-values.ts';
import { runnableSoftware } from '../../domain/entity-types/runnable-software.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

const COMMANDS = {
  'install.command': optional(command, 'Install'),
  'customize.command': optional(command, 'Customise'),
  'launch.command': optional(
    command,
    'Launch',
    'Starts it in the background and writes its process id to $PID_FILE; ./start.sh of the download unless given.',
  ),
  'checkRunning.command': optional(command, 'Check', 'Exit code 0 while it runs; unless given, the process of $PID_FILE is looked for.'),
  'stop.command': optional(command, 'Stop', 'Unless given, the process of $PID_FILE is ended.'),
};

const START_SH = 'cd "$EXPANDED_INSTALL_DIR" && { nohup ./start.sh >>"$RUN_DIR/console" 2>&1 & echo $! >"$PID_FILE"; }';

/** Brooklyn’s VanillaSoftwareProcess: everything about it is said by commands. */
export const plugin: EntityTypePlugin = {
  ...runnableSoftware({
    id: 'vanilla-process',
    title: 'Process',
    description: 'Software that is installed, started, checked and stopped by shell commands.',
    icon: 'terminal',
    aliases: [
      ...classNames('brooklyn.entity.basic.VanillaSoftwareProcess', 'org.apache.brooklyn.entity.software.base.VanillaSoftwareProcess'),
      'vanilla-bash-server',
      'vanilla-software-process',
    ],
    config: {
      ...COMMANDS,
      'http.port': optional(portRange, 'HTTP port', 'Where it serves pages: gives http.port and main.uri.'),
    },
    flags: {
      installCommand: 'install.command',
      customizeCommand: 'customize.command',
      launchCommand: 'launch.command',
      checkRunningCommand: 'checkRunning.command',
      stopCommand: 'stop.command',
      httpPort: 'http.port',
    },
    sensors: [
      { name: 'http.port', type: 'number', description: 'Port of its host where it serves pages' },
      { name: 'main.uri', type: 'string', description: 'Where a browser finds it' },
    ],
  }),
  software: {
    commands: (config) => {
      const given = config as Readonly<Record<string, unknown>>;
      const text = (key: keyof typeof COMMANDS): string | null => (given[key] === undefined ? null : String(given[key]));
      return {
        install: text('install.command'),
        customize: text('customize.command'),
        launch: text('launch.command') ?? (given['download.url'] === undefined ? null : START_SH),
        check: text('checkRunning.command'),
        stop: text('stop.command'),
      };
    },
  },
};
