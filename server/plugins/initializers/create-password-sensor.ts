import { z } from 'zod';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { duration } from '../../domain/entity/container-config.ts';
import { text } from '../../domain/entity/value-schemas.ts';
import { SENSOR_CONFIG } from '../../domain/entity-types/adjunct-config.ts';
import { classNames } from '../../domain/entity-types/class-names.ts';
import { optional, preset, size, texts } from '../../domain/entity-types/config-values.ts';
import { numberOf } from '../../domain/policy/read-config.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const CHARACTERS = `${LETTERS}${LETTERS.toUpperCase()}0123456789`;
const MOST = 256;

const length = size.refine((value) => Number(value) >= 4 && Number(value) <= MOST, `needs a length from 4 to ${MOST}`);

const config = z.looseObject({
  ...SENSOR_CONFIG,
  'password.length': preset(length, 12, 'Length'),
  'password.chars': optional(text, 'Characters', 'Letters and digits unless given.'),
  'password.character.groups': optional(texts, 'Groups of which each must occur'),
  period: optional(duration, 'Period'),
});

type Config = z.infer<typeof config>;

/** Brooklyn’s CreatePasswordSensor. */
export const plugin: AdjunctType<Config> = {
  id: 'create-password-sensor',
  title: 'Password sensor',
  description: 'Adds a sensor with a random password, made once. It is shown as ***.',
  kind: 'initializer',
  aliases: classNames('org.apache.brooklyn.core.sensor.password.CreatePasswordSensor'),
  config,
  flags: {},
  planned: false,
  notHonoured: { period: 'a password is made once' },
  feed: {
    poll(value) {
      const groups = groupsOf(value['password.character.groups']);
      const given = value['password.chars'];
      const characters = given === undefined || given === '' ? `${CHARACTERS}${groups.join('')}` : String(given);
      return {
        periodMs: null,
        timeoutMs: 1_000,
        onlyIfUp: false,
        probe: { kind: 'password', length: Math.max(groups.length, numberOf(value['password.length'])), characters, groups },
      };
    },
    sensors: (value, answer) => (answer.kind === 'password' ? { [value.name]: answer.standIn } : {}),
  },
};

function groupsOf(given: Config['password.character.groups']): readonly string[] {
  const all = typeof given === 'string' ? given.split(',') : (given ?? []).map(String);
  return all.map((group) => group.trim()).filter((group) => group !== '');
}
