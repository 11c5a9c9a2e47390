import type { AdjunctSpec } from '../entity/entity-spec.ts';
import { type AdjunctForm, buildAdjunct } from './build-adjunct.ts';
import type { PlanState, ValuePlace } from './plan-state.ts';
import type { SourceNode } from './source-node.ts';

export const OBJECT_FORM: AdjunctForm = {
  noun: 'an object',
  example: '$brooklyn:object:\n  type: BreadthFirstPlacementStrategy',
  typeKeys: ['type', 'objectType', 'object_type'],
  configKeys: ['object.fields', 'brooklyn.config'],
  /** How Brooklyn makes an object of a class; kept for the type to read. */
  keptKeys: ['constructor.args', 'factoryMethod.name', 'factoryMethod.args'],
  /** When Brooklyn makes it: here it is made whenever its arguments are there. */
  silentKeys: ['deferred'],
};

/** What stands below `$brooklyn:object`: a placement strategy, a policy, an enricher or a plain object. */
export function buildObjectSpec(written: SourceNode, place: ValuePlace, state: PlanState): AdjunctSpec | null {
  const [only, second] = written.kind === 'list' ? written.items : [];
  return buildAdjunct(only !== undefined && second === undefined ? only : written, OBJECT_FORM, place, state)?.spec ?? null;
}
