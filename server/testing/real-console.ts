import { createAuth } from '../adapters/auth/create-auth.ts';
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { createUlids } from '../adapters/clock/ulid.ts';
import { createRecordViews } from '../api/masking/record-views.ts';
import type { ApiServices } from '../api/request-context.ts';
import { createTerminalTickets } from '../engine/terminals/terminal-tickets.ts';
import { startHttpServer } from '../http.ts';
import type { RoleBinding } from '../ports/auth.ts';
import { quietLog } from './quiet-log.ts';
import type { RealWorld } from './real-world.ts';
import { PASSWORD } from './test-server.ts';

export interface RealConsole {
  readonly url: string;
  readonly services: ApiServices;
  /** Bearer token of a new user. */
  user(username: string, binding: RoleBinding): Promise<{ readonly userId: string; readonly token: string; readonly tokenId: string }>;
  close(): Promise<void>;
}

/** The API of an engine that works on a real host, on a free port. */
export async function openRealConsole(
  { engine, open }: RealWorld,
  { terminalIdleMs = 60_000, artifacts = '/nonexistent' } = {},
): Promise<RealConsole> {
  const clock = createSystemClock();
  const { auth, authHandler } = await createAuth({
    db: open.db,
    dialect: open.dialect,
    baseURL: 'http://127.0.0.1',
    trustedOrigins: [],
    secret: 'c2VjcmV0IG9mIHRlc3RzIHRoYXQgaXMgbG9uZyBlbm91Z2g=',
    clock,
    ids: createUlids(clock),
    log: quietLog(),
    cloudOf: () => undefined,
  });
  const services: ApiServices = {
    engine: engine.context,
    auth,
    audit: open.audit,
    tickets: createTerminalTickets(clock),
    log: quietLog(),
    views: createRecordViews(engine.context.plugins),
    about: { version: 'test', store: open.dialect, startedAt: clock.now() },
  };
  const http = await startHttpServer({
    services,
    hostCounters: engine.hosts.counters,
    authHandler,
    pages: null,
    health: () => null,
    listen: { host: '127.0.0.1', port: 0 },
    artifacts,
    publicUrl: null,
    insecure: false,
    terminalIdleMs,
    development: false,
  });
  return {
    url: http.url,
    services,
    async user(username, binding) {
      const { id } = await auth.createUser({ username, name: username, password: PASSWORD, bindings: [binding] });
      const { token, view } = await auth.createToken({ userId: id, name: 'test', ...binding, expiresInDays: 1 });
      return { userId: id, token, tokenId: view.id };
    },
    close: () => http.close(),
  };
}
