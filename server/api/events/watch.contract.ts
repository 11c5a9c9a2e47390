import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../ports/store.ts';
import { putSampleEstate, SAMPLE_SECRET, type SampleEstate } from '../../testing/sample-records.ts';
import { startTestServer, type TestServer, type TestUser } from '../../testing/test-server.ts';
import { type Received, watchEvents } from '../../testing/watch-client.ts';
import type { PublicChange } from '../masking/record-views.ts';

let server: TestServer;
let store: Store;
let shown: SampleEstate;
let hidden: SampleEstate;
let admin: TestUser;
let stranger: TestUser;

beforeAll(async () => {
  server = await startTestServer();
  store = server.services.engine.store;
  shown = await putSampleEstate(store, 'shown');
  hidden = await putSampleEstate(store, 'hidden');
  admin = await server.user('admin', [{ role: 'admin', scope: 'system' }]);
  stranger = await server.user('stranger', [{ role: 'viewer', scope: `application:${shown.applicationId}` }]);
});

afterAll(async () => server?.stop());

function changesOf({ data }: Received): readonly PublicChange[] {
  return 'snapshot' in data ? data.snapshot : data.changes;
}

async function rename(applicationId: string, name: string): Promise<void> {
  await store.commit((draft) => {
    const application = draft.get('application', applicationId);
    if (application) draft.put('application', { ...application, name });
  });
}

const isSnapshot = ({ data }: Received) => 'snapshot' in data;
const names = (message: Received, name: string) =>
  changesOf(message).some(({ record }) => record !== null && 'name' in record && record.name === name);

describe('watching records', () => {
  it('gives a snapshot, then each change with its revision', async () => {
    const client = await watchEvents(server.url, admin.token, { kinds: ['application'] });
    const snapshot = await client.until(isSnapshot);
    expect(changesOf(snapshot).map(({ id }) => id)).toEqual(expect.arrayContaining([shown.applicationId, hidden.applicationId]));
    await rename(shown.applicationId, 'renamed');
    const patch = await client.until((message) => names(message, 'renamed'));
    expect(patch.id).toBe(String(store.revision));
    client.close();
  });

  it('goes on from the last revision that a client had', async () => {
    const first = await watchEvents(server.url, admin.token, { kinds: ['application'] });
    const { id } = await first.until(isSnapshot);
    first.close();
    await rename(hidden.applicationId, 'while away');
    const again = await watchEvents(server.url, admin.token, { kinds: ['application'], lastEventId: id });
    const [message] = [await again.until(() => true)];
    expect('changes' in message.data).toBe(true);
    expect(changesOf(message).map((change) => change.id)).toEqual([hidden.applicationId]);
    again.close();
  });

  it('starts over with a snapshot for a revision of another database', async () => {
    const client = await watchEvents(server.url, admin.token, { kinds: ['application'], lastEventId: '999999999' });
    expect(isSnapshot(await client.until(() => true))).toBe(true);
    client.close();
  });

  it('shows only what the caller may read, and never a secret', async () => {
    const kinds = ['application', 'entity', 'instance', 'generation', 'host', 'cloud', 'task', 'credential', 'decision'];
    const client = await watchEvents(server.url, stranger.token, { kinds });
    const snapshot = await client.until(isSnapshot);
    const { applicationId, entityId, instanceId, taskId, decisionId } = shown;
    expect(
      changesOf(snapshot)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([`${applicationId}:1`, applicationId, entityId, instanceId, taskId, decisionId].sort());
    expect(JSON.stringify(snapshot)).not.toContain(SAMPLE_SECRET);
    await rename(hidden.applicationId, 'not for strangers');
    await rename(shown.applicationId, 'for strangers');
    await client.until((message) => names(message, 'for strangers'));
    expect(JSON.stringify(client.received)).not.toContain('not for strangers');
    client.close();
  });

  it('merges what a client that does not read has missed: the newest state arrives, not every state', async () => {
    const client = await watchEvents(server.url, admin.token, { kinds: ['application'] });
    await client.until(isSnapshot);
    client.pause();
    const padding = 'x'.repeat(400_000);
    for (let n = 1; n <= 60; n += 1) {
      await rename(shown.applicationId, `${n}-${padding}`);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await rename(shown.applicationId, 'the last name');
    client.resume();
    await client.until((message) => names(message, 'the last name'));
    expect(client.received.length).toBeLessThan(50);
    client.close();
  });

  it('is closed when the roles of its user change', async () => {
    const client = await watchEvents(server.url, stranger.token, { kinds: ['application'] });
    await client.until(isSnapshot);
    await server.services.auth.setBindings(stranger.userId, [{ role: 'viewer', scope: `application:${hidden.applicationId}` }]);
    expect(await client.closed).toBe(4401);
  });
});
