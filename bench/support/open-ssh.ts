import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LabHost } from '../../e2e/support/lab-hosts.ts';

export interface ForwardedSocket {
  readonly socketPath: string;
  close(): Promise<void>;
}

const READY_MS = 10_000;

/** The engine's socket of a host as OpenSSH's own client forwards it: what the protocol itself costs. Errors: where it does not come up in 10 s. */
export async function forwardByOpenSsh({ address, port, user, privateKeyPem }: LabHost): Promise<ForwardedSocket> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clocker-bench-ssh-'));
  const [key, known, socketPath] = ['key', 'known_hosts', 'docker.sock'].map((name) => path.join(folder, name)) as [string, string, string];
  await writeFile(key, privateKeyPem, { mode: 0o600 });
  const options = [
    'BatchMode=yes',
    'LogLevel=ERROR',
    'ExitOnForwardFailure=yes',
    'StrictHostKeyChecking=accept-new',
    `UserKnownHostsFile=${known}`,
  ].flatMap((option) => ['-o', option]);
  const to = ['-i', key, '-p', String(port), '-L', `${socketPath}:/var/run/docker.sock`, `${user}@${address}`];
  const child = spawn('ssh', ['-N', ...options, ...to], { stdio: ['ignore', 'ignore', 'inherit'] });
  const close = async (): Promise<void> => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  for (const begun = performance.now(); !existsSync(socketPath); await pause(20)) {
    if (child.exitCode === null && performance.now() - begun < READY_MS) continue;
    await close();
    throw new Error(`ssh forwards no socket of ${address}`);
  }
  return { socketPath, close };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
