import { afterEach, describe, expect, it } from 'vitest';
import { type EngineFixture, openEngineFixture } from '../../testing/engine-fixture.ts';

let fixture: EngineFixture;

afterEach(() => fixture.stop());

describe('a volume whose entity is gone', () => {
  it.each([
    ['is removed by the engine of its host', undefined, 'volume-remove'],
    ['is a folder on a machine without Docker, and removed as one', '/var/lib/clocker-data/a/e', 'script'],
  ])('%s', async (_, folder, call) => {
    fixture = await openEngineFixture({ hosts: 1 });
    await fixture.pass(1_000);
    const calls: string[] = [];
    for (const machine of fixture.machines) {
      machine.faults = {
        onCall: (name) => {
          calls.push(name);
          return 'none';
        },
        copiesOfEvent: () => 1,
      };
    }
    const [hostId = ''] = [...fixture.store.view.all('host').keys()];
    const volume = { id: `${hostId}:data`, hostId, entityId: 'e1', applicationId: 'a1', volumeName: folder ?? 'data', logicalName: 'data' };
    const record = { ...volume, createdAt: 0, condemned: true, ...(folder === undefined ? {} : { folder }) };
    await fixture.store.commit((draft) => draft.put('volume', record));
    await fixture.pass(1_000);
    // Like the change of any other record of the host, its return wakes the volume.
    fixture.engine.context.queue.enqueue(`volume:${record.id}`);
    await fixture.pass(1_000);
    expect(fixture.store.view.get('volume', record.id)).toBeUndefined();
    expect(calls.filter((name) => ['volume-remove', 'script'].includes(name))).toEqual([call]);
  });
});
