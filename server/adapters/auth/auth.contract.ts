import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Auth } from '../../ports/auth.ts';
import { type PostgresCluster, startPostgres } from '../../testing/postgres.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createUlids } from '../clock/ulid.ts';
import { createSecrets } from '../secrets/create-secrets.ts';
import { createStore, type OpenStore } from '../store/create-store.ts';
import { createAuth } from './create-auth.ts';

const PASSWORD = 'correct horse battery';
const DAY_MS = 24 * 3600 * 1000;

/** A plane's accounts behind a real HTTP server. */
interface Plane {
  readonly auth: Auth;
  readonly store: OpenStore;
  readonly origin: string;
  /** Lets the next requests come from another address. */
  moveTo(address: string): void;
  /** Moves the clock that tokens are judged by. */
  forward(ms: number): void;
  stop(): Promise<void>;
}

let addresses = 0;

async function openPlane(database: { readonly path: string } | { readonly url: string }, keys: string): Promise<Plane> {
  const log = quietLog();
  const system = createSystemClock();
  let offsetMs = 0;
  const clock = { ...system, now: () => system.now() + offsetMs };
  const secrets = createSecrets({ file: path.join(keys, 'key'), log });
  const store = await createStore({ ...database, log, clock, secrets });
  const server = createServer();
  // Each plane is called from an address of its own: limits are kept for each address.
  addresses += 1;
  const host = `127.0.0.${addresses + 1}`;
  let caller = host;
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const { auth, authHandler } = await createAuth({
    db: store.db,
    dialect: store.dialect,
    baseURL: origin,
    trustedOrigins: [],
    secret: secrets.derive('auth'),
    clock,
    ids: createUlids(clock),
    log,
    cloudOf: (applicationId) => (applicationId === 'shop' ? 'east' : undefined),
  });
  server.on('request', (request, response) => {
    Object.defineProperty(request.socket, 'remoteAddress', { value: caller, configurable: true });
    void authHandler(request, response);
  });
  const forward = (ms: number) => {
    offsetMs += ms;
  };
  const moveTo = (address: string) => {
    caller = address;
  };
  return { auth, store, origin, moveTo, forward, stop: () => stop(server, store) };
}

async function stop(server: Server, store: OpenStore): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await store.close();
}

async function firstAdmin({ auth }: Plane): Promise<string> {
  const token = (await auth.setupToken()) ?? '';
  await auth.createFirstAdmin({ token, username: 'root', name: 'Root', password: PASSWORD });
  return (await auth.listUsers())[0]?.id ?? '';
}

function post(plane: Plane, route: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${plane.origin}/api/auth/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: plane.origin, ...headers },
    body: JSON.stringify(body),
  });
}

async function signIn(plane: Plane, username: string, password = PASSWORD): Promise<Headers> {
  const response = await post(plane, 'sign-in/username', { username, password });
  expect(response.status).toBe(200);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return new Headers({ cookie });
}

const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}` });

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.stop());

describe.each(['sqlite', 'postgres'] as const)('accounts on %s', (dialect) => {
  let directory: string;
  let plane: Plane;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'clocker-auth-'));
    plane = await openPlane(dialect === 'sqlite' ? { path: directory } : { url: await cluster.freshUrl() }, directory);
  });
  afterEach(async () => {
    await plane.stop();
    await rm(directory, { recursive: true });
  });

  it('makes the first administrator with the one-time token, once', async () => {
    const token = (await plane.auth.setupToken()) ?? '';
    expect(token).toMatch(/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
    expect(await plane.auth.setupNeeded()).toBe(true);
    await expect(firstAdminWith('AAAA-AAAA-AAAA-AAAA-AAAA-AAAA')).rejects.toMatchObject({ code: 'auth.forbidden' });
    const both = await Promise.allSettled([firstAdminWith(token, 'one'), firstAdminWith(token.toLowerCase(), 'two')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await plane.auth.setupNeeded()).toBe(false);
    expect(await plane.auth.setupToken()).toBeNull();
    await expect(firstAdminWith(token, 'three')).rejects.toMatchObject({ code: 'auth.forbidden' });

    function firstAdminWith(text: string, username = 'root'): Promise<void> {
      return plane.auth.createFirstAdmin({ token: text, username, name: 'Root', password: PASSWORD });
    }
  });

  it('keeps the one-time token good when the password was refused', async () => {
    const token = (await plane.auth.setupToken()) ?? '';
    const short = plane.auth.createFirstAdmin({ token, username: 'root', name: 'Root', password: 'short' });
    await expect(short).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('at least 10') });
    await firstAdmin(plane);
  });

  it('signs in with the right password and knows the caller until sign-out', async () => {
    const userId = await firstAdmin(plane);
    const revoked: string[] = [];
    plane.auth.onRevoked((id) => revoked.push(id));
    const headers = await signIn(plane, 'Root');
    expect(await plane.auth.authenticate(headers)).toEqual({
      userId,
      username: 'root',
      name: 'Root',
      via: 'session',
      sessionId: expect.any(String),
      bindings: [{ role: 'admin', scope: 'system' }],
    });
    expect((await post(plane, 'sign-out', {}, { cookie: headers.get('cookie') ?? '' })).status).toBe(200);
    expect(await plane.auth.authenticate(headers)).toBeNull();
    expect(revoked).toEqual([userId]);
  });

  it('gives a cookie that scripts cannot read and other sites cannot send along', async () => {
    await firstAdmin(plane);
    const response = await post(plane, 'sign-in/username', { username: 'root', password: PASSWORD });
    expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/i);
  });

  it('answers a wrong password and an unknown user alike', async () => {
    await firstAdmin(plane);
    const wrong = await post(plane, 'sign-in/username', { username: 'root', password: 'wrong password' });
    const unknown = await post(plane, 'sign-in/username', { username: 'nobody', password: 'wrong password' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  it('slows down guessing of passwords with 429', async () => {
    await firstAdmin(plane);
    const answers = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      answers.push((await post(plane, 'sign-in/username', { username: 'root', password: `guess number ${attempt}` })).status);
    }
    expect(answers).toEqual([...Array(10).fill(401), 429, 429]);
  });

  it('slows down guessing from many addresses, but not the user’s own', async () => {
    await firstAdmin(plane);
    const attempt = async (password: string) => (await post(plane, 'sign-in/username', { username: 'root', password })).status;
    plane.moveTo('10.0.0.1');
    expect(await attempt(PASSWORD)).toBe(200);
    const answers = [];
    for (let n = 0; n < 11; n += 1) {
      plane.moveTo(`10.1.0.${n}`);
      answers.push(await attempt(`guess number ${n}`));
    }
    plane.moveTo('10.2.0.1');
    answers.push(await attempt(PASSWORD));
    expect(answers).toEqual([...Array(10).fill(401), 429, 429]);
    plane.moveTo('10.0.0.1');
    expect(await attempt(PASSWORD)).toBe(200);
  });

  it('serves no sign-up, no administration and no account listing', async () => {
    await firstAdmin(plane);
    const { cookie = '' } = Object.fromEntries(await signIn(plane, 'root'));
    const account = { email: 'a@b.example', name: 'A', username: 'mallory', password: PASSWORD };
    for (const route of ['sign-up/email', 'admin/create-user', 'admin/set-role', 'update-user', 'is-username-available', 'sign-in/email']) {
      expect((await post(plane, route, account, { cookie })).status, route).toBe(404);
    }
    expect(await plane.auth.listUsers()).toHaveLength(1);
  });

  it('refuses sign-in from a page of another origin', async () => {
    await firstAdmin(plane);
    const body = { username: 'root', password: PASSWORD };
    const response = await post(plane, 'sign-in/username', body, { origin: 'https://evil.example', cookie: 'a=b' });
    expect(response.status).toBe(403);
  });

  it('knows nobody by missing, malformed or foreign credentials', async () => {
    await firstAdmin(plane);
    const bad = [
      {},
      { cookie: 'clocker.session_token=abc.def' },
      { authorization: 'Bearer' },
      { authorization: `Bearer ck_${'a'.repeat(32)}` },
      { authorization: 'Basic cm9vdDp4' },
    ];
    for (const headers of bad) expect(await plane.auth.authenticate(new Headers(headers as Record<string, string>))).toBeNull();
  });

  it('lets a token act within its own and its user’s role', async () => {
    await firstAdmin(plane);
    const bindings = [{ role: 'operator', scope: 'cloud:east' }] as const;
    const { id } = await plane.auth.createUser({ username: 'olga', name: 'Olga', password: PASSWORD, bindings });
    const make = (role: 'viewer' | 'admin', scope: 'system' | 'application:shop' | 'cloud:west') =>
      plane.auth.createToken({ userId: id, name: 'ci', role, scope, expiresInDays: 1 });
    const wide = await make('admin', 'system');
    const narrow = await make('viewer', 'application:shop');
    expect(wide.token).toMatch(/^ck_[A-Za-z0-9]{32}$/);
    expect((await plane.auth.authenticate(bearer(wide.token)))?.bindings).toEqual(bindings);
    expect((await plane.auth.authenticate(bearer(narrow.token)))?.bindings).toEqual([{ role: 'viewer', scope: 'application:shop' }]);
    await expect(make('viewer', 'cloud:west')).rejects.toMatchObject({ code: 'auth.forbidden' });
    await plane.auth.setBindings(id, []);
    expect(await plane.auth.authenticate(bearer(wide.token))).toBeNull();
  });

  it('keeps a token’s hash only and shows when it was used', async () => {
    const userId = await firstAdmin(plane);
    const { token } = await plane.auth.createToken({ userId, name: 'ci', role: 'viewer', scope: 'system', expiresInDays: 30 });
    const rows = JSON.stringify(
      await (plane.store.db as never as { selectFrom(table: string): Rows }).selectFrom('api_token').selectAll().execute(),
    );
    expect(rows).not.toContain(token.slice(12));
    expect((await plane.auth.listTokens(userId))[0]).toMatchObject({ prefix: token.slice(0, 9), lastUsedAt: null });
    await plane.auth.authenticate(bearer(token));
    await expect.poll(async () => (await plane.auth.listTokens(userId))[0]?.lastUsedAt).toBeGreaterThan(0);
  });

  it('ends a token when it expires or is revoked', async () => {
    const userId = await firstAdmin(plane);
    const revoked: string[] = [];
    plane.auth.onRevoked((id) => revoked.push(id));
    const make = () => plane.auth.createToken({ userId, name: 'ci', role: 'admin', scope: 'system', expiresInDays: 1 });
    const [first, second] = [await make(), await make()];
    await expect(plane.auth.revokeToken('somebody-else', first.view.id)).rejects.toMatchObject({ code: 'not-found' });
    await plane.auth.revokeToken(userId, first.view.id);
    expect(await plane.auth.authenticate(bearer(first.token))).toBeNull();
    expect(revoked).toEqual([userId]);
    expect(await plane.auth.authenticate(bearer(second.token))).not.toBeNull();
    plane.forward(DAY_MS + 1);
    expect(await plane.auth.authenticate(bearer(second.token))).toBeNull();
  });

  it('always keeps one administrator of the system', async () => {
    const userId = await firstAdmin(plane);
    await expect(plane.auth.setBindings(userId, [{ role: 'viewer', scope: 'system' }])).rejects.toMatchObject({ code: 'conflict' });
    await expect(plane.auth.removeUser(userId)).rejects.toMatchObject({ code: 'conflict' });
    const admin = [{ role: 'admin', scope: 'system' }] as const;
    const second = await plane.auth.createUser({ username: 'second', name: 'Second', password: PASSWORD, bindings: admin });
    const both = await Promise.allSettled([plane.auth.removeUser(userId), plane.auth.removeUser(second.id)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await plane.auth.listUsers()).toHaveLength(1);
  });

  it('ends the sessions and tokens of a removed user', async () => {
    await firstAdmin(plane);
    const bindings = [{ role: 'viewer', scope: 'system' }] as const;
    const { id } = await plane.auth.createUser({ username: 'olga', name: 'Olga', password: PASSWORD, bindings });
    const session = await signIn(plane, 'olga');
    const { token } = await plane.auth.createToken({ userId: id, name: 'ci', role: 'viewer', scope: 'system', expiresInDays: 1 });
    await plane.auth.removeUser(id);
    expect(await plane.auth.authenticate(session)).toBeNull();
    expect(await plane.auth.authenticate(bearer(token))).toBeNull();
  });

  it('refuses a taken user name and a weak password in clear words', async () => {
    await firstAdmin(plane);
    const make = (username: string, password: string) => plane.auth.createUser({ username, name: 'X', password, bindings: [] });
    await expect(make('ROOT', PASSWORD)).rejects.toMatchObject({ code: 'conflict', message: 'The user name "ROOT" is taken' });
    await expect(make('olga', 'too short')).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(make('olga', 'olga-olga-olga')).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(make('olga olga', PASSWORD)).rejects.toMatchObject({ code: 'input.invalid' });
  });

  it('lets a user change the password and ends the other sessions', async () => {
    await firstAdmin(plane);
    const other = await signIn(plane, 'root');
    const own = await signIn(plane, 'root');
    const body = { currentPassword: PASSWORD, newPassword: 'another long password', revokeOtherSessions: true };
    expect((await post(plane, 'change-password', body, { cookie: own.get('cookie') ?? '' })).status).toBe(200);
    expect(await plane.auth.authenticate(other)).toBeNull();
    await signIn(plane, 'root', 'another long password');
  });
});

interface Rows {
  selectAll(): { execute(): Promise<unknown[]> };
}
