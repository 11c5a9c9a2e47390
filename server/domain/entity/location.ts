import type { RecordReader } from '../shared/records.ts';
import type { Entity } from './entity.ts';
import type { Cloud } from './host.ts';

/** The named location of an entity: its own, else its nearest ancestor's, else the application's. */
export function locationOf(records: Pick<RecordReader, 'get'>, entity: Entity): string {
  for (let at: Entity | undefined = entity; at; at = at.parentId === null ? undefined : records.get('entity', at.parentId)) {
    if (at.spec.location !== null) return at.spec.location;
  }
  return records.get('application', entity.applicationId)?.location ?? '';
}

export function cloudNamed(records: Pick<RecordReader, 'all'>, name: string): Cloud | undefined {
  for (const cloud of records.all('cloud').values()) if (cloud.name === name) return cloud;
  return undefined;
}
