import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CloudId, EntityId } from '../../domain/shared/ids.ts';
import { putSampleEstate, type SampleEstate } from '../../testing/sample-records.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
let estate: SampleEstate;

beforeAll(async () => {
  server = await startTestServer();
  estate = await putSampleEstate(server.services.engine.store, 'own');
  await server.services.engine.store.commit((draft) => {
    const [cloud] = draft.all('cloud').values();
    if (cloud) draft.put('cloud', { ...cloud, id: 'made' as CloudId, name: 'made', entityId: estate.entityId as EntityId });
  });
});

afterAll(async () => server?.stop());

async function call(token: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${server.url}/api/v1/entities/${estate.entityId}${path}`, init);
  return { status: response.status, text: await response.text() };
}

describe('what stops a Docker cloud, or its hosts', () => {
  it('is not for who operates the application that made it alone', async () => {
    const { token } = await server.user('team', [{ role: 'operator', scope: `application:${estate.applicationId}` }]);
    for (const [path, body] of [
      ['/stop', undefined],
      ['/restart', undefined],
      ['/effectors', { effector: 'stop' }],
    ] as const) {
      const { status, text } = await call(token, path, body);
      expect([path, status]).toEqual([path, 403]);
      expect(text).toContain('Others may run on the Docker cloud made');
    }
  });

  it('is for who operates that cloud too', async () => {
    const { token } = await server.user('ops', [{ role: 'operator', scope: 'system' }]);
    expect(await call(token, '/stop')).toEqual({ status: 200, text: expect.any(String) });
  });
});
