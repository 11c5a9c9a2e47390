import type { Entity } from '../entity/entity.ts';
import type { ErrorView } from '../shared/clocker-error.ts';
import type { Json } from '../shared/json.ts';

/** A value on its way through an evaluation: JSON that may hold entities and secrets. */
export type LiveValue = null | boolean | number | string | Found | Hidden | readonly LiveValue[] | { readonly [key: string]: LiveValue };

export type LiveMap = { readonly [key: string]: LiveValue };

/** An entity; a symbol, so that no JSON value of a sensor can pass for one. */
export const FOUND = Symbol('entity');
export interface Found {
  readonly [FOUND]: Entity;
}

/** A text that holds a secret. */
export const HIDDEN = Symbol('secret');
export interface Hidden {
  readonly [HIDDEN]: string;
}

/** What a part of an evaluation gives. */
export type Outcome<T = LiveValue> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly waitingFor: string }
  | { readonly ok: false; readonly error: ErrorView };

export function refuse(message: string, hint?: string): Outcome<never> {
  return { ok: false, error: { code: 'blueprint.invalid', message, retryable: false, ...(hint ? { hint } : {}) } };
}

export function isFound(value: LiveValue | undefined): value is Found {
  return typeof value === 'object' && value !== null && FOUND in value;
}

export function isHidden(value: LiveValue | undefined): value is Hidden {
  return typeof value === 'object' && value !== null && HIDDEN in value;
}

export function isLiveList(value: LiveValue): value is readonly LiveValue[] {
  return Array.isArray(value);
}

export function isLiveMap(value: LiveValue): value is LiveMap {
  return typeof value === 'object' && value !== null && !isLiveList(value) && !isFound(value) && !isHidden(value);
}

/** Plain JSON: secrets in the open, entities as their names. `hidden`: what is made of it is a secret too. */
export function openValue(value: LiveValue): { readonly json: Json; readonly hidden: boolean } {
  let hidden = false;
  const json = mapLeaves(value, (leaf) => {
    if (isFound(leaf)) return leaf[FOUND].name;
    hidden = true;
    return leaf[HIDDEN];
  });
  return { json, hidden };
}

/** The value with every entity and secret in it replaced. */
export function mapLeaves(value: LiveValue, replace: (leaf: Found | Hidden) => Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isFound(value) || isHidden(value)) return replace(value);
  if (isLiveList(value)) return value.map((item) => mapLeaves(item, replace));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapLeaves(item, replace)]));
}

/** All outcomes together. An error counts before a wait, the first of each. */
export function gather<In, Out>(items: Iterable<In>, evaluate: (item: In) => Outcome<Out>): Outcome<readonly Out[]> {
  const values: Out[] = [];
  let waiting: Outcome<never> | undefined;
  for (const item of items) {
    const outcome = evaluate(item);
    if (outcome.ok) values.push(outcome.value);
    else if ('error' in outcome) return outcome;
    else waiting ??= outcome;
  }
  return waiting ?? { ok: true, value: values };
}
