import { z } from 'zod';
import type { EffectorDefinition } from '../entity-types/type-members.ts';
import { coerce } from '../feed/coerce.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import type { EffectorNaming } from './added-effector.ts';

/** An effector as its config describes it: parameters with their types and defaults. */
export function effectorDefinition({ name, description, parameters = {} }: EffectorNaming): EffectorDefinition {
  const fields = Object.entries(parameters).map(([key, given]) => [key, parameterSchema(key, given ?? {})] as const);
  return {
    name,
    description: description === undefined ? `Calls ${name}` : String(description),
    parameters: z.strictObject(Object.fromEntries(fields)),
    destructive: false,
  };
}

/** Parameters in the types that are asked for: a number may be given as text, and the other way round. */
export function coerceParameters(given: unknown, { parameters = {} }: EffectorNaming): unknown {
  if (!isJsonObject(given)) return given;
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const type = Object.hasOwn(parameters, key) ? parameters[key]?.type : undefined;
      return [key, value === null ? value : (coerce(value, typeof type === 'string' ? type : undefined) ?? value)];
    }),
  );
}

/** As variables of a command; what has no value is left out. */
export function parameterVariables(parameters: JsonObject): Readonly<Record<string, string>> {
  const given = Object.entries(parameters).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]));
}

function parameterSchema(key: string, given: Readonly<Record<string, unknown>>): z.ZodType {
  const { description, type, defaultValue } = given;
  const about = { title: key, ...(typeof description === 'string' ? { description } : {}) };
  const schema = schemaOf(typeof type === 'string' ? type : 'string');
  const fallback = defaultValue === undefined || defaultValue === null ? undefined : coerce(defaultValue as Json, typeOf(type));
  return fallback === undefined ? schema.optional().meta(about) : schema.default(fallback as never).meta(about);
}

function typeOf(type: unknown): string {
  return typeof type === 'string' ? type : 'string';
}

function schemaOf(type: string): z.ZodType {
  switch (type.slice(type.lastIndexOf('.') + 1).toLowerCase()) {
    case 'integer':
    case 'int':
    case 'long':
    case 'short':
      return z.int();
    case 'double':
    case 'float':
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'map':
    case 'list':
    case 'object':
      return z.json();
    default:
      return z.string();
  }
}
