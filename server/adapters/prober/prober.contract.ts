import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect, createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AskOptions, NetworkProbe } from '../../ports/prober.ts';
import { ownAddress } from '../../testing/own-address.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createProber } from './create-prober.ts';

const run = promisify(execFile);
const prober = createProber(createSystemClock());
const open: Server[] = [];
let address = '';
let folder = '';
let httpPort = 0;
let httpsPort = 0;
const seen: { method?: string | undefined; headers?: NodeJS.Dict<string | string[]>; body?: string } = {};

const portOf = async (server: Pick<Server, 'listen' | 'address'>, host = '0.0.0.0'): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, host, () => resolve()));
  return (server.address() as AddressInfo).port;
};

const ask = (probe: NetworkProbe, given: Partial<AskOptions> = {}) =>
  prober.ask(probe, { timeoutMs: 5_000, ownMachine: false, signal: new AbortController().signal, ...given });
const get = (url: string, more: Partial<Extract<NetworkProbe, { kind: 'http' }>> = {}): NetworkProbe => {
  return { kind: 'http', url, method: 'GET', headers: {}, ...more };
};

beforeAll(async () => {
  address = ownAddress();
  folder = await mkdtemp(path.join(tmpdir(), 'clocker-prober-'));
  const [key, cert] = [path.join(folder, 'key'), path.join(folder, 'cert')];
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    '-subj',
    '/CN=shop.test',
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  const http = createServer((request, response) => {
    if (request.url === '/never') return;
    if (request.url === '/large') return void response.end(Buffer.alloc(1_048_577));
    if (request.url === '/away') return void response.writeHead(302, { location: '/' }).end();
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      Object.assign(seen, { method: request.method, headers: request.headers, body });
      response.writeHead(request.url === '/sick' ? 503 : 200, { 'x-load': '7' }).end('{"users": 3}');
    });
  });
  const https = createHttps({ key: await readFile(key), cert: await readFile(cert) }, (_, response) => response.end('secret'));
  open.push(http, https as unknown as Server);
  httpPort = await portOf(http);
  httpsPort = await portOf(https as unknown as Server);
});

afterAll(async () => {
  for (const server of open) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true, force: true });
});

describe('asking a web server', () => {
  it('gives status, headers and body, and how long it took', async () => {
    const answer = await ask(get(`http://${address}:${httpPort}/`));
    expect(answer).toMatchObject({ kind: 'http', status: 200, headers: { 'x-load': '7' }, body: '{"users": 3}' });
    expect(answer.tookMs).toBeGreaterThan(0);
    expect(await ask(get(`http://${address}:${httpPort}/sick`))).toMatchObject({ kind: 'http', status: 503 });
  });

  it('sends method, headers and body', async () => {
    await ask(get(`http://${address}:${httpPort}/`, { method: 'POST', headers: { Authorization: 'Bearer x' }, body: 'häh' }));
    expect(seen).toMatchObject({ method: 'POST', headers: { authorization: 'Bearer x' }, body: 'häh' });
  });

  it('logs in where it is told to', async () => {
    await ask(get(`http://${address}:${httpPort}/`, { login: { user: 'ann', password: 'pässword' } }));
    expect(seen.headers?.authorization).toBe(`Basic ${Buffer.from('ann:pässword').toString('base64')}`);
  });

  it('takes a redirect as the answer', async () => {
    expect(await ask(get(`http://${address}:${httpPort}/away`))).toMatchObject({ status: 302 });
  });

  it.each([
    ['/large', 'its answer is larger than 1 MiB'],
    ['/never', 'nothing came within 0.3 s'],
  ])('says of %s: %s', async (where, problem) => {
    expect(await ask(get(`http://${address}:${httpPort}${where}`), { timeoutMs: 300 })).toMatchObject({ kind: 'failed', problem });
  });

  it('ends with its signal', async () => {
    const answer = ask(get(`http://${address}:${httpPort}/never`), { signal: AbortSignal.timeout(100) });
    expect(await answer).toMatchObject({ kind: 'failed' });
  });

  it('believes no certificate that nobody trusts, unless told to', async () => {
    const url = `https://${address}:${httpsPort}/`;
    expect(await ask(get(url))).toMatchObject({ kind: 'failed', problem: 'its certificate is signed by itself' });
    expect(await ask(get(url, { insecure: true }))).toMatchObject({ kind: 'http', body: 'secret' });
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:1/',
    'http://[::ffff:127.0.0.1]/',
    'http://localhost:1/',
    'http://0.0.0.0/',
  ])('does not ask %s', async (url) => {
    expect(await ask(get(url))).toMatchObject({ kind: 'failed', problem: expect.stringContaining('is not asked') });
  });

  it('asks its own machine where that is itself a host', async () => {
    expect(await ask(get(`http://127.0.0.1:${httpPort}/`), { ownMachine: true })).toMatchObject({ status: 200 });
    expect(await ask(get('http://169.254.169.254/'), { ownMachine: true })).toMatchObject({ kind: 'failed' });
  });
});

describe('asking a socket', () => {
  it('tells whether somebody listens', async () => {
    const tcp = createTcp();
    const port = await portOf(tcp as unknown as Server);
    expect(await ask({ kind: 'tcp', host: address, port })).toMatchObject({ kind: 'tcp' });
    await new Promise((resolve) => tcp.close(resolve));
    expect(await ask({ kind: 'tcp', host: address, port })).toMatchObject({ kind: 'failed', problem: 'nothing listens there' });
  });

  it('tells whose certificate a server shows and when it ends', async () => {
    const probe = { kind: 'tls', host: address, port: httpsPort } as const;
    expect(await ask(probe)).toMatchObject({ kind: 'failed', problem: 'its certificate is signed by itself' });
    const answer = await ask({ ...probe, insecure: true });
    expect(answer).toMatchObject({ kind: 'tls', subject: 'shop.test' });
    const days = answer.kind === 'tls' ? (answer.validUntil - Date.now()) / 86_400_000 : 0;
    expect(days).toBeGreaterThan(28);
    expect(days).toBeLessThan(31);
  });

  it('says that no TLS is spoken there', async () => {
    expect(await ask({ kind: 'tls', host: address, port: httpPort, insecure: true })).toMatchObject({ kind: 'failed' });
  });
});

describe('asking through a host', () => {
  /** Dials from here, as a host does. */
  const createDialer = () => {
    const dialled: string[] = [];
    const dial = (to: string, port: number) => {
      dialled.push(`${to}:${port}`);
      return connect({ host: to, port });
    };
    return { dialled, through: { dial } };
  };

  it('keeps one connection for all questions to one address, and opens another where that was closed', async () => {
    const { dialled, through } = createDialer();
    for (let n = 0; n < 5; n += 1) expect(await ask(get(`http://127.0.0.1:${httpPort}/`), { through })).toMatchObject({ status: 200 });
    expect(dialled).toEqual([`127.0.0.1:${httpPort}`]);
    for (const server of open) server.closeAllConnections();
    expect(await ask(get(`http://127.0.0.1:${httpPort}/`), { through })).toMatchObject({ status: 200, body: '{"users": 3}' });
    expect(dialled).toHaveLength(2);
  });

  it('asks sockets and TLS there too, and says what does not answer', async () => {
    const { through } = createDialer();
    expect(await ask({ kind: 'tcp', host: '127.0.0.1', port: httpPort }, { through })).toMatchObject({ kind: 'tcp' });
    const tls = { kind: 'tls', host: '127.0.0.1', port: httpsPort, insecure: true } as const;
    expect(await ask(tls, { through })).toMatchObject({ kind: 'tls', subject: 'shop.test' });
    expect(await ask(get(`https://127.0.0.1:${httpsPort}/`, { insecure: true }), { through })).toMatchObject({ body: 'secret' });
    expect(await ask(get('http://127.0.0.1:1/'), { through })).toMatchObject({ kind: 'failed', problem: 'nothing listens there' });
  });
});
