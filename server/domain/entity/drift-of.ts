import type { EntityId } from '../shared/ids.ts';
import type { Entity } from './entity.ts';
import type { LiveInstance } from './live-instance.ts';

/** In what an entity differs from what its blueprint says, though nobody changed that. */
export interface Drift {
  readonly entityId: EntityId;
  readonly kind: 'resized' | 'stopped' | 'networks' | 'snapshot' | 'older' | 'down';
  readonly text: string;
}

export interface DriftTables {
  readonly entity: ReadonlyMap<string, Entity>;
  readonly instance: ReadonlyMap<string, LiveInstance>;
}

/**
 * What of an application is not as its deployed blueprint says: by what operators did (sizes, stops, networks, snapshots), and by
 * what has happened (an older container that still serves, one that is down). In the order of the entities.
 */
export function driftOf(applicationId: string, tables: DriftTables): readonly Drift[] {
  const entities = [...tables.entity.values()].filter((one) => one.applicationId === applicationId && one.goal !== 'destroyed');
  return entities.flatMap((entity) => driftsOf(entity, tables));
}

function driftsOf(entity: Entity, { instance: instances, entity: entities }: DriftTables): readonly Drift[] {
  const drift = (kind: Drift['kind'], text: string): Drift => ({ entityId: entity.id, kind, text });
  const parent = entity.parentId === null ? undefined : entities.get(entity.parentId);
  const written = entity.spec.memberSpec === null ? undefined : entity.spec.config['cluster.initial.size'];
  const instance = entity.instanceId === null ? undefined : instances.get(entity.instanceId);
  const isStopped = entity.goal === 'stopped' && parent?.goal !== 'stopped';
  const isDown = entity.goal === 'running' && entity.actual === 'ON_FIRE' && (instance !== undefined || entity.incarnation > 0);
  const isOlder = instance !== undefined && entity.goal === 'running' && entity.granted < entity.generation;
  return [
    ...(typeof written === 'number' && entity.size !== null && written !== entity.size
      ? [drift('resized', `${entity.size} members, ${written} are written`)]
      : []),
    ...(isStopped ? [drift('stopped', 'stopped by hand')] : []),
    ...(entity.networks ? [drift('networks', 'its networks were changed as it ran')] : []),
    ...(entity.snapshot ? [drift('snapshot', 'runs from a snapshot, not from the image that is written')] : []),
    ...(isOlder ? [drift('older', `its container is still of generation ${instance.generation}`)] : []),
    ...(isDown ? [drift('down', 'is to run, and does not')] : []),
  ];
}
