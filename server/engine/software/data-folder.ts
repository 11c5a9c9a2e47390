import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { dataFolderText, removeDataText } from '../../domain/software/process-scripts.ts';
import type { HostSession } from '../../ports/host-session.ts';

const TIMEOUT_MS = 300_000;

interface Folder {
  /** Absolute. */
  readonly folder: string;
  /** Written into it, and looked for before it is touched. */
  readonly owner: string;
  readonly signal: AbortSignal;
}

/** Makes the folder on a machine that a process keeps its data in. @throws ClockerError process.failed where it is somebody else's */
export async function ensureDataFolder(session: HostSession, { folder, owner, signal }: Folder): Promise<void> {
  await run(session, { text: dataFolderText(folder, owner), what: 'cannot be made', signal });
}

/** Takes it away with all data. @throws ClockerError process.failed where it is somebody else's */
export async function removeDataFolder(session: HostSession, { folder, owner, signal }: Folder): Promise<void> {
  await run(session, { text: removeDataText(folder, owner), what: 'cannot be removed', signal });
}

async function run(
  session: HostSession,
  { text, what, signal }: { readonly text: string; readonly what: string; readonly signal: AbortSignal },
): Promise<void> {
  const { code, stderr } = await session.script(text, { timeoutMs: TIMEOUT_MS, signal });
  if (code === 0) return;
  throw new ClockerError('process.failed', {
    message: `Its folder of data ${what}: ${stderr.trim() || `exit code ${code}`}`,
    retryable: true,
  });
}
