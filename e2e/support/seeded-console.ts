import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

export interface SeededConsole {
  readonly url: string;
  readonly setupToken: () => string;
  /** Ends it, and removes what it has written. */
  stop(): Promise<void>;
}

export interface Seed {
  readonly containers: number;
  /** Of the containers, 0 to 1: so many change each time. */
  readonly share: number;
  /** Times a second. */
  readonly hertz: number;
}

const Told = z.object({ url: z.string(), setupToken: z.string() });
const SCRIPT = path.resolve(import.meta.dirname, '../../server/testing/seeded-process.ts');

/** The product over an estate that is only in its store, in a process of its own: 32 containers on a host, 20 in an application. */
export async function startSeededConsole({ containers, share, hertz }: Seed): Promise<SeededConsole> {
  const argv = [SCRIPT, ...[containers, share, hertz].map(String)];
  const child = spawn(process.execPath, argv, { env: { ...process.env, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    const { url, setupToken } = Told.parse(JSON.parse(line));
    return {
      url,
      setupToken: () => setupToken,
      async stop() {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('The seeded console ended before it served');
}
