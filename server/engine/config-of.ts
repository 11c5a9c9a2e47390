import { resolveNow } from '../domain/blueprint/resolve-config.ts';
import type { TypeRegistry } from '../domain/blueprint/type-registry.ts';
import type { Entity } from '../domain/entity/entity.ts';
import { type RestartPolicy, toRestartPolicy } from '../domain/entity/restart-policy.ts';
import type { Json } from '../domain/shared/json.ts';
import type { StoreView } from '../ports/store.ts';

/** What config of an entity is read from. */
export interface ConfigSource {
  readonly view: StoreView;
  readonly types: TypeRegistry;
}

/** One value of an entity's config, as it is now; undefined where it is not given, or waits for others. */
export function configOf(entity: Entity, key: string, { view, types }: ConfigSource): Json | undefined {
  const resolved = resolveNow(key, { self: entity, view, types });
  return resolved.ok ? resolved.value : undefined;
}

export function restartPolicyOf(entity: Entity, source: ConfigSource): RestartPolicy {
  return toRestartPolicy(configOf(entity, 'docker.container.restartPolicy', source));
}

export type PullPolicy = 'missing' | 'always' | 'never';

export function pullPolicyOf(entity: Entity, source: ConfigSource): PullPolicy {
  const value = configOf(entity, 'docker.image.pullPolicy', source);
  return value === 'always' || value === 'never' ? value : 'missing';
}
