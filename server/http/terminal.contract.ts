import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTPUT_WINDOW_BYTES } from '../domain/terminal/terminal-message.ts';
import { type ContainerConsole, openContainerConsole } from '../testing/container-console.ts';
import type { RealConsole } from '../testing/real-console.ts';
import { docker, type OwnDockerd } from '../testing/real-engine.ts';
import type { RealSshd } from '../testing/real-sshd.ts';
import type { RealWorld } from '../testing/real-world.ts';
import { openTerminalClient, terminalUpgradeStatus } from '../testing/terminal-client.ts';

const IDLE_MS = 8_000;
const ON_SYSTEM = { scope: 'system' } as const;
let console: ContainerConsole;
let dockerd: OwnDockerd;
let sshd: RealSshd;
let world: RealWorld;
let server: RealConsole;
let entityId: string;
let container: string;
let operator: { readonly token: string; readonly userId: string; readonly tokenId: string };
let admin: string;
let viewer: string;

beforeAll(async () => {
  console = await openContainerConsole(['sleep', '600'], { terminalIdleMs: IDLE_MS });
  ({ dockerd, sshd, world, server, entityId } = console);
  container = world.open.store.view.instancesOf(entityId)[0]?.containerName ?? '';
  operator = await server.user('olga', { role: 'operator', ...ON_SYSTEM });
  ({ token: admin } = await server.user('ada', { role: 'admin', ...ON_SYSTEM }));
  ({ token: viewer } = await server.user('vera', { role: 'viewer', ...ON_SYSTEM }));
});

afterAll(async () => console?.close());

async function post(path: string, token: string, body: object = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function ticketFor(token: string, body: object = {}): Promise<string> {
  const answer = await post(`/entities/${entityId}/terminal`, token, body);
  expect(answer.status).toBe(200);
  return String(answer.body.ticket);
}

async function open(token: string = operator.token, body: object = {}) {
  const client = await openTerminalClient(server.url, { token, ticket: await ticketFor(token, body) });
  await client.opened;
  return client;
}

async function audited(): Promise<readonly string[]> {
  const entries = await server.services.audit.list({ before: null, limit: 20 });
  return entries
    .filter(({ action }) => action.startsWith('terminal.'))
    .map((one) => `${one.actor} ${one.action} ${one.outcome} ${one.detail}`);
}

const processes = () => docker(dockerd.socketPath, ['exec', container, 'ps', '-o', 'args']);

describe('a terminal in a container', () => {
  it('is a shell of the size that the page has, and is recorded without what was typed', async () => {
    const client = await openTerminalClient(server.url, {
      token: operator.token,
      ticket: await ticketFor(operator.token, { user: '1000', folder: '/tmp' }),
      size: { columns: 91, rows: 27 },
    });
    expect(await client.opened).toEqual({ kind: 'opened', title: expect.stringMatching(/ on test-host$/), idleMs: IDLE_MS });
    client.type('echo "secret$((40 + 2)) $(id -u) $(pwd)"; stty size\r');
    await client.until('secret42 1000 /tmp');
    await client.until('27 91');
    client.send({ kind: 'resize', columns: 65_535, rows: 2.5 });
    client.type('stty size; exit 4\r');
    await client.until('2 500');
    expect(await client.ended).toEqual({ reason: 'exited', code: 4, error: null });
    await expect.poll(audited).toHaveLength(2);
    const [closed, opened] = await audited();
    expect(opened).toMatch(/^olga terminal\.open ok .*"title":"[^"]+ on test-host".*"user":"1000"/);
    expect(closed).toMatch(/^olga terminal\.close ok .*"reason":"exited","seconds":\d/);
    expect((await audited()).join()).not.toContain('secret');
  });

  it('is refused without its permission, without a session, and from another site', async () => {
    expect((await post(`/entities/${entityId}/terminal`, viewer)).status).toBe(403);
    expect((await post('/hosts/host-1/terminal', operator.token)).status).toBe(403);
    const bearer = { authorization: `Bearer ${operator.token}` };
    expect(await terminalUpgradeStatus(server.url, {})).toBe(401);
    expect(await terminalUpgradeStatus(server.url, { ...bearer, origin: 'http://evil.example' })).toBe(403);
    expect(await terminalUpgradeStatus(server.url, { ...bearer, origin: server.url })).toBe(101);
  });

  it('takes a ticket once, from the session that asked for it', async () => {
    const ticket = await ticketFor(operator.token);
    const first = await openTerminalClient(server.url, { token: operator.token, ticket });
    await first.opened;
    const second = await openTerminalClient(server.url, { token: operator.token, ticket });
    expect(await second.ended).toMatchObject({ reason: 'refused', error: { code: 'auth.forbidden' } });
    first.cut();
    const stolen = await ticketFor(operator.token);
    const thief = await openTerminalClient(server.url, { token: admin, ticket: stolen });
    expect(await thief.ended).toMatchObject({ reason: 'refused', error: { code: 'auth.forbidden' } });
    const late = await openTerminalClient(server.url, { token: operator.token, ticket: stolen });
    expect(await late.ended).toMatchObject({ reason: 'refused' });
    await expect.poll(async () => (await audited()).filter((line) => / terminal\.open denied /.test(line)).length).toBe(3);
  });

  it('does nothing for what comes before the ticket', async () => {
    const before = await processes();
    const eager = await openTerminalClient(server.url, { token: operator.token, ticket: null });
    eager.type('touch /early\r');
    expect(await eager.ended).toMatchObject({ reason: 'refused', error: { code: 'input.invalid' } });
    const wrong = await openTerminalClient(server.url, { token: operator.token, ticket: null });
    wrong.send({ kind: 'resize', columns: 1, rows: 1 });
    expect(await wrong.ended).toMatchObject({ reason: 'refused' });
    expect(await processes()).toBe(before);
  });

  it('waits for a page that is slow, and keeps no more than the window for it', async () => {
    const client = await openTerminalClient(server.url, { token: operator.token, ticket: await ticketFor(operator.token), takes: false });
    await client.opened;
    client.type('dd if=/dev/zero bs=64k count=600; echo the-end\r');
    const settled = async (): Promise<number> => {
      let before = -1;
      while (before !== client.bytes) {
        before = client.bytes;
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
      return before;
    };
    expect(await settled()).toBeLessThan(OUTPUT_WINDOW_BYTES + 128 * 1024);
    client.takeAll();
    await client.until(/the-end\r\n/);
    expect(client.bytes).toBeGreaterThan(39_000_000);
    client.cut();
  });

  it('takes a long paste in order, as fast as its program reads', async () => {
    const client = await open();
    client.type('stty -echo -icanon; head -c 300000 | md5sum\r');
    await client.until('md5sum');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const text = Array.from({ length: 300_000 }, (_, at) => String(at % 10)).join('');
    // Within the window, as the page does.
    for (let at = 0; at < text.length; at += 20_000) {
      client.type(text.slice(at, at + 20_000));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await client.until(/[0-9a-f]{32}/);
    const { createHash } = await import('node:crypto');
    expect(client.text).toContain(createHash('md5').update(text).digest('hex'));
    client.cut();
  });

  it('hangs its shell up when the page goes', async () => {
    const client = await open();
    client.type('sleep 4242\r');
    await expect.poll(processes).toContain('sleep 4242');
    client.cut();
    await expect.poll(processes).not.toContain('sleep 4242');
    await expect.poll(async () => (await audited())[0]).toMatch(/olga terminal\.close ok .*"reason":"closed"/);
  });

  it('is closed when nobody types', async () => {
    const client = await open();
    const startedAt = performance.now();
    expect(await client.ended).toMatchObject({ reason: 'idle' });
    expect(performance.now() - startedAt).toBeGreaterThan(IDLE_MS - 500);
  });

  it('is closed when its user loses the role', async () => {
    const { token, userId } = await server.user('otto', { role: 'operator', ...ON_SYSTEM });
    const client = await open(token);
    await server.services.auth.setBindings(userId, [{ role: 'viewer', scope: 'system' }]);
    expect(await client.ended).toMatchObject({ reason: 'signed-out' });
  });

  it('stays open when another session of its user ends', async () => {
    const client = await open();
    const other = await server.services.auth.createToken({
      userId: operator.userId,
      name: 'x',
      role: 'viewer',
      ...ON_SYSTEM,
      expiresInDays: 1,
    });
    await server.services.auth.revokeToken(operator.userId, other.view.id);
    client.type('echo still-$((1 + 1))\r');
    await client.until('still-2');
    client.cut();
  });

  it('ends with the connection to its host, where its shell is hung up once that is back', async () => {
    const client = await open();
    client.type('sleep 4545\r');
    await expect.poll(processes).toContain('sleep 4545');
    await sshd.cutConnections();
    expect(await client.ended).toMatchObject({ reason: 'gone', error: { code: 'host.lost' } });
    await expect.poll(processes, { timeout: 30_000 }).not.toContain('sleep 4545');
  });

  it('ends with its container, and says so', async () => {
    const client = await open();
    await client.until(/[#$] /);
    await docker(dockerd.socketPath, ['kill', container]);
    expect(await client.ended).toMatchObject({ reason: 'gone', error: { code: 'container.not-ready' } });
    await world.until(
      'another one runs',
      () => world.open.store.view.get('entity', entityId)?.actual === 'RUNNING' && names() !== container,
    );
    container = names();
  });
});

function names(): string {
  const { view } = world.open.store;
  const entity = view.get('entity', entityId);
  return (entity?.instanceId ? view.get('instance', entity.instanceId)?.containerName : undefined) ?? '';
}

describe('a terminal on a host', () => {
  const openHost = async () => {
    const { body } = await post('/hosts/host-1/terminal', admin);
    const client = await openTerminalClient(server.url, { token: admin, ticket: String(body.ticket) });
    await client.opened;
    return client;
  };

  it('is the login shell of its user, on the one connection', async () => {
    const client = await openHost();
    client.type('echo "host-$((6 * 7))"; exit 2\r');
    await client.until('host-42');
    expect(await client.ended).toEqual({ reason: 'exited', code: 2, error: null });
  });

  it('ends with the connection, and says so', async () => {
    const client = await openHost();
    await client.until(/[#$] /);
    await sshd.cutConnections();
    expect(await client.ended).toMatchObject({ reason: 'gone', error: { code: 'host.lost' } });
  });
});
