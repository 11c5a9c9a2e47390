import { afterAll, beforeAll, expect, it } from 'vitest';
import { putSampleEstate, type SampleEstate } from '../../testing/sample-records.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
let own: SampleEstate;
let other: SampleEstate;

beforeAll(async () => {
  server = await startTestServer();
  own = await putSampleEstate(server.services.engine.store, 'own');
  other = await putSampleEstate(server.services.engine.store, 'other');
});

afterAll(async () => server?.stop());

async function rebalance(token: string, entityId: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ moves: [{ entityId, toHostId: own.hostId }] });
  const response = await fetch(`${server.url}/api/v1/clouds/${own.cloudId}/rebalance`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

it('is for who operates the cloud and the applications that are moved', async () => {
  const { token: viewer } = await server.user('viewer', [{ role: 'viewer', scope: `cloud:${own.cloudId}` }]);
  const { token: operator } = await server.user('operator', [{ role: 'operator', scope: `cloud:${own.cloudId}` }]);
  expect(await rebalance(viewer, own.entityId)).toMatchObject({ status: 403 });
  expect(await rebalance(operator, other.entityId)).toMatchObject({ status: 404 });
  // It may, and is told what stands against this move.
  expect(await rebalance(operator, own.entityId)).toMatchObject({ status: 409, text: expect.stringContaining('no container to move') });
});
