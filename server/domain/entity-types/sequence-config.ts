import { formatArguments } from '../blueprint/format-java.ts';
import { integer, text } from '../entity/value-schemas.ts';
import { optional, preset, sensorName } from './config-values.ts';

const format = text.superRefine((value, context) => {
  const used = formatArguments(String(value));
  if (used.ok && used.most === 1) return;
  const message = used.ok ? 'needs a format of one number, such as %d or node%03d' : used.message;
  context.addIssue({ code: 'custom', message, input: value });
});

/** How members are numbered. */
export const SEQUENCE_CONFIG = {
  'sequence.start': preset(integer, 1, 'First number'),
  'sequence.increment': preset(integer, 1, 'Step'),
  'sequence.format': preset(format, '%d', 'Format', 'As Java’s: %d, node%03d, %04x.'),
  'sequence.sensor.value': optional(sensorName, 'Sensor of the number', 'Of a member; sequence.value unless given.'),
  'sequence.sensor.string': optional(sensorName, 'Sensor of the formatted number', 'Of a member; sequence.string unless given.'),
};
