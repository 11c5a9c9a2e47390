import { z } from 'zod';

interface Schema {
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly default?: unknown;
}

/** An input that the schema accepts: required fields only, texts taken from `known` by the field's name. */
export function sampleInput(schema: z.ZodType, known: Readonly<Record<string, unknown>>): unknown {
  return sample(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema, '', known);
}

function sample(schema: Schema, name: string, known: Readonly<Record<string, unknown>>): unknown {
  if (name in known) return known[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return sample(schema.anyOf[0], name, known);
  switch (schema.type) {
    case 'object': {
      const required = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key) || key in known);
      return Object.fromEntries(required.map(([key, inner]) => [key, sample(inner, key, known)]));
    }
    case 'array':
      return schema.items ? [sample(schema.items, name, known)] : [];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return false;
    default:
      return 'sample';
  }
}
