import type { Entity } from '../domain/entity/entity.ts';
import type { EntityId } from '../domain/shared/ids.ts';
import type { SensorSample } from '../ports/store.ts';
import type { EngineContext } from './engine-context.ts';

/** Keeps what numeric sensors of entities were: a value each time it is another. What is measured each second is recorded where it is measured. */
export function recordSensors({ store, history, clock }: Pick<EngineContext, 'store' | 'history' | 'clock'>): () => void {
  const known = new Map<string, Entity['sensors']>();
  for (const [id, { sensors }] of store.view.all('entity')) known.set(id, sensors);
  return store.subscribe(({ changes }) => {
    const samples: SensorSample[] = [];
    const at = clock.now();
    for (const { kind, id } of changes) {
      if (kind !== 'entity') continue;
      const entity = store.view.get('entity', id);
      const before = known.get(id);
      if (entity === undefined) known.delete(id);
      else known.set(id, entity.sensors);
      if (entity && entity.sensors !== before) samples.push(...changed(entity.id, { before, now: entity.sensors, at }));
    }
    if (samples.length > 0) history.record(samples);
  });
}

interface Change {
  readonly before: Entity['sensors'] | undefined;
  readonly now: Entity['sensors'];
  readonly at: number;
}

function* changed(subjectId: EntityId, { before, now, at }: Change): Generator<SensorSample> {
  for (const [sensor, value] of Object.entries(now)) {
    if (typeof value === 'number' && before?.[sensor] !== value) yield { subjectId, sensor, at, value };
  }
}
