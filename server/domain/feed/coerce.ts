import type { Json } from '../shared/json.ts';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/**
 * A value as the type that a blueprint gives its sensor (`integer`, `double`, `java.lang.Boolean`, `string` …). Without a type, and of a type that is
 * not known, it is what it looks like. Undefined where it cannot be that.
 */
export function coerce(value: Json, type: string | undefined): Json | undefined {
  switch (kindOf(type)) {
    case 'string':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'integer': {
      const number = numberOf(value);
      return number === undefined ? undefined : Math.trunc(number);
    }
    case 'number':
      return numberOf(value);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return typeof value === 'string' && /^(?:true|false)$/i.test(value.trim()) ? value.trim().toLowerCase() === 'true' : undefined;
    case 'any':
      return value;
  }
}

/** Text as what it looks like: a number, true, false, or itself. */
export function plainValue(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  return NUMBER.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
}

function numberOf(value: Json): number | undefined {
  const number = typeof value === 'number' ? value : typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

function kindOf(type: string | undefined): 'string' | 'integer' | 'number' | 'boolean' | 'any' {
  const name = type?.slice(type.lastIndexOf('.') + 1).toLowerCase();
  if (name === 'string' || name === 'boolean') return name;
  if (name === 'integer' || name === 'int' || name === 'long' || name === 'short') return 'integer';
  return name === 'double' || name === 'float' || name === 'number' ? 'number' : 'any';
}
