import { isSecretName, MASK, maskText } from '../../domain/shared/secret-names.ts';

const NONE: ReadonlySet<string> = new Set();
/** Beside a `name` they hold what is meant by it. */
const VALUE_KEYS: readonly string[] = ['value', 'default', 'defaultValue'];

/**
 * A copy of a JSON value in which secrets read `***`: values under secret names (with all they hold), `{ name: X_TOKEN, value }`
 * pairs, `NAME=value` texts and passwords in URLs. Values that hold no secret are returned as they are.
 */
export function maskValue<T>(value: T, secretKeys: ReadonlySet<string> = NONE): T {
  return mask(value, secretKeys) as T;
}

function mask(value: unknown, secretKeys: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return keep(
      value,
      value.map((item) => mask(item, secretKeys)),
    );
  const entries = Object.entries(value);
  const secretPair = entries.some(([key, item]) => key === 'name' && typeof item === 'string' && isSecretName(item, secretKeys));
  const masked = entries.map(([key, item]): [string, unknown] => {
    const hidden = isSecretName(key, secretKeys) || (secretPair && VALUE_KEYS.includes(key));
    return [key, hidden ? hide(item) : mask(item, secretKeys)];
  });
  return masked.every(([, item], index) => item === entries[index]?.[1]) ? value : Object.fromEntries(masked);
}

function hide(value: unknown): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(hide);
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hide(item)]));
  return MASK;
}

function keep(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.every((item, index) => item === before[index]) ? before : after;
}
