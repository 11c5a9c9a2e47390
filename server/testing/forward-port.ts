import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const CLOCKER = path.resolve(import.meta.dirname, '../cli/clocker.ts');

export interface ForwardedPort {
  /** To be ended by SIGINT, or at the latest by SIGKILL. */
  readonly child: ChildProcess;
  /** Of 127.0.0.1. */
  readonly port: number;
}

export interface ForwardTo {
  readonly entityId: string;
  readonly port: number;
  readonly url: string;
  readonly token: string;
}

/** `clocker forward` as a process of its own, once it listens on a free port. @throws Error where it never does */
export async function forwardPort({ entityId, port, url, token }: ForwardTo): Promise<ForwardedPort> {
  const argv = ['forward', entityId, String(port), '--local', '0', '--json', '--url', url];
  const env = { ...process.env, CLOCKER_TOKEN: token };
  const child = spawn(process.execPath, [CLOCKER, ...argv], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const local = /"port": (\d+)/.exec(line)?.[1];
    if (local !== undefined) return { child, port: Number(local) };
  }
  throw new Error('it never listened');
}
