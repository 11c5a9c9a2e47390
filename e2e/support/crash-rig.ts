import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TRPCClientError } from '@trpc/client';
import { type Api, connectTo, eventually } from './api.ts';
import { type ConsoleProcess, freePort, startConsole } from './console-process.ts';
import { isQuiet } from './world.ts';

/** The product in a process that dies and is started again on the same data and the same port. */
export interface CrashRig {
  readonly dataDirectory: string;
  /** How many times it was killed since the last `start`. */
  readonly kills: () => number;
  /** With `crashAt` it dies at the first of these points, started again at the second, and so on; a recovery may run into the next. */
  start(options?: StartOptions): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL from outside, at once. */
  kill(): Promise<void>;
  /** Sends a command until it is acknowledged; a process that died is started again first. */
  send<T>(command: (api: Api) => Promise<T>): Promise<T>;
  /** Waits until all is quiet, starting the process again where it died. */
  settle(timeoutMs?: number): Promise<void>;
  remove(): Promise<void>;
}

interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly crashAt?: readonly string[];
}

interface Running {
  readonly console: ConsoleProcess;
  readonly client: ReturnType<typeof connectTo>;
}

const SETTLE_MS = 180_000;
const MOST_ATTEMPTS = 10;

export async function createCrashRig(env: Readonly<Record<string, string>> = {}): Promise<CrashRig> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'clocker-crash-'));
  const port = await freePort();
  let running: Running | null = null;
  let ended: string | null = null;
  let kills = 0;
  let options: StartOptions = {};
  let reviving: Promise<void> | null = null;

  async function boot(): Promise<void> {
    const point = options.crashAt?.[kills];
    const planned: Record<string, string> = point === undefined ? {} : { CRASH_AT: point };
    const console = await startConsole({ dataDirectory, port, env: { ...env, CLOCKER_CONSOLE: 'off', ...options.env, ...planned } });
    ended = null;
    void console.ended.then((how) => {
      ended = how;
    });
    running = { console, client: connectTo(console) };
    // A planned crash may end it before anything was asked: whoever uses it next starts it again.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** The process, alive as far as is known; one that was killed is started again. */
  async function alive(): Promise<Api> {
    if (ended !== null) {
      reviving ??= revive(ended).finally(() => {
        reviving = null;
      });
      await reviving;
    }
    if (!running) throw new Error('The process was not started');
    return running.client.api;
  }

  async function revive(how: string): Promise<void> {
    if (how !== 'SIGKILL') throw new Error(`The process ended by itself (${how}):\n${tail(dataDirectory)}`);
    kills += 1;
    await close();
    await boot();
  }

  async function close(): Promise<void> {
    await running?.client.close();
    running = null;
  }

  /** Repeats what failed because the process went away. */
  async function through<T>(work: (api: Api) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const api = await alive();
      const process = running?.console;
      try {
        return await work(api);
      } catch (error) {
        const isAnswer = error instanceof TRPCClientError && error.data !== null && error.data !== undefined;
        if (isAnswer || attempt === MOST_ATTEMPTS) throw error;
        // The connection broke: the process is dying.
        await Promise.race([process?.ended, new Promise((resolve) => setTimeout(resolve, 2_000))]);
      }
    }
  }

  return {
    dataDirectory,
    kills: () => kills,
    start: async (given = {}) => {
      kills = 0;
      options = given;
      await boot();
    },
    stop: async () => {
      await alive();
      const process = running?.console;
      await close();
      await process?.kill('SIGTERM');
    },
    kill: async () => {
      await running?.console.kill('SIGKILL');
    },
    send: through,
    settle: async (timeoutMs = SETTLE_MS) => {
      await eventually('everything is settled', timeoutMs, () => through(isQuiet));
    },
    remove: async () => {
      if (ended === null) await running?.console.kill('SIGKILL');
      await close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

function tail(dataDirectory: string): string {
  return readFileSync(path.join(dataDirectory, 'console.log'), 'utf8').slice(-4_000);
}
