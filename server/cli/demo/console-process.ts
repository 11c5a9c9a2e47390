import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { LocalExec } from '../../ports/local-exec.ts';
import type { Say } from './report.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

export interface RunningConsole {
  readonly url: string;
  /** Null once the first administrator exists. */
  readonly setupToken: string | null;
  /** Lets this machine's owner in: see `adapters/auth/local-token.ts`. */
  readonly token: string;
}

export interface ConsoleOptions {
  readonly exec: LocalExec;
  readonly dataDirectory: string;
  readonly port: number;
  readonly say: Say;
}

/** The console on this data directory: the one that runs, else a new one that goes on when this command has ended. */
export async function ensureConsole(options: ConsoleOptions): Promise<RunningConsole> {
  await mkdir(options.dataDirectory, { recursive: true, mode: 0o700 });
  const running = await describe(options);
  if (running) {
    options.say(`Console: runs already at ${running.url}`);
    return running;
  }
  // One that holds the directory but does not answer would keep a new one out.
  await stopConsole(options);
  options.say(`Console: starting on port ${options.port}`);
  const saidBefore = log(options).length;
  await options.exec.spawnDetached([process.execPath, 'server/main.ts'], {
    logFile: logFile(options),
    env: { NODE_ENV: 'production', PORT: String(options.port), CLOCKER_DATA: options.dataDirectory },
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const started = await describe(options, saidBefore);
    if (started) return started;
    await sleep(100);
    const pid = await consolePid(options);
    if (pid === null && /Clocker cannot start/.test(log(options))) break;
  }
  throw new ClockerError('internal', {
    message: `The console did not start:\n${log(options).split('\n').slice(-15).join('\n')}`,
    hint: 'If the port is taken, choose another: npm run demo -- --port 8082',
  });
}

export async function stopConsole({ exec, dataDirectory }: Pick<ConsoleOptions, 'exec' | 'dataDirectory'>): Promise<void> {
  const options = { exec, dataDirectory };
  const pid = await consolePid(options);
  if (pid === null) return;
  exec.signal(pid, 'SIGTERM');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while ((await consolePid(options)) !== null && Date.now() < deadline) await sleep(50);
  if ((await consolePid(options)) !== null) exec.signal(pid, 'SIGKILL');
}

/** The process that holds the data directory, when it is alive and a console. */
async function consolePid({ exec, dataDirectory }: Pick<ConsoleOptions, 'exec' | 'dataDirectory'>): Promise<number | null> {
  const file = path.join(dataDirectory, 'lock.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (!Number.isInteger(pid) || pid <= 1) return null;
  const command = await exec.commandLine(pid);
  return command?.some((word) => word.endsWith('server/main.ts')) ? pid : null;
}

/** `from`: what stands in its log before is of an earlier process. */
async function describe(options: Pick<ConsoleOptions, 'exec' | 'dataDirectory'>, from = 0): Promise<RunningConsole | null> {
  const tokenFile = path.join(options.dataDirectory, 'local-token');
  if ((await consolePid(options)) === null || !existsSync(tokenFile)) return null;
  // The log goes on over restarts: what was said last is true.
  const text = log(options).slice(from);
  const start = text.lastIndexOf('Console: http');
  const url = /^Console: (\S+)/.exec(text.slice(Math.max(0, start)))?.[1];
  if (start < 0 || !url || !(await answers(url))) return null;
  const token = readFileSync(tokenFile, 'utf8');
  const needed = await fetch(`${url}/trpc/setup.status`).then((response) => response.text());
  const setupToken = /"needed":true/.test(needed) ? (/Set-up token: (\S+)/.exec(text.slice(start))?.[1] ?? null) : null;
  return { url, token, setupToken };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    // Not listening yet.
    return false;
  }
}

function logFile({ dataDirectory }: Pick<ConsoleOptions, 'dataDirectory'>): string {
  return path.join(dataDirectory, 'console.log');
}

function log(options: Pick<ConsoleOptions, 'dataDirectory'>): string {
  return existsSync(logFile(options)) ? readFileSync(logFile(options), 'utf8') : '';
}
