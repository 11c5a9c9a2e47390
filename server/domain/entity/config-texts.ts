import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A map whose values are taken as texts: labels, options of drivers. */
export const texts = z.record(z.string().min(1), scalar, 'needs a map of names and texts');

/** Values as they are written; null is empty. */
export function toTexts(values: Readonly<Record<string, string | number | boolean | null>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value === null ? '' : String(value)]));
}

/** A map or list without anything in it, or none at all. */
export function isEmpty<T extends object>(values: T | undefined): values is undefined {
  return values === undefined || Object.keys(values).length === 0;
}
