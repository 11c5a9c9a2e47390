import { callsIn } from '../domain/blueprint/calls-in.ts';
import { createEntityIndex, type EntityIndex } from '../domain/blueprint/entity-lookup.ts';
import { effectiveEntries } from '../domain/blueprint/resolve-config.ts';
import { IMAGE_KEYS } from '../domain/build/artifacts.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { SpecDiff } from '../domain/entity/spec-diff.ts';
import type { StoreView } from '../ports/store.ts';
import { resolveContainer } from './desired-container.ts';
import type { EngineContext } from './engine-context.ts';

type Kept = SpecDiff['kept'][number];

/** Container hash by entity id; null where it cannot be told. */
export type ContainerHashes = ReadonlyMap<string, string | null>;

/** Hashes of the containers that may become others though what is written for them stays: their expressions read config, of others too, or secrets. */
export function hashesOfReaders(kept: readonly Kept[], view: StoreView, context: EngineContext): ContainerHashes {
  const readers = kept.filter(({ entity, changed }) => !changed && entity.instanceId !== null && readsConfig(entity, view, context));
  const hashOf = hashes(view, context);
  return new Map(readers.map(({ entity }) => [entity.id, hashOf(entity.id)]));
}

/** Those of which the new specs, which `view` has, make other containers are changed too. */
export function withChangedReaders(
  kept: readonly Kept[],
  before: ContainerHashes,
  view: StoreView,
  context: EngineContext,
): readonly Kept[] {
  const hashOf = hashes(view, context);
  return kept.map((one) => {
    const hash = before.get(one.entity.id);
    return hash === undefined || hash === hashOf(one.entity.id) ? one : { ...one, changed: true };
  });
}

/** Functions that read what stands elsewhere and does not change by itself. */
const READERS: readonly string[] = ['config', 'template', 'external'];

function readsConfig(self: Entity, view: StoreView, { plugins }: EngineContext): boolean {
  for (const [key, { parts }] of effectiveEntries({ self, view, types: plugins.entityTypes })) {
    // What an image is built from, and what URLs are rewritten to, stands elsewhere too.
    if (IMAGE_KEYS.includes(key)) return true;
    if (parts.some(({ value }) => callsIn(value).some(({ name }) => READERS.includes(name)))) return true;
  }
  return false;
}

/** The application is read once for all of them. */
function hashes(view: StoreView, context: EngineContext): (id: string) => string | null {
  let index: EntityIndex | undefined;
  return (id) => {
    const entity = view.get('entity', id);
    if (!entity) return null;
    index ??= createEntityIndex(entity, view);
    const resolution = resolveContainer(entity, view, { ...context, index });
    return resolution.kind === 'resolved' ? resolution.specHash : null;
  };
}
