import { type ConfigValue, isDeferred } from '../../server/domain/blueprint/config-value.ts';

/** A config value as a person reads it: expressions as they were written, the rest as JSON. */
export function configText(value: ConfigValue): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(written(value), null, 2);
}

function written(value: ConfigValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isDeferred(value)) return value.$dsl.text;
  if (Array.isArray(value)) return value.map((item: ConfigValue) => written(item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, written(item)]));
}
