import { z } from 'zod';
import { effectorDefinition, parameterVariables } from '../../domain/adjunct/effector-definition.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { EFFECTOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, command, optional, preset } from '../../domain/entity-types/config-values.ts';
import { toEnvironment } from '../../domain/feed/feed-settings.ts';
import { milliseconds } from '../../domain/policy/read-config.ts';

const config = z.looseObject({
  ...EFFECTOR_CONFIG,
  command: optional(command, 'Command', 'Parameters arrive as variables.'),
  executionDir: optional(text, 'Folder'),
  'shell.env': optional(anyMap, 'Environment'),
  timeout: preset(duration, '10m', 'Timeout', 'What takes longer is ended.'),
  executionTarget: optional(z.enum(['ENTITY', 'MEMBERS', 'CHILDREN', 'entity', 'members', 'children']), 'Runs at'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s SshCommandEffector. */
export const plugin: AdjunctType<Config> = {
  id: 'ssh-command-effector',
  title: 'Command effector',
  description: 'Adds an effector that runs a shell command where the entity runs.',
  kind: 'initializer',
  aliases: classNames(
    'brooklyn.entity.software.ssh.SshCommandEffector',
    'org.apache.brooklyn.core.effector.ssh.SshCommandEffector',
    'org.apache.brooklyn.sensor.ssh.SshCommandEffector',
  ),
  config,
  flags: {
    shellEnv: 'shell.env',
    env: 'shell.env',
  },
  planned: false,
  effector: {
    definition: effectorDefinition,
    run(value, parameters, { self, read }) {
      const script = value.command === undefined ? '' : String(value.command);
      if (script.trim() === '') return { kind: 'refused', problem: 'it has no command' };
      const env = { ...toEnvironment(value['shell.env']), ...parameterVariables(parameters) };
      const folder = value.executionDir === undefined ? {} : { folder: String(value.executionDir) };
      const target = value.executionTarget?.toLowerCase();
      const others = target === 'members' ? read.members(self.id) : target === 'children' ? read.children(self.id) : null;
      return {
        kind: 'probe',
        probe: { kind: 'command', script, env, ...folder },
        timeoutMs: milliseconds(value.timeout),
        ...(others === null ? {} : { on: others.map(({ id }) => id) }),
      };
    },
    outcome(_, answer) {
      if (answer.kind !== 'command') return { problem: 'no command has run', result: null };
      const problem = answer.exitCode === 0 ? null : `the command ended with exit code ${answer.exitCode}`;
      return { problem, result: answer.stdout.trimEnd() };
    },
  },
};
