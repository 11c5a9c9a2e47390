import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upgradeStatus } from '../testing/api-caller.ts';
import { putSampleEstate, SAMPLE_SECRET } from '../testing/sample-records.ts';
import { PASSWORD, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let cookie: string;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  await putSampleEstate(server.services.engine.store, 'shown');
  token = (await server.user('admin', [{ role: 'admin', scope: 'system' }])).token;
  const response = await post('/api/auth/sign-in/username', { username: 'admin', password: PASSWORD });
  expect(response.status).toBe(200);
  cookie = response.headers
    .getSetCookie()
    .map((text) => text.split(';', 1)[0])
    .join('; ');
});

afterAll(async () => server?.stop());

function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** Status of a request with headers that `fetch` would not send. */
function rawStatus(path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${server.url}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the HTTP server', () => {
  it('lets a browser of its own origin in by cookie', async () => {
    expect((await post('/trpc/cloud.create', { name: 'east' }, { cookie, origin: server.url })).status).toBe(200);
  });

  it('refuses changes that another site asks for', async () => {
    expect((await post('/trpc/cloud.create', { name: 'west' }, { cookie, origin: 'http://evil.example' })).status).toBe(403);
    expect((await post('/api/v1/clouds', { name: 'west' }, { cookie, origin: 'null' })).status).toBe(403);
    expect((await post('/trpc/cloud.create', { name: 'west' }, { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('refuses requests under a name that is not its own', async () => {
    expect(await rawStatus('/trpc/setup.status', { host: 'evil.example' })).toBe(421);
    expect(await rawStatus('/healthz', { host: 'probe.example' })).toBe(200);
  });

  it('opens web sockets to those who are signed in, from its own origin only', async () => {
    expect(await upgradeStatus(server.url, {})).toBe(401);
    expect(await upgradeStatus(server.url, { cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await upgradeStatus(server.url, { cookie, origin: server.url })).toBe(101);
    expect(await upgradeStatus(server.url, { authorization: `Bearer ${token}` })).toBe(101);
  });

  it('refuses bodies over 4 MiB', async () => {
    const answer = await post('/trpc/application.plan', { text: 'x'.repeat(5 * 1_048_576) }, { authorization: `Bearer ${token}` });
    expect(answer.status).toBe(413);
  });

  it('takes larger bodies for files that images are built from, from who is signed in', async () => {
    const body = { archive: 'A'.repeat(5 * 1_048_576) };
    const headers = { authorization: `Bearer ${token}` };
    const taken = await post('/api/v1/contexts', body, headers);
    expect([taken.status, await taken.text()]).toEqual([400, expect.stringContaining('no zip archive')]);
    expect((await post('/trpc/context.put', body, headers)).status).toBe(400);
    expect((await post('/trpc/context.put', body)).status).toBe(401);
    expect((await post('/trpc/context.put', { archive: 'A'.repeat(30 * 1_048_576) }, headers)).status).toBe(413);
  });

  it('tells health, metrics and its own description', async () => {
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok', problem: null });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    for (const name of [
      'process_cpu_seconds_total',
      'clocker_engine_queue_size',
      'clocker_hosts{state="refused"} 1',
      'clocker_ws_clients',
      'clocker_store_commits_total',
    ]) {
      expect(metrics).toContain(name);
    }
    expect(await (await fetch(`${server.url}/api/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
  });

  it('never shows a secret of the config', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const [application] = await (await fetch(`${server.url}/api/v1/applications`, { headers })).json();
    for (const path of ['', `/${application.id}`, `/${application.id}/generations`]) {
      const text = await (await fetch(`${server.url}/api/v1/applications${path}`, { headers })).text();
      expect(text).toContain('***');
      expect(text).not.toContain(SAMPLE_SECRET);
    }
  });

  it('answers errors with code and hint, and nothing about its inside', async () => {
    const answer = await (await post('/api/v1/clouds', { name: 'Not A Name' }, { authorization: `Bearer ${token}` })).json();
    expect(answer.error).toMatchObject({ code: 'input.invalid', fields: [{ path: 'name' }] });
    expect(JSON.stringify(answer)).not.toMatch(/stack|node_modules|\.ts/);
  });

  it('reads numbers of a query string as numbers', async () => {
    const headers = { authorization: `Bearer ${token}` };
    expect(await (await fetch(`${server.url}/api/v1/tasks?limit=1`, { headers })).json()).toHaveLength(1);
    expect((await fetch(`${server.url}/api/v1/tasks?limit=one`, { headers })).status).toBe(400);
  });

  it('records who signed in, and who failed to', async () => {
    await post('/api/auth/sign-in/username', { username: 'admin', password: 'not the password' });
    const entries = await server.services.audit.list({ before: null, limit: 100 });
    const signIns = entries.filter(({ action }) => action === 'session.signIn').map(({ actor, outcome }) => `${actor} ${outcome}`);
    expect(signIns).toEqual(['anonymous denied', 'admin ok']);
  });

  it('records refused changes of anonymous callers without their secrets', async () => {
    await post('/trpc/user.create', { username: 'eve', password: 'let me in, please' });
    const [entry] = await server.services.audit.list({ before: null, limit: 1 });
    expect(entry).toMatchObject({
      actor: 'anonymous',
      action: 'user.create',
      outcome: 'denied',
      remote: expect.stringContaining('127.0.0.1'),
    });
    expect(entry?.detail).toBe('{"username":"eve","password":"***"}');
  });

  it('shows metrics to this machine; behind a proxy only with a token', async () => {
    expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
    const forwarded = { 'x-forwarded-for': '203.0.113.9' };
    expect((await fetch(`${server.url}/metrics`, { headers: forwarded })).status).toBe(401);
    expect((await fetch(`${server.url}/metrics`, { headers: { ...forwarded, authorization: `Bearer ${token}` } })).status).toBe(200);
  });

  it('limits attempts to guess a password', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 14; n += 1)
      statuses.push((await post('/api/auth/sign-in/username', { username: 'admin', password: `wrong ${n}` })).status);
    expect(statuses).toContain(401);
    expect(statuses.at(-1)).toBe(429);
  });
});
