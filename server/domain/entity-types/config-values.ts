import { z } from 'zod';
import { text } from '../entity/value-schemas.ts';
import { parseJsonPath } from '../feed/json-path.ts';

/*
 * What the config keys of Brooklyn's and Clocker's types take. As Brooklyn does, a text may be given as a number, a number as a
 * text, and a list as one text with commas. Values stay as the blueprint gives them.
 */

export const size = z.union([z.int().min(0), z.string().regex(/^\d+$/)], 'needs a whole number of at least 0');

export const texts = z.union([z.array(text), z.string()], 'needs a list of texts');

export const textMap = z.record(z.string(), z.union([text, z.null()]), 'needs a map of names and texts');

/** A map of texts whose names are held to a pattern: what else would be left out. */
export function textsNamed(pattern: RegExp, needed: string) {
  return textMap.superRefine((map, context) => {
    for (const name of Object.keys(map)) {
      if (!pattern.test(name)) context.addIssue({ code: 'custom', message: `${needed}: ${name} is none`, input: map });
    }
  });
}

/** A map whose values the type does not look into. */
export const anyMap = z.record(z.string(), z.unknown(), 'needs a map of names and values');

export const anyList = z.array(z.unknown(), 'needs a list');

/** Also a list of maps where the type makes something of each. */
export const mapList = z.array(anyMap, 'needs a list of maps');

/** Blocks until the value is truthy: almost always an expression, sometimes `true`, a number or an object. */
export const latch = z.unknown();

/** A shell command, run where the process is. */
export const command = z.union([z.string(), z.number(), z.boolean()], 'needs a shell command as text');

/** A file or archive: `https:`, `file:`, `classpath:` … */
export const url = z.string('needs a URL').min(1, 'needs a URL');

export const cidr = z
  .string('needs a network such as 10.20.0.0/16')
  .regex(/^\d{1,3}(\.\d{1,3}){3}\/(\d|[12]\d|3[0-2])$/, 'needs a network such as 10.20.0.0/16');

/** A sensor: its name, `$brooklyn:sensor(…)`, or a map with `name`. */
export const sensorName = z.union([z.string().min(1), z.looseObject({ name: z.string() })], 'needs a sensor: its name');

export const sensorNames = z.union([z.array(sensorName), sensorName], 'needs a list of sensors');

export const jsonPath = z
  .string('needs a JSON path such as $.users')
  .refine((value) => parseJsonPath(value) !== null, 'needs a JSON path such as $.users.active or $.list[0]');

/** A key that need not be given. */
export function optional<Schema extends z.ZodType>(schema: Schema, title: string, description?: string) {
  return schema.optional().meta(description === undefined ? { title } : { title, description });
}

/** A key that is `value` unless given. */
export function preset<Schema extends z.ZodType>(
  schema: Schema,
  value: z.core.util.NoUndefined<z.output<Schema>>,
  title: string,
  description?: string,
) {
  return schema.default(value).meta(description === undefined ? { title } : { title, description });
}
