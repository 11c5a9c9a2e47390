import { isJsonObject, type Json, type JsonObject } from '@/server/domain/shared/json.ts';

export interface SchemaField {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: 'string' | 'number' | 'boolean' | 'choice' | 'json';
  readonly required: boolean;
  /** Default as text, shown in the empty field. */
  readonly fallback: string;
  readonly choices: readonly string[];
}

/** The properties of an object schema, in order. What is neither text, number, yes/no nor a choice is edited as JSON. */
export function schemaFields(schema: JsonObject): readonly SchemaField[] {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).flatMap(([name, property]) =>
    isJsonObject(property) ? [toField(name, property, required.includes(name) && property.default === undefined)] : [],
  );
}

/** What was typed as the value of a field; undefined when nothing was, so that the default counts. */
export function toJsonValue(field: Pick<SchemaField, 'kind'>, text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  if (field.kind === 'string') return text;
  if (field.kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return text; // not JSON yet: the server says what it wants instead
  }
}

export function toText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toField(name: string, property: JsonObject, required: boolean): SchemaField {
  const choices = Array.isArray(property.enum) ? property.enum.filter((choice) => typeof choice === 'string') : [];
  return {
    name,
    title: typeof property.title === 'string' ? property.title : name,
    description: typeof property.description === 'string' ? property.description : '',
    kind: choices.length > 0 ? 'choice' : kindOf(property.type),
    required,
    fallback: toText(property.default),
    choices,
  };
}

function kindOf(type: Json | undefined): SchemaField['kind'] {
  if (type === 'string' || type === 'boolean' || type === 'number') return type;
  return type === 'integer' ? 'number' : 'json';
}
