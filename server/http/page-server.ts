import { access } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { ClockerError } from '../domain/shared/clocker-error.ts';

/** Renders the console's pages. */
export interface PageServer {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Hot reload; only in development. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** @throws ClockerError input.invalid when the pages were not built. */
export async function createPageServer(options: {
  readonly root: string;
  readonly development: boolean;
  readonly port: number;
}): Promise<PageServer> {
  const { root, development, port } = options;
  if (!development) await requireBuild(root);
  // Loaded only where pages are served: it is the largest part of the process.
  const { default: next } = await import('next');
  // The page renderer adds its own upgrade listener to the server it is given. This one never listens: all upgrades stay ours, and
  // those of hot reload are handed on by telling it of them.
  const upgrades = createServer();
  const app = next({ dev: development, dir: root, hostname: 'localhost', port, httpServer: upgrades });
  await app.prepare();
  return {
    handle: app.getRequestHandler(),
    upgrade(request, socket, head) {
      if (!upgrades.emit('upgrade', request, socket, head)) socket.destroy();
    },
    close: () => app.close(),
  };
}

async function requireBuild(root: string): Promise<void> {
  const built = await access(path.join(root, '.next', 'BUILD_ID')).then(
    () => true,
    () => false,
  );
  if (built) return;
  throw new ClockerError('input.invalid', {
    message: 'The console is not built: there is no .next/BUILD_ID',
    hint: 'Run `npm run build`, then `npm start`. `npm run dev` needs no build; CLOCKER_CONSOLE=off serves the API alone.',
  });
}
