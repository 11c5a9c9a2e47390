import { type ConfigValue, type DslExpression, isDeferred } from '../../server/domain/blueprint/config-value.ts';
import type { Entity } from '../../server/domain/entity/entity.ts';
import type { LiveInstance } from '../../server/domain/entity/live-instance.ts';

/** What a config value refers to: another entity of the same application by its plan id. */
export interface Reference {
  readonly planId: string;
  readonly label: string;
}

/** What the picture needs of an entity. Sensors and states, which change all the time, are none of it. */
export type EntityShape = Pick<Entity, 'id' | 'applicationId' | 'parentId' | 'planId' | 'name' | 'goal' | 'waitingFor'> & {
  readonly references: readonly Reference[];
};

export type InstanceShape = Pick<LiveInstance, 'id' | 'entityId' | 'applicationId' | 'hostId'>;

export function toEntityShape({ id, applicationId, parentId, planId, name, goal, waitingFor, spec }: Entity): EntityShape {
  return { id, applicationId, parentId, planId, name, goal, waitingFor, references: references(spec.config) };
}

export function toInstanceShape({ id, entityId, applicationId, hostId }: LiveInstance): InstanceShape {
  return { id, entityId, applicationId, hostId };
}

function references(value: ConfigValue | undefined): readonly Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isDeferred(value)) return expressionReferences(value.$dsl);
  return Object.values(value).flatMap((item) => references(item));
}

const LOOKUPS = new Set(['component', 'entity', 'sibling', 'child', 'descendant']);

function expressionReferences(expression: DslExpression): readonly Reference[] {
  const nested = expression.calls.flatMap((call) => call.args.flatMap(references));
  const lookup = expression.calls.find((call) => LOOKUPS.has(call.name));
  const planId = lookup?.args.at(-1);
  if (typeof planId !== 'string') return nested;
  const read = expression.calls.find((call) => call.name === 'attributeWhenReady' || call.name === 'config');
  const label = read?.args[0];
  return [{ planId, label: typeof label === 'string' ? label : 'members' }, ...nested];
}
