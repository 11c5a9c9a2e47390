import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MailMessage, WebhookRequest } from '../../domain/adjunct/notification.ts';
import { ownAddress } from '../../testing/own-address.ts';
import { createNotifier } from './create-notifier.ts';

const notifier = createNotifier();
const address = ownAddress();
const heard: { readonly request: IncomingMessage; readonly body: string }[] = [];
const mails: string[] = [];
let web: Server;
let smtp: TcpServer;

beforeAll(async () => {
  web = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    heard.push({ request, body });
    response.writeHead(Number(request.url?.slice(1)) || 200, { location: 'http://127.0.0.1/' }).end();
  });
  smtp = createTcpServer(serveSmtp);
  await Promise.all([web, smtp].map((server) => new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))));
});

afterAll(() => Promise.all([web, smtp].map((server) => new Promise((resolve) => server.close(resolve)))));

/** As much of SMTP as one mail needs. */
function serveSmtp(socket: import('node:net').Socket): void {
  let data: string | null = null;
  socket.on('error', () => undefined);
  socket.write('220 test\r\n');
  socket.on('data', (chunk) => {
    if (data !== null) data += String(chunk);
    if (data?.endsWith('\r\n.\r\n')) {
      mails.push(data);
      data = null;
      socket.write('250 taken\r\n');
      return;
    }
    if (data !== null) return;
    const line = String(chunk).trim();
    if (line.startsWith('EHLO')) socket.write('250-test\r\n250 SIZE 100000\r\n');
    else if (line === 'STARTTLS') socket.write('502 not here\r\n');
    else if (line.includes('nobody@')) socket.write('550 no such user\r\n');
    else if (line === 'DATA') {
      data = '';
      socket.write('354 go on\r\n');
    } else if (line === 'QUIT') socket.end('221 bye\r\n');
    else socket.write('250 ok\r\n');
  });
}

const portOf = (server: Server | TcpServer): number => (server.address() as AddressInfo).port;
const hook = (path: string, host = address): WebhookRequest => ({
  id: 'web-firing-1',
  url: `http://${host}:${portOf(web)}${path}`,
  headers: { authorization: 'Bearer x' },
  body: { state: 'firing' },
});
const mail = (fields: Partial<MailMessage> = {}, host = address ?? ''): MailMessage => ({
  id: 'web-firing-1',
  server: { host, port: portOf(smtp), security: 'none', user: null, password: null },
  from: 'clocker@example.org',
  to: ['ops@example.org'],
  subject: 'Load is high\r\nBcc: eve@example.org',
  text: 'Load is 25',
  ...fields,
});

describe('a webhook', () => {
  it('is posted once, with an id by which a second is known', async () => {
    expect(await notifier.post(hook('/'))).toBeNull();
    expect(heard.map(({ body }) => body)).toEqual(['{"state":"firing"}']);
    expect(heard[0]?.request).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json', 'idempotency-key': 'web-firing-1' },
    });
  });

  it.each([
    ['/500', { why: 'it answers 500 Internal Server Error', retryable: true }],
    ['/404', { why: 'it answers 404 Not Found', retryable: false }],
    ['/302', { why: 'it leads elsewhere (302 Found): give the URL that it leads to', retryable: false }],
  ])('that answers as %s is refused, and says so', async (path, refusal) => {
    expect(await notifier.post(hook(path))).toEqual(refusal);
  });

  it.each(['127.0.0.1', '[::1]', '169.254.169.254', '0.0.0.0', 'localhost'])('is never posted to %s', async (host) => {
    const before = heard.length;
    expect(await notifier.post(hook('/', host))).toMatchObject({ why: expect.stringMatching(/own machine|metadata/), retryable: false });
    expect(heard).toHaveLength(before);
  });

  it('tells that nobody answers', async () => {
    expect(await notifier.post({ ...hook('/'), url: `http://${address}:1/` })).toEqual({
      why: 'it cannot be reached (ECONNREFUSED)',
      retryable: true,
    });
    expect(await notifier.post({ ...hook('/'), url: 'ftp://example.org/' })).toEqual({
      why: 'its URL is not of http or https',
      retryable: false,
    });
  });
});

describe('a mail', () => {
  it('is given to its server, and its texts make no headers', async () => {
    expect(await notifier.mail(mail())).toBeNull();
    expect(mails[0]).toMatch(/^Message-ID: <web-firing-1@clocker>/m);
    expect(mails[0]).toContain('Load is 25');
    expect(mails[0]).not.toMatch(/^Bcc:/m);
  });

  it('is refused where its server refuses it, and where TLS is wanted and not there', async () => {
    expect(await notifier.mail(mail({ to: ['nobody@example.org'] }))).toEqual({ why: 'it answers 550', retryable: false });
    const server = { ...mail().server, security: 'starttls' } as const;
    expect(await notifier.mail(mail({ server }))).toMatchObject({ why: 'it offers no TLS that can be trusted', retryable: false });
  });

  it('is never given to the console’s own machine', async () => {
    expect(await notifier.mail(mail({}, '127.0.0.1'))).toMatchObject({ why: expect.stringMatching(/own machine/), retryable: false });
  });
});
