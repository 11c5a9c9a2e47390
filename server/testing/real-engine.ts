import { execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Pack, pack } from 'tar-stream';
import { createLocalExec } from '../adapters/process/local-exec.ts';
import { createLocalFiles } from '../adapters/process/local-files.ts';
import { ensureEngine } from '../plugins/hosts/lab/ensure-engine.ts';
import { toLabSettings } from '../plugins/hosts/lab/lab-settings.ts';
import { toLabWorld } from '../plugins/hosts/lab/lab-world.ts';
import { ensureTestPrograms } from './test-programs.ts';

const run = promisify(execFile);
export const TEST_IMAGE = 'clocker-test/busybox:1';
const START_TIMEOUT_MS = 60_000;

/** The socket of a real Docker Engine that tests share: the one that CLOCKER_TEST_ENGINE names, else the lab's. Holds the test image. */
export async function sharedEngine(): Promise<string> {
  const socketPath = process.env.CLOCKER_TEST_ENGINE ?? (await labEngine());
  await ensureTestImage(socketPath);
  return socketPath;
}

/** The docker command on an engine's socket. */
export async function docker(socketPath: string, argv: readonly string[]): Promise<string> {
  const { stdout } = await run('docker', ['--host', `unix://${socketPath}`, ...argv], { timeout: 60_000, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** An image of one static busybox and, where asked for, as many bytes of noise as no compression makes smaller. */
export async function ensureTestImage(socketPath: string, name: string = TEST_IMAGE, noiseBytes = 0): Promise<void> {
  const there = await docker(socketPath, ['image', 'inspect', '--format', '{{.Id}}', name]).catch(() => '');
  if (there !== '') return;
  await ensureTestPrograms(['/bin/busybox']);
  const busybox = await readFile('/bin/busybox');
  const { stdout } = await run('/bin/busybox', ['--list']);
  const archive = pack();
  const imported = importImage(socketPath, name, archive);
  archive.entry({ name: 'bin/busybox', mode: 0o755 }, busybox);
  for (const applet of stdout.split('\n').filter((word) => word && word !== 'busybox')) {
    archive.entry({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox' });
  }
  archive.entry({ name: 'etc/passwd' }, 'root:x:0:0::/root:/bin/sh\nuser:x:1000:1000::/:/bin/sh\n');
  archive.entry({ name: 'tmp/', type: 'directory', mode: 0o1777 });
  if (noiseBytes > 0) archive.entry({ name: 'noise' }, noise(noiseBytes));
  archive.finalize();
  await imported;
}

export interface OwnDockerd {
  readonly socketPath: string;
  readonly pid: number;
  /** Data folder, on a file system of its own where a size was given. */
  readonly dataFolder: string;
  freeze(): void;
  thaw(): void;
  /** SIGKILL, as a crash. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** A Docker Engine of one's own whose containers reach nothing; pulls use the machine's network. */
export async function startOwnDockerd(options: { readonly diskMiB?: number } = {}): Promise<OwnDockerd> {
  await ensureTestPrograms(['/usr/sbin/dockerd']);
  const folder = await mkdtemp(join(tmpdir(), 'clocker-dockerd-'));
  const dataFolder = join(folder, 'data');
  await mkdir(dataFolder);
  if (options.diskMiB) await run('mount', ['-t', 'tmpfs', '-o', `size=${options.diskMiB}m`, 'tmpfs', dataFolder]);
  await writeFile(join(folder, 'daemon.json'), '{}');
  const socketPath = join(folder, 'docker.sock');
  const log = join(folder, 'dockerd.log');
  const bridge = await makeBridge();
  const child = spawn(
    'sh',
    [
      ...['-c', 'exec dockerd "$@" >"$LOG" 2>&1', 'dockerd'],
      ...['--config-file', join(folder, 'daemon.json'), '--host', `unix://${socketPath}`],
      ...['--data-root', dataFolder, '--exec-root', join(folder, 'exec'), '--pidfile', join(folder, 'docker.pid')],
      ...['--bridge', bridge, '--iptables=false', '--ip6tables=false', '--ip-masq=false', '--ip-forward=false'],
    ],
    { stdio: 'ignore', env: { ...process.env, LOG: log } },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const signal = (name: NodeJS.Signals): void => {
    child.kill(name);
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await docker(socketPath, ['version']).catch(() => ''))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`dockerd did not start: ${await readFile(log, 'utf8')}`);
    await sleep(100);
  }
  return {
    socketPath,
    pid: child.pid ?? 0,
    dataFolder,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    crash: async () => {
      signal('SIGKILL');
      await ended;
    },
    stop: async () => {
      signal('SIGCONT');
      signal('SIGTERM');
      await ended;
      await endContainerd(folder);
      if (options.diskMiB) await run('umount', ['-l', dataFolder]);
      await rm(folder, { recursive: true, force: true });
      await run('ip', ['link', 'delete', bridge]);
    },
  };
}

/** A bridge of its own: told to have none, dockerd would delete the docker0 of whatever other engine runs on this machine. */
async function makeBridge(): Promise<string> {
  const number = randomInt(256);
  const name = `clktest${number}`;
  await run('ip', ['link', 'add', name, 'type', 'bridge']);
  // Of the range for benchmarks (RFC 2544), which no network routes.
  await run('ip', ['address', 'add', `198.18.${number}.1/28`, 'dev', name]);
  await run('ip', ['link', 'set', name, 'up']);
  return name;
}

/** containerd outlives a dockerd that was killed. */
async function endContainerd(folder: string): Promise<void> {
  const pid = Number(await readFile(join(folder, 'exec', 'containerd', 'containerd.pid'), 'utf8').catch(() => '0'));
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (pid > 0 && command.includes(folder)) process.kill(pid, 'SIGTERM');
}

async function labEngine(): Promise<string> {
  const world = toLabWorld({ exec: createLocalExec(), files: createLocalFiles(), settings: toLabSettings(process.env) });
  return (await ensureEngine(world)).socketPath;
}

async function importImage(socketPath: string, name: string, archive: Pack): Promise<void> {
  const change = ['--change', 'CMD ["/bin/sleep","600"]', '--change', 'ENV PATH=/bin'];
  const child = spawn('docker', ['--host', `unix://${socketPath}`, 'import', ...change, '-', name], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  archive.on('data', (bytes) => child.stdin.write(bytes) || archive.pause());
  child.stdin.on('drain', () => archive.resume());
  archive.on('end', () => child.stdin.end());
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`docker import of ${name} ended with ${code}`);
}

function noise(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  // xorshift: quick, and no compression finds a pattern in it.
  let state = 0x9e3779b9;
  for (let at = 0; at + 4 <= bytes; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    buffer.writeInt32LE(state | 0, at);
  }
  return buffer;
}
