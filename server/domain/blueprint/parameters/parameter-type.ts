import { z } from 'zod';
import { duration } from '../../entity/container-config.ts';
import { boolean, byteSize, double, float, integer, long, portRange, text, timestamp } from '../../entity/value-schemas.ts';

/** A type that a parameter may have. */
export interface ParameterType {
  /** As it is kept: `integer` for `int` and `java.lang.Integer`. */
  readonly id: string;
  readonly schema: z.ZodType;
}

const list = z.array(z.unknown(), 'needs a list');
const map = z.record(z.string(), z.unknown(), 'needs a map');
const anything = z.unknown();

const TYPES: readonly (readonly [string, z.ZodType, readonly string[]])[] = [
  ['string', text, ['charsequence', 'text']],
  ['integer', integer, ['int', 'short', 'byte']],
  ['long', long, ['biginteger']],
  ['float', float, []],
  ['double', double, ['number', 'bigdecimal']],
  ['boolean', boolean, ['bool']],
  ['timestamp', timestamp, ['date', 'instant']],
  ['duration', duration, []],
  ['port', portRange, ['portrange']],
  ['bytes', byteSize, ['bytesize']],
  ['list', list, ['collection', 'iterable', 'set']],
  ['map', map, []],
  ['any', anything, ['object', 'json']],
];

const BY_NAME: ReadonlyMap<string, ParameterType> = new Map(
  TYPES.flatMap(([id, schema, names]) => [id, ...names].map((name) => [name, { id, schema }] as const)),
);

export const PARAMETER_TYPES: readonly string[] = TYPES.map(([id]) => id);

/**
 * The type of this name: a word of Brooklyn's, or a Java class of the same (`java.util.List`, `list<string>`). Any other class is
 * taken for what it is, and its values for any; undefined for a word that is none.
 */
export function parameterType(name: string): ParameterType | undefined {
  const written = name.trim();
  const bare = written.replace(/<.*>$/s, '').trim();
  const known = BY_NAME.get(bare.slice(bare.lastIndexOf('.') + 1).toLowerCase());
  if (known !== undefined && (!bare.includes('.') || /^(?:java|org\.apache\.brooklyn|brooklyn)\./.test(bare))) return known;
  return /^[a-z_]\w*(?:\.\w+)*\.[A-Z]\w*(?:\$\w+)*$/.test(bare) ? { id: written, schema: anything } : undefined;
}
