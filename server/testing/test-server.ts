import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLog } from '../adapters/log/create-log.ts';
import type { ApiServices } from '../api/request-context.ts';
import { readConfig } from '../config.ts';
import { startServer } from '../main.ts';
import type { RoleBinding } from '../ports/auth.ts';

export interface TestServer {
  readonly url: string;
  readonly services: ApiServices;
  readonly dataDirectory: string;
  /** The bearer token of a new user with these roles. */
  user(username: string, bindings: readonly RoleBinding[]): Promise<TestUser>;
  stop(): Promise<void>;
}

export interface TestUser {
  readonly userId: string;
  readonly username: string;
  readonly token: string;
  readonly tokenId: string;
}

export const PASSWORD = 'a sentence is easy to remember';

/** A whole server on a real SQLite database in a fresh directory, without pages, on a free port. */
export async function startTestServer(environment: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const dataDirectory = await mkdtemp(path.join(tmpdir(), 'clocker-test-'));
  const config = readConfig({ CLOCKER_DATA: dataDirectory, PORT: '0', CLOCKER_CONSOLE: 'off', ...environment });
  const server = await startServer(config, createLog({ level: 'error' }));
  const { services, url } = server;
  return {
    url,
    services,
    dataDirectory,
    async user(username, bindings) {
      const { id } = await services.auth.createUser({ username, name: username, password: PASSWORD, bindings });
      const [binding] = bindings;
      if (!binding) throw new Error('a test user needs a role');
      const { token, view } = await services.auth.createToken({ userId: id, name: 'test', ...binding, expiresInDays: 1 });
      return { userId: id, username, token, tokenId: view.id };
    },
    async stop() {
      await server.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
