import { describe, expect, it } from 'vitest';
import { aHost, anEntity, anInstance } from '../../testing/records.ts';
import type { Entity } from './entity.ts';
import { lastKnownOf } from './last-known.ts';

function tables(entities: readonly Entity[]) {
  const instances = entities
    .filter((entity) => entity.instanceId !== null)
    .map((entity) => anInstance({ id: `${entity.instanceId}`, entityId: entity.id, hostId: entity.name as never }));
  const hosts = [
    aHost({ id: 'away', state: 'unreachable', since: 1_000 }),
    aHost({ id: 'longer-away', state: 'unreachable', since: 500 }),
    aHost({ id: 'here', state: 'ready' }),
    aHost({ id: 'gone', state: 'lost' }),
  ];
  const byId = <T extends { readonly id: string }>(records: readonly T[]) =>
    new Map(records.map((record) => [record.id as string, record]));
  return { entity: byId(entities), instance: byId(instances), host: byId(hosts) };
}

/** A member on the host of its name. */
function member(id: string, host: string, fields: Partial<Entity> = {}): Entity {
  return { ...anEntity({ id, name: host }), parentId: 'web' as Entity['id'], instanceId: `i-${id}` as never, actual: 'RUNNING', ...fields };
}

const web = { ...anEntity({ id: 'web' }), instanceId: null };

describe('lastKnownOf', () => {
  it('counts what is on hosts that do not answer, and says how old the oldest reading is', () => {
    const records = tables([web, member('a', 'here'), member('b', 'away'), member('c', 'longer-away')]);
    expect(lastKnownOf('web', records)).toEqual({ total: 3, unknown: 2, since: 500 });
    expect(lastKnownOf('b', records)).toEqual({ total: 1, unknown: 1, since: 1_000 });
    expect(lastKnownOf('a', records)).toBeNull();
  });

  it('knows of what is lost, on fire or stopped', () => {
    const records = tables([
      web,
      member('a', 'gone'),
      member('b', 'away', { actual: 'ON_FIRE' }),
      member('c', 'away', { actual: 'STOPPED' }),
    ]);
    expect(lastKnownOf('web', records)).toBeNull();
  });
});
