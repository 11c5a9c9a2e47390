import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putSampleEstate } from '../../testing/sample-records.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const TEXT = 'hunter two of seven';
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

async function call(method: string, address: string, { token = admin, body }: { token?: string; body?: unknown } = {}) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/api/v1${address}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

const blueprint = `name: hello
location: cloud-own
services:
- type: docker:busybox
  id: box
  brooklyn.config:
    env: { MODE: '$brooklyn:external("secrets", "mode")' }
`;

describe('secrets over the API', () => {
  it('are told missing by a plan, at their place, and by a deploy', async () => {
    const planned = await call('POST', '/plans', { body: { text: blueprint } });
    expect(JSON.parse(planned.text).diagnostics).toMatchObject([
      {
        code: 'secret-missing',
        severity: 'error',
        line: 7,
        path: 'services[0].brooklyn.config.env.MODE',
        hint: expect.stringContaining('clocker secrets set'),
      },
    ]);
    const refused = await call('POST', '/applications', { body: { text: blueprint } });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('clocker secrets set secrets mode');
  });

  it('are set and removed by administrators alone', async () => {
    const body = { provider: 'secrets', name: 'other', secret: TEXT };
    expect((await call('PUT', '/secrets/item', { token: operator, body })).status).toBe(403);
    expect((await call('GET', '/secrets', { token: operator })).status).toBe(403);
    expect((await call('PUT', '/secrets/item', { body: { ...body, name: '../x y' } })).status).toBe(400);
    expect(await call('PUT', '/secrets/item', { body })).toEqual({ status: 200, text: '{"applications":[]}' });
    expect((await call('DELETE', '/secrets/item?provider=secrets&name=other')).status).toBe(200);
    expect((await call('DELETE', '/secrets/item?provider=secrets&name=other')).status).toBe(404);
  });

  it('are in no answer, no audit entry and no file of the database, and stay while an application reads them', async () => {
    expect((await call('PUT', '/secrets/item', { body: { provider: 'secrets', name: 'mode', secret: TEXT } })).status).toBe(200);
    const deployed = await call('POST', '/applications', { token: operator, body: { text: blueprint } });
    expect(deployed.status).toBe(200);
    const { applicationId } = JSON.parse(deployed.text);
    const listed = await call('GET', '/secrets');
    expect(JSON.parse(listed.text)).toMatchObject([
      { provider: 'secrets', name: 'mode', setBy: expect.any(String), applications: ['hello'] },
    ]);
    expect(listed.text).not.toContain('sealed');
    const removed = await call('DELETE', '/secrets/item?provider=secrets&name=mode');
    expect([removed.status, removed.text]).toEqual([409, expect.stringContaining('box of hello')]);
    const answers = [
      listed,
      await call('GET', `/applications/${applicationId}`),
      await call('GET', `/applications/${applicationId}/generations`),
      await call('GET', `/applications/${applicationId}/export?as=camp`),
      await call('GET', '/audit?limit=100'),
    ];
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).not.toContain(TEXT);
    }
    expect(answers[4]?.text).toContain('\\"secret\\":\\"***\\"');
    expect(answers[3]?.text).toContain('external(');
    const files = (await readdir(server.dataDirectory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    for (const file of files) expect((await readFile(path.join(file.parentPath, file.name))).includes(TEXT)).toBe(false);
  });
});
