import { resolveNow } from '../domain/blueprint/resolve-config.ts';
import type { Entity } from '../domain/entity/entity.ts';
import { type RestartPolicy, toRestartPolicy } from '../domain/entity/restart-policy.ts';
import type { Json } from '../domain/shared/json.ts';
import type { StoreView } from '../ports/store.ts';

/** One value of an entity's config, as it is now; undefined where it is not given, or waits for others. */
export function configOf(entity: Entity, key: string, view: StoreView): Json | undefined {
  const value = entity.spec.config[key];
  if (value === undefined) return undefined;
  const resolved = resolveNow(value, { self: entity, view });
  return resolved.ok ? resolved.value : undefined;
}

export function restartPolicyOf(entity: Entity, view: StoreView): RestartPolicy {
  return toRestartPolicy(configOf(entity, 'docker.container.restartPolicy', view));
}

export type PullPolicy = 'missing' | 'always' | 'never';

export function pullPolicyOf(entity: Entity, view: StoreView): PullPolicy {
  const value = configOf(entity, 'docker.image.pullPolicy', view);
  return value === 'always' || value === 'never' ? value : 'missing';
}
