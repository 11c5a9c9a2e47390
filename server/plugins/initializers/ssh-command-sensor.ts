import { z } from 'zod';
import type { FeedAnswer } from '../../domain/adjunct/feed.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { boolean, text } from '../../domain/entity/value-schemas.ts';
import { anything, FEED_CONFIG, FEED_NOT_HONOURED, FEED_PLANNED } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { anyMap, command, optional, preset, url } from '../../domain/entity-types/config-values.ts';
import { coerce } from '../../domain/feed/coerce.ts';
import { feedPlan, toEnvironment } from '../../domain/feed/feed-settings.ts';
import { readText } from '../../domain/feed/read-text.ts';
import { isTrue } from '../../domain/shared/is-true.ts';
import type { Json } from '../../domain/shared/json.ts';

const config = z.looseObject({
  ...FEED_CONFIG,
  command: optional(command, 'Command', 'What it prints is the value.'),
  commandUrl: optional(url, 'URL of the command'),
  executionDir: optional(text, 'Folder'),
  'shell.env': optional(anyMap, 'Environment'),
  format: optional(z.enum(['auto', 'yaml', 'string', 'json']), 'Format of what it prints'),
  useLastYaml: preset(boolean, true, 'The last document counts'),
  'value.on.error': optional(anything, 'Value when it fails'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s SshCommandSensor. */
export const plugin: AdjunctType<Config> = {
  id: 'ssh-command-sensor',
  title: 'Command sensor',
  description: 'Adds a sensor whose value a shell command prints.',
  kind: 'initializer',
  aliases: classNames('brooklyn.entity.software.ssh.SshCommandSensor', 'org.apache.brooklyn.core.sensor.ssh.SshCommandSensor'),
  config,
  flags: {
    shellEnv: 'shell.env',
    env: 'shell.env',
  },
  planned: false,
  plannedKeys: { ...FEED_PLANNED, commandUrl: 'give the command itself' },
  notHonoured: FEED_NOT_HONOURED,
  feed: {
    poll(value, looking) {
      const script = value.command === undefined ? '' : String(value.command);
      if (script.trim() === '') return { waitingFor: 'a command' };
      const folder = value.executionDir === undefined ? {} : { folder: String(value.executionDir) };
      return feedPlan(value, { kind: 'command', script, env: toEnvironment(value['shell.env']), ...folder }, looking);
    },
    sensors(value, answer) {
      const read = readAnswer(value, answer);
      if (read.ok) return { [value.name]: read.value };
      const onError = value['value.on.error'];
      return onError === undefined ? {} : { [value.name]: onError as Json };
    },
    problem(value, answer) {
      const read = readAnswer(value, answer);
      return read.ok || value['value.on.error'] !== undefined ? null : read.why;
    },
  },
};

type Read = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string };

function readAnswer(value: Config, answer: FeedAnswer): Read {
  if (answer.kind !== 'command') return { ok: false, why: 'no command has run' };
  if (answer.exitCode !== 0) return { ok: false, why: `exit code ${answer.exitCode}${lastLine(answer.stderr)}` };
  const type = value.targetType ?? value.type;
  const read = readText(answer.stdout, value.format ?? (isText(type) ? 'string' : 'auto'), { lastYaml: isTrue(value.useLastYaml) });
  if (!read.ok) return { ok: false, why: `what it printed cannot be read: ${read.why}` };
  const coerced = coerce(read.value, type === undefined ? undefined : String(type));
  return coerced === undefined ? { ok: false, why: `what it printed is no ${type}` } : { ok: true, value: coerced };
}

function isText(type: Config['type']): boolean {
  return type !== undefined && /(?:^|\.)string$/i.test(String(type));
}

function lastLine(stderr: string): string {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  return line === '' ? '' : `: ${line.slice(0, 200)}`;
}
