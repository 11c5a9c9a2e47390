import type { Looking } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import { isJsonObject } from '../shared/json.ts';

/** Who is in charge by a sensor that names it; null where nobody is. */
export function primaryOf(sensor: string, { self, read }: Looking): Entity | null {
  const value = read.sensor(self.id, sensor)?.value;
  const id = isJsonObject(value) ? value.$entity : value;
  return typeof id === 'string' ? (read.entity(id) ?? null) : null;
}
