import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putSampleEstate } from '../../testing/sample-records.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const NETWORKING = { provider: 'cni', config: { 'cni.conflist': { type: 'bridge', bridge: 'br{network}' } } };
const INFRASTRUCTURE = `name: cloud
location: lab
services:
- type: docker-infrastructure
  id: cloud
  brooklyn.config:
    entity.dynamicLocation.name: cni-cloud
    sdn.enable: true
    sdn.provider.spec:
      $brooklyn:entitySpec:
        type: cni-network
        brooklyn.config: { cni.conflist: { type: bridge, bridge: "br{network}" } }
`;
let server: TestServer;
let admin: string;
let operator: string;

beforeAll(async () => {
  server = await startTestServer();
  await putSampleEstate(server.services.engine.store, 'own');
  admin = (await server.user('admin', [{ role: 'admin', scope: 'system' }])).token;
  operator = (await server.user('operator', [{ role: 'operator', scope: 'system' }])).token;
});

afterAll(async () => server?.stop());

async function call(token: string, method: string, address: string, body: unknown) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/api/v1${address}`, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

const made = () => [...server.services.engine.store.view.all('cloud').values()].filter(({ networking }) => networking?.provider === 'cni');

/** Its plug-ins run as root on the hosts. */
describe('a configuration of CNI', () => {
  it('is for administrators: nobody else makes a cloud with one, changes a cloud to one, or deploys and changes a blueprint that has one', async () => {
    const [cloud] = server.services.engine.store.view.all('cloud').keys();
    expect((await call(operator, 'POST', '/clouds', { name: 'mine', networking: NETWORKING })).status).toBe(403);
    expect((await call(operator, 'PATCH', `/clouds/${cloud}`, { networking: NETWORKING })).status).toBe(403);
    expect((await call(operator, 'POST', '/applications', { text: INFRASTRUCTURE })).status).toBe(403);
    const text = 'name: hello\nlocation: cloud-own\nservices:\n- { type: "docker:busybox", id: box }\n';
    const deployed = await call(operator, 'POST', '/applications', { text });
    expect(deployed.status).toBe(200);
    const { applicationId } = JSON.parse(deployed.text);
    const changed = { text: INFRASTRUCTURE, expectedGeneration: 1 };
    expect((await call(operator, 'PUT', `/applications/${applicationId}/blueprint`, changed)).status).toBe(403);
    expect(made()).toEqual([]);
  });

  it('is refused where it is none, and names no path', async () => {
    const bad = (conflist: unknown) => ({ name: 'bad', networking: { provider: 'cni', config: { 'cni.conflist': conflist } } });
    const refused = await call(admin, 'POST', '/clouds', bad({ type: '../../bin/sh' }));
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('is no name of a plug-in')]);
    expect((await call(admin, 'POST', '/clouds', bad('{'))).status).toBe(400);
    expect(made()).toEqual([]);
  });

  it('is kept with the cloud that an administrator makes', async () => {
    expect((await call(admin, 'POST', '/clouds', { name: 'lan', networking: NETWORKING })).status).toBe(200);
    expect(made().map(({ networking }) => networking?.config)).toEqual([NETWORKING.config]);
  });
});
