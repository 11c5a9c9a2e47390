import { expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { ChangeEvent, SensorSample } from '../ports/store.ts';
import { anEntity } from '../testing/records.ts';
import { recordSensors } from './record-sensors.ts';

it('records a number when it is another, and nothing else', () => {
  const entities = new Map<string, Entity>([['e1', anEntity({ id: 'e1', sensors: { count: 1, name: 'a' } })]]);
  let tell: (event: ChangeEvent) => void = () => undefined;
  const recorded: SensorSample[] = [];
  const view = { all: () => entities, get: (_kind: string, id: string) => entities.get(id) };
  const subscribe = (listener: typeof tell) => {
    tell = listener;
    return () => undefined;
  };
  recordSensors({
    store: { view, subscribe },
    history: { record: (samples: SensorSample[]) => recorded.push(...samples) },
    clock: { now: () => 7 },
  } as never);
  const put = (id: string, sensors: Entity['sensors']) => {
    entities.set(id, anEntity({ id, sensors }));
    tell({ revision: 1, changes: [{ kind: 'entity', id, record: null }] });
  };
  put('e1', { count: 1, name: 'b' });
  expect(recorded).toEqual([]);
  put('e1', { count: 3, name: 'b' });
  put('e2', { ratio: 0.5, on: true });
  expect(recorded).toEqual([
    { subjectId: 'e1', sensor: 'count', at: 7, value: 3 },
    { subjectId: 'e2', sensor: 'ratio', at: 7, value: 0.5 },
  ]);
});
