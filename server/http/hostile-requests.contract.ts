import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRoutes } from '../api/rest/route.ts';
import { putSampleEstate, type SampleEstate } from '../testing/sample-records.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let shown: SampleEstate;
let foreign: SampleEstate;
let token: string;
let stranger: string;

beforeAll(async () => {
  server = await startTestServer();
  shown = await putSampleEstate(server.services.engine.store, 'shown');
  foreign = await putSampleEstate(server.services.engine.store, 'foreign');
  token = (await server.user('admin', [{ role: 'admin', scope: 'system' }])).token;
  stranger = (await server.user('stranger', [{ role: 'operator', scope: `cloud:${shown.cloudId}` }])).token;
});

afterAll(async () => server?.stop());

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** As written: `fetch` would put the address and the headers right. */
function raw(path: string, options: { method?: string; headers?: Readonly<Record<string, string>>; body?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    const headers = { authorization: `Bearer ${token}`, ...options.headers };
    const sent = request({ host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += String(part);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(options.body);
  });
}

function post(path: string, body: string, as = token): Promise<Answer> {
  return raw(path, { method: 'POST', headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' }, body });
}

/** Bytes on a connection of their own, and the first line of what comes back. */
function spoken(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (data) => {
      resolve(String(data).split('\r\n', 1)[0] ?? '');
      socket.destroy();
    });
    // The server may close the connection while it is still spoken to.
    socket.on('error', () => resolve('closed'));
    socket.on('close', () => resolve('closed'));
  });
}

function expectRefused({ status, text }: Answer, allowed: readonly number[] = [400, 404]): void {
  expect(allowed).toContain(status);
  expect(text).not.toMatch(/\n\s+at |node_modules|\.ts:\d/);
}

/** What stands in a text where an id belongs. */
const IDS: readonly (readonly [string, string])[] = [
  ['of another kind', '01ZZZZZZZZZZZZZZZZZZZZZZZZ'],
  ['a number', '-1'],
  ['a UUID in braces', '%7B6F9619FF-8B86-D011-B42D-00CF4FC964FF%7D'],
  ['a path that climbs', '..%2f..%2fetc%2fpasswd'],
  ['a path of Windows that climbs', '..%5c..%5cboot.ini'],
  ['NUL', '%00'],
  ['half an escape', '%E0%A4%A'],
  ['an emoji', '%F0%9F%9A%80'],
  ['10 KB', 'a'.repeat(10_000)],
  ['a name of JavaScript', '__proto__'],
  ['another name of JavaScript', 'constructor'],
  ['a wildcard', '%25'],
  ['a quote', '%27%20OR%201=1--'],
];

describe('an id in an address', () => {
  const routes = listRoutes().filter(({ method, segments }) => method === 'GET' && segments.some((segment) => segment.startsWith('{')));

  it.each(IDS)('that is %s is answered with 400 or 404', async (_, id) => {
    for (const { segments } of routes) {
      const path = segments.map((segment) => (segment.startsWith('{') ? id : segment)).join('/');
      expectRefused(await raw(`/api/v1/${path}`));
    }
  });

  it('of something foreign is answered as one that is nowhere', async () => {
    const paths = [
      ['applications', foreign.applicationId],
      ['hosts', foreign.hostId],
      ['tasks', foreign.taskId],
    ] as const;
    for (const [kind, id] of paths) {
      const [there, nowhere] = await Promise.all(
        [id, '01ZZZZZZZZZZZZZZZZZZZZZZZZ'].map((one) =>
          raw(`/api/v1/${kind}/${one}`, { headers: { authorization: `Bearer ${stranger}` } }),
        ),
      );
      expect(there?.status).toBe(404);
      expect(there).toEqual(nowhere);
    }
  });
});

describe('a query string', () => {
  it.each([
    'limit=1000000000',
    'limit=-1',
    'limit=0',
    'limit=1.5',
    'limit=1e3',
    'limit=',
    'limit=NaN',
    'limit=%00',
    'sort=__proto__',
    '__proto__=1',
    'constructor=1',
    `applicationId=${'a'.repeat(10_000)}`,
  ])('%s is refused', async (query) => {
    expectRefused(await raw(`/api/v1/tasks?${query.slice(0, 20_000)}`), [400]);
    const [name = '', value] = query.split('=');
    const input = encodeURIComponent(`{"${name}":${JSON.stringify(value)}}`);
    expectRefused(await raw(`/trpc/task.list?input=${input}`), [400]);
  });

  it('of 100 KB is refused before anything is read', async () => {
    expect(await spoken(`GET /api/v1/tasks?applicationId=${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/ 431 |^closed$/);
  });

  it('with wildcards of SQL finds nothing', async () => {
    expect(await raw('/api/v1/tasks?applicationId=%25')).toMatchObject({ status: 200, text: '[]' });
    expect(await raw('/api/v1/tasks?applicationId=_')).toMatchObject({ status: 200, text: '[]' });
  });
});

describe('headers', () => {
  it('do not let anybody in', async () => {
    const headers = { authorization: '', 'x-middleware-subrequest': 'middleware:middleware:middleware', 'x-forwarded-user': 'admin' };
    expectRefused(await raw('/api/v1/applications', { headers }), [401]);
    const forwarded = Array.from({ length: 1000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`).join(',');
    expectRefused(await raw('/api/v1/applications', { headers: { authorization: '', 'x-forwarded-for': forwarded } }), [401]);
  });

  it('of another host, or larger than they may be, are refused', async () => {
    expectRefused(await raw('/api/v1/applications', { headers: { host: 'evil.example' } }), [421]);
    expect(await spoken(`GET /api/v1/applications HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(100_000)}\r\n\r\n`)).toMatch(
      / 431 |^closed$/,
    );
  });

  it('that contradict each other are refused', async () => {
    const { host } = new URL(server.url);
    const head = `POST /api/v1/plans HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n`;
    expect(await spoken(`${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`)).toContain(' 400 ');
    expect(await spoken(`${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toContain(' 400 ');
    expect(await spoken(`GET /api/v1/plans HTTP/9.9\r\nHost: ${host}\r\n\r\n`)).toContain(' 400 ');
    expect(await spoken(`GET http://evil.example/api/v1/plans HTTP/1.1\r\nHost: evil.example\r\n\r\n`)).toContain(' 421 ');
  });
});

describe('a body', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['a number for a text', '{"text":1}'],
    ['a key of JavaScript', '{"text":"a","__proto__":{"polluted":1}}'],
    ['an unknown key', '{"text":"a","sort":"x"}'],
    ['lists nested by the thousand', `{"text":${deep}}`],
    ['lists nested by the thousand for files', `{"text":"a","files":{"a":${deep}}}`],
    ['a name that is hidden', '{"text":"a","name":"\\u202e"}'],
  ])('that is %s is refused', async (_, body) => {
    expectRefused(await post('/api/v1/applications', body), [400]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('with lists nested by the thousand where any value may stand is refused', async () => {
    expectRefused(await post(`/api/v1/entities/${shown.entityId}/effectors`, `{"effector":"restart","parameters":{"a":${deep}}}`), [400]);
    expectRefused(
      await post('/trpc/entity.effector', `{"entityId":"${shown.entityId}","effector":"restart","parameters":{"a":${deep}}}`),
      [400],
    );
  });

  it('that is nested by the million is refused, whoever sends it', async () => {
    const deepest = `{"username":${'['.repeat(1_900_000)}${']'.repeat(1_900_000)}}`;
    expectRefused(await post('/api/v1/users', deepest), [400]);
    expectRefused(await post('/trpc/user.create', deepest), [400]);
    expectRefused(await post('/trpc/user.create', deepest, 'ck_nobody'), [401]);
    expectRefused(await post('/trpc/setup.createAdmin', deepest, 'ck_nobody'), [400]);
    expectRefused(await post('/trpc/user.create', `{"username":${deep}}`, 'ck_nobody'), [401]);
  });

  it('is not lost on the server', async () => {
    expect((await raw('/api/v1/applications')).status).toBe(200);
  });
});
