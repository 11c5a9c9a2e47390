import { isMember } from '../cluster/members.ts';
import type { Entity } from './entity.ts';
import type { DependencySpec } from './entity-spec.ts';
import type { Instance } from './instance.ts';
import { ownEnd } from './own-end.ts';
import type { RestartPolicy } from './restart-policy.ts';

/** What is known of those that an entity depends on. */
export interface DependencyReader {
  /** The entity that is called so in the blueprint. */
  find(planId: string): Entity | undefined;
  childrenOf(entityId: string): readonly Entity[];
  instanceOf(entity: Entity): Instance | undefined;
  policyOf(entity: Entity): RestartPolicy;
}

type Condition = DependencySpec['condition'];

/** The first thing that is still waited for, in words: `db: healthy (it is stopped)`; null when nothing stands against a start. */
export function unmetDependency(dependencies: readonly DependencySpec[], reader: DependencyReader): string | null {
  for (const { on, condition, required = true } of dependencies) {
    const other = reader.find(on);
    if (!other) {
      if (required) return `${on}: ${condition} (it is not there)`;
      continue;
    }
    const waits = containersOf(other, reader).filter((one) => one === 'missing' || !isMet(one, condition, reader));
    if (waits.length === 0) continue;
    if (!required && waits.some((one) => one !== 'missing' && isHopeless(one, reader))) continue;
    const reason = waits.map((one) => (one === 'missing' ? null : reasonOf(one, condition, reader))).find((text) => text !== null);
    return `${on}: ${condition}${reason ? ` (${reason})` : ''}`;
  }
  return null;
}

/** The containers that an entity stands for; members that a cluster still has to get are missing. */
function containersOf(entity: Entity, reader: DependencyReader): readonly (Entity | 'missing')[] {
  const children = reader.childrenOf(entity.id).filter((child) => child.goal !== 'destroyed');
  if (entity.size === null) return children.length === 0 ? [entity] : children.flatMap((child) => containersOf(child, reader));
  const members = children.filter(isMember);
  const missing = Array.from({ length: Math.max(0, entity.size - members.length) }, () => 'missing' as const);
  return [...members.flatMap((member) => containersOf(member, reader)), ...missing];
}

function isMet(entity: Entity, condition: Condition, reader: DependencyReader): boolean {
  const instance = reader.instanceOf(entity);
  const serves = entity.goal === 'running' && instance?.state === 'running' && instance.stoppingSince === null;
  const end = ownEnd(entity, instance, reader.policyOf(entity));
  switch (condition) {
    case 'started':
      return serves || end !== null;
    case 'healthy':
      return serves && instance.ready;
    case 'completed':
      return end === 'completed';
  }
}

/** Nothing that the engine does by itself will meet the condition. */
function isHopeless(entity: Entity, reader: DependencyReader): boolean {
  return (
    entity.actual === 'ON_FIRE' || entity.goal !== 'running' || ownEnd(entity, reader.instanceOf(entity), reader.policyOf(entity)) !== null
  );
}

function reasonOf(entity: Entity, condition: Condition, reader: DependencyReader): string | null {
  if (entity.goal !== 'running') return 'it is stopped';
  const instance = reader.instanceOf(entity);
  const policy = reader.policyOf(entity);
  const end = ownEnd(entity, instance, policy);
  if (end === 'completed') return 'it has completed';
  if (end === 'failed') return `it ended with exit code ${instance?.exitCode ?? 'unknown'}`;
  return condition === 'completed' && policy.kind === 'always' ? 'its restart policy is always' : null;
}
