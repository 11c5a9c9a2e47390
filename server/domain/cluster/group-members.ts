import { z } from 'zod';
import type { Entity } from '../entity/entity.ts';
import { isEntityUp } from '../entity/service-state.ts';
import { type Bindings, evaluateExpression, expressionProblem } from '../expression/expression.ts';
import type { EntityId } from '../shared/ids.ts';

/** What a group of others decides by. */
export interface GroupLook {
  /** Its members until now. */
  readonly before: readonly EntityId[];
  /** Entities of its application but itself and what is above it, those on their way out left away. In the order in which they were made. */
  readonly candidates: readonly Entity[];
  readonly children: readonly Entity[];
}

/** A filter of entities: an expression over `value`, the entity, and `sensors`, its sensors. */
export const entityFilter = z.string('needs an expression over value and sensors').superRefine((text, context) => {
  const problem = expressionProblem(text, ['value', 'sensors']);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem, input: text });
});

/** Told by effectors: those that are still there; with `withChildren` its children too, first. */
export function toldMembers({ before, candidates, children }: GroupLook, withChildren: boolean): readonly EntityId[] {
  const known = new Set<string>(candidates.map(({ id }) => id));
  const own = withChildren ? children.filter(({ goal }) => goal !== 'destroyed').map(({ id }) => id) : [];
  return [...own, ...before.filter((id) => known.has(id) && !own.includes(id))];
}

export type FoundMembers = { readonly ok: true; readonly ids: readonly EntityId[] } | { readonly ok: false; readonly why: string };

/** Those that fit a filter. One for which it has no value, as it speaks of a sensor that is not there, does not fit. */
export function fittingMembers(candidates: readonly Entity[], filter: string): FoundMembers {
  const problem = expressionProblem(filter, ['value', 'sensors']);
  if (problem !== null) return { ok: false, why: problem };
  const fitting = candidates.filter((entity) => {
    const found = evaluateExpression(filter, bindingsOf(entity));
    return found.ok && found.value === true;
  });
  return { ok: true, ids: fitting.map(({ id }) => id) };
}

export type FoundBuckets =
  | { readonly ok: true; readonly buckets: ReadonlyMap<string, readonly EntityId[]> }
  | { readonly ok: false; readonly why: string };

/** Members by what an expression over `value` and `sensors` gives of each, in the order in which they came. One of which it gives nothing is in none. */
export function membersByBucket(members: readonly Entity[], expression: string): FoundBuckets {
  const problem = expressionProblem(expression, ['value', 'sensors']);
  if (problem !== null) return { ok: false, why: problem };
  const buckets = new Map<string, EntityId[]>();
  for (const entity of members) {
    const found = evaluateExpression(expression, bindingsOf(entity));
    if (!found.ok || found.value === null || found.value === '' || typeof found.value === 'object') continue;
    const name = String(found.value);
    buckets.set(name, [...(buckets.get(name) ?? []), entity.id]);
  }
  return { ok: true, buckets };
}

/** What a filter sees of an entity. */
function bindingsOf(entity: Entity): Bindings {
  const { id, name, type, planId, actual, spec, slot, sensors } = entity;
  const tags = (spec.tags ?? []).filter((tag) => typeof tag === 'string');
  return { value: { id, name, type, planId: planId ?? '', state: actual, up: isEntityUp(entity), isMember: slot !== null, tags }, sensors };
}
