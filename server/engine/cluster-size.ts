import type { Entity } from '../domain/entity/entity.ts';
import type { Draft } from '../ports/store.ts';
import { type ConfigSource, configOf } from './config-of.ts';

/** The most members a cluster may be asked to have. */
export const LARGEST_CLUSTER = 1_000;

/** What `cluster.initial.size` is for a cluster that lives, 1 where it is not known; null for what is no cluster. */
export function initialSizeOf(entity: Entity, source: ConfigSource): number | null {
  if (entity.spec.memberSpec === null) return null;
  const given = configOf(
    entity,
    source.types.get(entity.type)?.kind === 'cloud' ? 'docker.host.cluster.initial.size' : 'cluster.initial.size',
    source,
  );
  const size = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  return typeof size === 'number' && Number.isInteger(size) && size >= 0 ? Math.min(size, LARGEST_CLUSTER) : 1;
}

/** Puts new entities, parents first. Their sizes may stand above them, or be expressions. */
export function putPlanted(draft: Draft, entities: readonly Entity[], types: ConfigSource['types']): void {
  for (const entity of entities) draft.put('entity', entity);
  for (const entity of entities) {
    if (entity.size !== null) draft.put('entity', { ...entity, size: initialSizeOf(entity, { view: draft, types }) });
  }
}
