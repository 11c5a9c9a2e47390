import type { Json } from '../shared/json.ts';
import { RECORD_NAME } from '../shared/record-name.ts';

export type CloudNaming = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly problem: string };

export interface NameParts {
  readonly prefix: Json | undefined;
  readonly name: Json | undefined;
  readonly suffix: Json | undefined;
  /** Of the entity, where no name is given. */
  readonly fallback: string;
}

/** The named location of a Docker cloud: prefix, name and suffix, as a record may be called. */
export function cloudName({ prefix, name, suffix, fallback }: NameParts): CloudNaming {
  const own = typeof name === 'string' && name !== '' ? name : slug(fallback);
  const whole = [prefix, own, suffix].map((part) => (typeof part === 'string' || typeof part === 'number' ? String(part) : '')).join('');
  if (RECORD_NAME.test(whole)) return { ok: true, name: whole };
  return { ok: false, problem: `The location cannot be called “${whole}”: 1 to 63 of a-z, 0-9 and -, the first a letter or digit` };
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
