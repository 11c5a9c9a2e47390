import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker, ensureTestImage } from './real-engine.ts';
import { freePort } from './real-sshd.ts';
import { ensureTestPrograms } from './test-programs.ts';

export interface RealRegistry {
  /** `127.0.0.1:port`; what is pulled from here passes a gate that counts bytes. */
  readonly address: string;
  /** Makes an image with so much incompressible content and pushes it. Returns its reference. */
  push(socketPath: string, name: string, noiseBytes: number): Promise<string>;
  freeze(): void;
  thaw(): void;
  /** Freezes the registry once so many bytes went out from now. Resolves when it is frozen. */
  freezeAfter(bytes: number): Promise<void>;
  stop(): Promise<void>;
}

/** The one login of a registry that wants one. */
export const REGISTRY_LOGIN = { username: 'ada', password: 'correct horse' };
const PASSWORDS = 'ada:$2b$04$0xe8OvoeypCEmds3pB7qG.RnL4p0ccdCF6CYEOuAsRVhjnWx48syW\n';

/** A private registry of Debian's docker-registry on the loopback address. */
export async function startRealRegistry({ wantsLogin = false }: { readonly wantsLogin?: boolean } = {}): Promise<RealRegistry> {
  await ensureTestPrograms(['/usr/bin/docker-registry']);
  const folder = await mkdtemp(join(tmpdir(), 'clocker-registry-'));
  const port = await freePort();
  await writeFile(join(folder, 'passwords'), PASSWORDS);
  const auth = wantsLogin ? `auth: {htpasswd: {realm: test, path: ${folder}/passwords}}\n` : '';
  await writeFile(
    join(folder, 'config.yml'),
    `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${folder}/content}}\nhttp: {addr: "127.0.0.1:${port}"}\n${auth}`,
  );
  const child = spawn('/usr/bin/docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for (let look = 0; look < 100 && !(await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => null)); look += 1) await sleep(50);

  let budget = Number.POSITIVE_INFINITY;
  let onFrozen = (): void => undefined;
  const sockets = new Set<Socket>();
  const count = (bytes: number): void => {
    const before = budget;
    budget -= bytes;
    if (before <= 0 || budget > 0) return;
    child.kill('SIGSTOP');
    onFrozen();
  };
  const gate = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => client.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (bytes) => {
      count(bytes.length);
      if (client.write(bytes)) return;
      upstream.pause();
      client.once('drain', () => upstream.resume());
    });
  });
  const gatePort = await freePort();
  await new Promise<void>((resolve) => gate.listen(gatePort, '127.0.0.1', resolve));
  const address = `127.0.0.1:${gatePort}`;
  const { username, password } = REGISTRY_LOGIN;
  const auths = { [address]: { auth: Buffer.from(`${username}:${password}`).toString('base64') } };
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths }));
  return {
    address,
    push: async (socketPath, name, noiseBytes) => {
      const reference = `${address}/${name}`;
      await ensureTestImage(socketPath, reference, noiseBytes);
      await docker(socketPath, ['--config', folder, 'push', '--quiet', reference]);
      await docker(socketPath, ['image', 'rm', reference]);
      return reference;
    },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => {
      budget = Number.POSITIVE_INFINITY;
      child.kill('SIGCONT');
    },
    freezeAfter: (bytes) => {
      budget = bytes;
      return new Promise((resolve) => {
        onFrozen = resolve;
      });
    },
    stop: async () => {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => gate.close(resolve));
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
