import type { Entity } from '../domain/entity/entity.ts';
import { type ConfigSource, configOf } from './config-of.ts';

const KEY = 'children.startable.mode';

/** True where what stands below an entity starts once that itself is up. It is told by the entity alone: nobody inherits it. */
export function startsChildrenLate(entity: Entity, source: ConfigSource): boolean {
  if (entity.spec.config[KEY] === undefined) return false;
  return /late$/i.test(String(configOf(entity, KEY, source)).trim());
}
