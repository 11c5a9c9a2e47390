import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { ProvisionProgress } from '../../../ports/host-provisioner.ts';
import type { LocalExec } from '../../../ports/local-exec.ts';
import type { LocalFiles } from '../../../ports/local-files.ts';
import { type LabPaths, type LabSettings, toLabPaths } from './lab-settings.ts';

/** All that the lab's functions need of the machine, for one command. */
export interface LabWorld {
  readonly exec: LocalExec;
  readonly files: LocalFiles;
  readonly settings: LabSettings;
  readonly paths: LabPaths;
  readonly signal: AbortSignal | undefined;
  /** Fraction is 0 to 1 of the whole command. */
  readonly report: (step: string, detail: string, fraction: number) => void;
}

export interface LabWorldOptions {
  readonly exec: LocalExec;
  readonly files: LocalFiles;
  readonly settings: LabSettings;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ProvisionProgress) => void;
}

export function toLabWorld(options: LabWorldOptions): LabWorld {
  const { exec, files, settings, signal, onProgress } = options;
  return {
    exec,
    files,
    settings,
    paths: toLabPaths(settings),
    signal,
    report: (step, detail, fraction) => onProgress?.({ step, detail, fraction }),
  };
}

export interface MustRunOptions {
  readonly timeoutMs?: number;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly hint?: string;
  /** What could not be done, for the error message; default: the program. */
  readonly what?: string;
  readonly onLine?: (line: string) => void;
}

/** Runs a program that has to succeed and returns what it prints. Errors: lab.failed with the program's last words, deadline, cancelled. */
export async function mustRun(world: LabWorld, argv: readonly string[], options: MustRunOptions = {}): Promise<string> {
  const { hint, what, ...rest } = options;
  const result = await world.exec.run(argv, { ...rest, ...(world.signal ? { signal: world.signal } : {}) });
  if (result.code === 0) return result.stdout;
  const failed = what ? `Cannot ${what}` : `"${argv.slice(0, 4).join(' ')}" ended with code ${result.code}`;
  const words = lastLines(result.stderr || result.stdout);
  throw new ClockerError('lab.failed', { message: words ? `${failed}: ${words}` : failed, ...(hint ? { hint } : {}) });
}

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** The end of what a program printed, on one line without colours. */
export function lastLines(text: string, count = 4): string {
  return text
    .replace(COLOURS, '')
    .split('\n')
    .map((line) => line.trim().slice(0, 200))
    .filter((line) => line.length > 1)
    .slice(-count)
    .join(' · ');
}

/** Asks again until the answer is defined. Errors: deadline with `what`, cancelled. */
export async function waitFor<T>(
  world: LabWorld,
  what: string,
  deadline: { readonly timeoutMs: number; readonly everyMs: number },
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + deadline.timeoutMs;
  for (;;) {
    if (world.signal?.aborted) throw new ClockerError('cancelled', { message: `Cancelled while waiting for ${what}` });
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() >= end) {
      throw new ClockerError('deadline', { message: `No ${what} within ${Math.round(deadline.timeoutMs / 1000)} s`, retryable: true });
    }
    await new Promise((resolve) => setTimeout(resolve, deadline.everyMs));
  }
}
