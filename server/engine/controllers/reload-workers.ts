import type { HostShell } from '../../ports/host-session.ts';

/** Child processes of CK_PID, in POSIX sh. Output: their numbers on one line; nothing where the host does not tell. */
const CHILDREN_SCRIPT = `(
cat "/proc/$CK_PID/task/$CK_PID/children" 2>/dev/null
:
)`;
const SCRIPT_TIMEOUT_MS = 3_000;

/** What `untilTakenUp` and `untilEnded` look at, and how. */
export interface Workers {
  readonly shell: HostShell;
  /** Process id of the container's PID 1 on its host. */
  readonly pid: number;
  pause(ms: number): Promise<void>;
  readonly signal: AbortSignal;
}

/** A reload that has shown no new worker by then is taken for done. Milliseconds. */
const TAKE_UP_LIMIT_MS = 3_000;
const TAKE_UP_LOOK_MS = 40;
/** The new worker listens before its birth is seen; the old one is told to stop just after. Milliseconds. */
const HAND_OVER_MS = 100;
const END_LOOK_MS = 250;

export async function readWorkers({ shell, pid }: Pick<Workers, 'shell' | 'pid'>): Promise<ReadonlySet<string>> {
  const { output } = await shell.run(CHILDREN_SCRIPT, { env: { CK_PID: String(pid) }, timeoutMs: SCRIPT_TIMEOUT_MS });
  const words = output.trim().split(/\s+/);
  return new Set(words.every((word) => /^\d+$/.test(word)) ? words : []);
}

/** Resolves once a worker is there that was not before. `before` empty: the host tells nothing, so there is nothing to wait for. */
export async function untilTakenUp(workers: Workers, before: ReadonlySet<string>): Promise<void> {
  if (before.size === 0) return;
  for (let waited = 0; waited < TAKE_UP_LIMIT_MS && !workers.signal.aborted; waited += TAKE_UP_LOOK_MS) {
    const now = await readWorkers(workers);
    if ([...now].some((worker) => !before.has(worker))) return await workers.pause(HAND_OVER_MS);
    await workers.pause(TAKE_UP_LOOK_MS);
  }
}

/** Resolves once all of these have ended, which they do with their last connection, or after `limitMs`. Never rejects. */
export async function untilEnded(workers: Workers, old: ReadonlySet<string>, limitMs: number): Promise<void> {
  try {
    for (let waited = 0; waited < limitMs && !workers.signal.aborted; waited += END_LOOK_MS) {
      const now = await readWorkers(workers);
      if (![...old].some((worker) => now.has(worker))) return;
      await workers.pause(END_LOOK_MS);
    }
  } catch {
    // The host is away: so are the connections through it.
  }
}
