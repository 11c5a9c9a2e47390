import { maskValue } from './mask-value.ts';

/** A procedure's input for the audit log: secrets masked, blueprints, files and archives only by their length. */
export function maskInput(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  const shortened = Object.entries(input).map(([key, value]) => [
    key,
    key === 'text' || key === 'archive' ? lengthOf(value) : key === 'files' ? lengthsOf(value) : value,
  ]);
  return maskValue(Object.fromEntries(shortened));
}

function lengthsOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, lengthOf(text)]));
}

function lengthOf(value: unknown): unknown {
  return typeof value === 'string' ? `${value.length} characters` : value;
}
