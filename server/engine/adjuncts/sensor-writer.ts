import { toErrorView } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { canonicalJson, type Json } from '../../domain/shared/json.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { SensorHistory, SensorSample, Store } from '../../ports/store.ts';
import type { LiveMetrics, SensorWriter } from '../engine-context.ts';

/** A number that only moves is made durable no more often. Milliseconds. */
const NUMBER_DURABLE_MS = 60_000;

export interface SensorWriterOptions {
  readonly store: Store;
  readonly metrics: LiveMetrics;
  readonly history: SensorHistory;
  readonly clock: Clock;
  readonly log: Log;
}

type Values = Map<string, Json>;

/**
 * Sensors of feeds, enrichers and policies. All that is published in one turn becomes one commit, and what is equal is dropped. A
 * number is live at once, for who watches it and for the console, and in the store when it first comes and then once a minute: who
 * refers to it in config is not started anew each second.
 */
export function createSensorWriter({ store, metrics, history, clock, log }: SensorWriterOptions): SensorWriter {
  let waiting = new Map<EntityId, Values>();
  let flushing: Promise<void> | null = null;
  const writtenAt = new Map<EntityId, Map<string, number>>();

  async function flush(): Promise<void> {
    while (waiting.size > 0) {
      const batch = waiting;
      waiting = new Map();
      try {
        await store.commit((draft) => {
          for (const [id, values] of batch) {
            const entity = draft.get('entity', id);
            if (entity?.goal !== 'running') continue;
            const sensors: Record<string, Json> = { ...entity.sensors };
            for (const [name, value] of values) {
              if (value === null) delete sensors[name];
              else sensors[name] = value;
            }
            draft.put('entity', { ...entity, sensors });
          }
        });
      } catch (error) {
        log.error('sensors could not be written', { error: toErrorView(error) });
      }
    }
    flushing = null;
  }

  function isDue(entityId: EntityId, sensor: string, value: Json): boolean {
    const known = waiting.get(entityId)?.get(sensor) ?? store.view.get('entity', entityId)?.sensors[sensor];
    if (known === value) return false;
    if (typeof value !== 'number' || typeof known !== 'number') return canonicalJson(known ?? null) !== canonicalJson(value);
    const times = writtenAt.get(entityId) ?? new Map<string, number>();
    if (clock.now() - (times.get(sensor) ?? 0) < NUMBER_DURABLE_MS) return false;
    writtenAt.set(entityId, times.set(sensor, clock.now()));
    return true;
  }

  return {
    publish(entityId, at, values) {
      const numbers: Record<string, number> = {};
      const samples: SensorSample[] = [];
      for (const sensor in values) {
        const value = values[sensor] ?? null;
        if (typeof value === 'number') {
          if (!Number.isFinite(value)) continue;
          numbers[sensor] = value;
          samples.push({ subjectId: entityId, sensor, at, value });
        } else metrics.drop(entityId, sensor);
        if (!isDue(entityId, sensor, value)) continue;
        waiting.set(entityId, (waiting.get(entityId) ?? new Map<string, Json>()).set(sensor, value));
      }
      if (samples.length > 0) {
        metrics.record(entityId, at, numbers);
        history.record(samples);
      }
      if (waiting.size > 0) flushing ??= Promise.resolve().then(flush);
    },
    forget(entityId) {
      writtenAt.delete(entityId);
    },
    async settled() {
      while (flushing) await flushing;
    },
  };
}
