import type { Looking } from '../adjunct/behaviour.ts';
import { parseDurationMs } from '../entity/quantities.ts';
import type { EntityId } from '../shared/ids.ts';

/*
 * Config as its schema lets it through, in the form that behaviours use. What the schema refuses never comes here.
 */

type DurationText = string | number | undefined;

/** 0 where it is not given. */
export function milliseconds(value: DurationText): number {
  return value === undefined ? 0 : (parseDurationMs(value) ?? 0);
}

/** 0 where it is not given. */
export function numberOf(value: string | number | undefined): number {
  return value === undefined ? 0 : Number(value);
}

/** The name of a sensor. */
export function sensorOf(value: string | { readonly name: string } | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.name;
}

/** An expression that names an entity, or its id in the blueprint; null where it is not given, or is not there. */
export function referenceOf(value: string | { readonly $entity: string } | undefined, { self, read }: Looking): EntityId | null {
  if (value === undefined) return null;
  return (typeof value === 'string' ? read.named(self, value) : read.entity(value.$entity))?.id ?? null;
}
