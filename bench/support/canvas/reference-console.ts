import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { chipPosition, hostSize, placeHosts } from '../../../components/topology/topology-layout.ts';

const PER_HOST = 32;
const REPOSITORY = path.resolve(import.meta.dirname, '../../..');

export interface ReferenceConsole {
  readonly url: string;
  stop(): Promise<void>;
}

/** The same boxes and chips at the same places in a page of nothing but React Flow, told of as many changes. */
export async function startReference(containers: number, { share, hertz }: { share: number; hertz: number }): Promise<ReferenceConsole> {
  const folder = await buildPage();
  const nodes = JSON.stringify(nodesOf(containers));
  const listeners = new Set<ServerResponse>();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://reference');
    if (pathname === '/nodes') return response.end(nodes);
    if (pathname === '/updates') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      listeners.add(response);
      return request.on('close', () => listeners.delete(response));
    }
    const file = path.join(folder, 'dist', pathname === '/' ? 'index.html' : path.normalize(pathname));
    const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
    return readFile(file).then(
      (bytes) => response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let round = 0;
  const timer = setInterval(() => {
    round += 1;
    const some = Math.round(containers * share);
    const told = Array.from({ length: some }, (_, n) => (round * some + n) % containers).map((n) => ({
      id: `c${n}`,
      label: `${n} ${round}`,
    }));
    for (const listener of listeners) listener.write(`data: ${JSON.stringify(told)}\n\n`);
  }, 1_000 / hertz);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function buildPage(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clocker-reference-'));
  await symlink(path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules'));
  const page = path.join(import.meta.dirname, 'reference-page.tsx');
  await writeFile(
    path.join(folder, 'index.html'),
    `<!doctype html><title>Reference</title><body><script type="module" src="${page}"></script>`,
  );
  const define = { 'process.env.NODE_ENV': '"production"' };
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    define,
    build: { outDir: 'dist', target: 'esnext' },
  });
  return folder;
}

function nodesOf(containers: number): readonly object[] {
  const hosts = Array.from({ length: Math.ceil(containers / PER_HOST) }, (_, n) => ({ id: `h${n}`, size: hostSize(PER_HOST) }));
  const places = placeHosts(hosts, {});
  const boxes = hosts.map(({ id, size }) => ({ id, type: 'group', position: places[id], data: { label: id }, style: size }));
  const chips = Array.from({ length: containers }, (_, n) => ({
    id: `c${n}`,
    parentId: `h${Math.floor(n / PER_HOST)}`,
    position: chipPosition(n % PER_HOST),
    data: { label: `${n} 0` },
    style: { width: 204, height: 48 },
  }));
  return [...boxes, ...chips];
}
