import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putSampleEstate, SAMPLE_SECRET, type SampleEstate } from '../../testing/sample-records.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let server: TestServer;
let own: SampleEstate;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  own = await putSampleEstate(server.services.engine.store, 'own');
  await putSampleEstate(server.services.engine.store, 'foreign');
  token = (await server.user('operator', [{ role: 'operator', scope: `cloud:${own.cloudId}` }])).token;
});

afterAll(async () => server?.stop());

async function call(
  method: string,
  path: string,
  body: unknown,
): Promise<{ status: number; answer: { error?: { code: string; message: string; hint: string } } & Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, answer: await response.json() };
}

const blueprint = (extra = '') => `name: hello\nservices:\n- type: docker:busybox\n  id: box\n${extra}`;

describe('deploying with a role on one cloud', () => {
  it('goes to that cloud when none is named', async () => {
    const { status, answer } = await call('POST', '/applications', { text: blueprint() });
    expect(status).toBe(200);
    expect(server.services.engine.store.view.get('application', String(answer.applicationId))?.location).toBe('cloud-own');
  });

  it('answers for another cloud as for one that does not exist', async () => {
    const foreign = await call('POST', '/applications', { text: blueprint(), location: 'cloud-foreign' });
    const absent = await call('POST', '/applications', { text: blueprint(), location: 'cloud-absent' });
    expect([foreign.status, absent.status]).toEqual([404, 404]);
    expect(foreign.answer.error?.message.replace('cloud-foreign', '')).toBe(absent.answer.error?.message.replace('cloud-absent', ''));
    expect(foreign.answer.error?.hint).toBe(absent.answer.error?.hint);
  });

  it('refuses a blueprint that puts one part on another cloud', async () => {
    const { status } = await call('POST', '/applications', {
      text: blueprint('  location: cloud-own\n- type: docker:busybox\n  location: cloud-foreign\n'),
      location: 'cloud-own',
    });
    expect(status).toBe(404);
  });

  it('lets containers reach their hosts only for who administers the cloud, and says so', async () => {
    const text = blueprint('  volumes: ["/etc:/host:ro"]\n');
    const refused = await call('POST', '/applications', { text });
    expect([refused.status, refused.answer.error?.message]).toEqual([400, expect.stringContaining('/etc is a folder of the host')]);
    expect((await call('POST', '/applications', { text, hostAccess: true })).status).toBe(403);

    const operator = token;
    token = (await server.user('admin', [{ role: 'admin', scope: `cloud:${own.cloudId}` }])).token;
    const { answer, status } = await call('POST', '/applications', { text, hostAccess: true });
    expect(status).toBe(200);
    token = operator;
    const path = `/applications/${answer.applicationId}`;
    const next = { text: blueprint('  volumes: ["/etc:/host:ro"]\n  env: {A: b}\n'), expectedGeneration: 1 };
    expect((await call('PUT', `${path}/blueprint`, next)).status).toBe(400);
    expect((await call('PUT', `${path}/blueprint`, { ...next, hostAccess: true })).status).toBe(403);
    expect((await call('PUT', `${path}/blueprint`, { ...next, text: blueprint() })).status).toBe(200);
    expect((await call('POST', `${path}/restore`, { generation: 1 })).status).toBe(403);
  });

  it('makes one application of two calls with the same key', async () => {
    const input = { text: blueprint(), idempotencyKey: 'once' };
    const [first, second] = [await call('POST', '/applications', input), await call('POST', '/applications', input)];
    expect(second.answer).toEqual(first.answer);
  });

  it('keeps a secret that comes back masked, and refuses a mask that stands for nothing', async () => {
    const masked = 'name: shop\nservices:\n- type: application\n  brooklyn.config: { password: "***" }\n';
    const path = `/applications/${own.applicationId}/blueprint`;
    const updated = await call('PUT', path, { text: masked, expectedGeneration: 1 });
    expect(updated).toMatchObject({ status: 200, answer: { generation: 2 } });
    const generation = server.services.engine.store.view.get('generation', `${own.applicationId}:2`);
    expect(generation?.text).toContain(`password: ${SAMPLE_SECRET}`);
    const invented = masked.replace('password', 'other.password');
    expect((await call('PUT', path, { text: invented, expectedGeneration: 2 })).answer.error?.code).toBe('blueprint.invalid');
    expect((await call('POST', '/applications', { text: masked })).answer.error?.code).toBe('blueprint.invalid');
  });

  it('refuses an update made for a generation that is not the present one', async () => {
    const path = `/applications/${own.applicationId}/blueprint`;
    const { status, answer } = await call('PUT', path, { text: blueprint(), expectedGeneration: 1 });
    expect([status, answer.error?.code]).toEqual([409, 'conflict.stale']);
  });
});
