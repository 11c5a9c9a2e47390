import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { HostKey } from '../domain/entity/host.ts';
import type { HostTarget } from '../ports/host-session.ts';
import { ensureTestPrograms } from './test-programs.ts';

const run = promisify(execFile);
const SSHD = '/usr/sbin/sshd';
const START_TIMEOUT_MS = 10_000;

export interface RealSshd {
  /** Where and how to log in, with the right key pinned. */
  readonly target: HostTarget;
  readonly hostKey: HostKey;
  readonly port: number;
  readonly pid: number;
  /** Everything sshd logged so far (LogLevel VERBOSE). */
  log(): Promise<string>;
  /** Process ids of the connections' sshd processes, oldest first. */
  connectionPids(): Promise<readonly number[]>;
  /** Ends every connection as a power cut would: no goodbye. Returns how many. */
  cutConnections(): Promise<number>;
  /** Starts again with another host key, on the same port. */
  swapHostKey(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A private sshd on a free port of the loopback address with its own host key, one authorised client key and stock limits.
 * @param options lines for sshd_config, `{ MaxSessions: 2 }`
 */
export async function startRealSshd(options: Readonly<Record<string, string | number>> = {}): Promise<RealSshd> {
  await ensureTestPrograms([SSHD]);
  const folder = await mkdtemp(join(tmpdir(), 'clocker-sshd-'));
  // sshd checks every folder above the authorised keys.
  await chmod(folder, 0o755);
  await mkdir('/run/sshd', { recursive: true });
  const port = await freePort();
  await makeKey(join(folder, 'client'));
  await makeKey(join(folder, 'host'));
  await run('cp', [join(folder, 'client.pub'), join(folder, 'authorized_keys')]);
  const settings = {
    Port: port,
    ListenAddress: '127.0.0.1',
    HostKey: join(folder, 'host'),
    AuthorizedKeysFile: join(folder, 'authorized_keys'),
    PidFile: join(folder, 'sshd.pid'),
    PasswordAuthentication: 'no',
    KbdInteractiveAuthentication: 'no',
    PermitRootLogin: 'prohibit-password',
    UsePAM: 'no',
    StrictModes: 'no',
    LogLevel: 'VERBOSE',
    ...options,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  await writeFile(join(folder, 'sshd_config'), lines.join(''));
  const logFile = join(folder, 'sshd.log');
  let daemon = await launch(folder, logFile, port);

  const connectionPids = (): Promise<readonly number[]> => childPids(daemon.pid);
  const cutConnections = async (): Promise<number> => {
    const pids = await connectionPids();
    for (const pid of pids) endNow(pid);
    return pids.length;
  };
  const target: HostTarget = {
    name: 'test-host',
    address: '127.0.0.1',
    port,
    user: userInfo().username,
    privateKey: await readFile(join(folder, 'client'), 'utf8'),
    hostKey: await readHostKey(folder),
  };
  return {
    target,
    hostKey: target.hostKey,
    port,
    get pid() {
      return daemon.pid;
    },
    log: () => readFile(logFile, 'utf8'),
    connectionPids,
    cutConnections,
    swapHostKey: async () => {
      const pids = await connectionPids();
      await daemon.end();
      for (const pid of pids) kill(pid);
      await rm(join(folder, 'host'));
      await rm(join(folder, 'host.pub'));
      await makeKey(join(folder, 'host'));
      daemon = await launch(folder, logFile, port);
    },
    stop: async () => {
      const pids = await connectionPids();
      await daemon.end();
      for (const pid of pids) kill(pid);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, logFile: string, port: number): Promise<{ pid: number; end(): Promise<void> }> {
  const child = spawn(SSHD, ['-D', '-f', join(folder, 'sshd_config'), '-E', logFile], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await accepts(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`sshd did not start: ${await readFile(logFile, 'utf8')}`);
    await sleep(20);
  }
  if (child.pid === undefined) throw new Error('sshd has no process id');
  return {
    pid: child.pid,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A fresh private key that no host knows. */
export async function makePrivateKey(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clocker-key-'));
  await makeKey(join(folder, 'key'));
  const key = await readFile(join(folder, 'key'), 'utf8');
  await rm(folder, { recursive: true });
  return key;
}

async function makeKey(path: string): Promise<void> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'clocker-test', '-f', path]);
}

async function readHostKey(folder: string): Promise<HostKey> {
  const { stdout } = await run('ssh-keygen', ['-lf', join(folder, 'host.pub')]);
  return { type: 'ssh-ed25519', fingerprint: stdout.split(' ')[1] ?? '' };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone with its parent.
    return;
  }
}

async function childPids(pid: number): Promise<readonly number[]> {
  const { stdout } = await run('pgrep', ['-P', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.split('\n').filter(Boolean).map(Number);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** One that has ended by itself since it was listed is no fault. */
function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
