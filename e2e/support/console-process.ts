import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface ConsoleProcess {
  readonly pid: number;
  readonly url: string;
  readonly dataDirectory: string;
  readonly logFile: string;
  /** Resolves with the signal or code when the process has ended. */
  readonly ended: Promise<string>;
  setupToken(): string | null;
  localToken(): string;
  kill(signal: NodeJS.Signals): Promise<string>;
}

/** Starts `server/main.ts` as `npm start` does, on a free port, and resolves when it answers. */
export async function startConsole(options: {
  readonly dataDirectory?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<ConsoleProcess> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(path.join(tmpdir(), 'clocker-console-'));
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const logFile = path.join(dataDirectory, 'console.log');
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), CLOCKER_DATA: dataDirectory, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (chunk: Buffer) => appendFileSync(logFile, chunk);
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? String(code))));
  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  await answers(url, child, log);
  return {
    pid: child.pid ?? 0,
    url,
    dataDirectory,
    logFile,
    ended,
    setupToken: () => /[?&]token=([A-Za-z0-9-]+)/.exec(log())?.[1] ?? null,
    localToken: () => readFileSync(path.join(dataDirectory, 'local-token'), 'utf8'),
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

async function answers(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    // A planned crash during start-up ends it by SIGKILL: the caller awaits `ended`.
    if (child.signalCode === 'SIGKILL') return;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The console ended while it started:\n${log()}`);
    const ok = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    if (Date.now() > deadline) throw new Error(`The console did not answer within 60 s:\n${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
