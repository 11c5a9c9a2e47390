import { z } from 'zod';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { ProcessIdentity } from '../../../ports/local-exec.ts';
import { type LabWorld, waitFor } from './lab-world.ts';

const holderSchema = z.object({ pid: z.number().int(), started: z.string(), purpose: z.string() });
type Holder = z.infer<typeof holderSchema>;

export interface LockRequest {
  readonly path: string;
  /** What the holder does, for the message that the other one gets. */
  readonly purpose: string;
  /** Milliseconds to wait for the present holder; 0 refuses at once. */
  readonly patienceMs: number;
}

/** Does `act` while no other process holds the lock. A lock whose holder died is taken over. Errors: conflict. */
export async function withLock<T>(world: LabWorld, request: LockRequest, act: () => Promise<T>): Promise<T> {
  const self = await world.exec.self();
  const text = JSON.stringify({ ...self, purpose: request.purpose });
  await acquire(world, request, text);
  try {
    return await act();
  } finally {
    if ((await world.files.readText(request.path)) === text) await world.files.remove(request.path);
  }
}

async function acquire(world: LabWorld, request: LockRequest, text: string): Promise<void> {
  let holder: Holder | undefined;
  const attempt = async (): Promise<true | undefined> => {
    if (await world.files.createText(request.path, text)) return true;
    const found = (await world.files.readText(request.path)) ?? '';
    holder = toHolder(found);
    if (holder && (await world.exec.isAlive(holder))) return undefined;
    await removeStaleLock(world, request.path, found);
    return (await world.files.createText(request.path, text)) ? true : undefined;
  };
  try {
    await waitFor(world, request.path, { timeoutMs: request.patienceMs, everyMs: 250 }, attempt);
  } catch (error) {
    if (!(error instanceof ClockerError) || error.code !== 'deadline') throw error;
    throw new ClockerError('conflict', {
      message: `Process ${holder?.pid ?? 'unknown'} (${holder?.purpose ?? 'unknown'}) is at work on ${request.path.replace(/\/[^/]+$/, '')}`,
      hint: 'Wait until it is done, or end that process.',
      retryable: true,
    });
  }
}

/** Moves the lock aside before removing it: where another process has just taken it, that one's lock is put back. */
async function removeStaleLock(world: LabWorld, path: string, stale: string): Promise<void> {
  const { pid } = await world.exec.self();
  const aside = `${path}.stale-${pid}`;
  if (!(await world.files.rename(path, aside))) return;
  if ((await world.files.readText(aside)) === stale) await world.files.remove(aside);
  else await world.files.rename(aside, path);
}

function toHolder(text: string): (ProcessIdentity & { readonly purpose: string }) | undefined {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // A lock cut short by a crash names nobody: it is stale.
    return undefined;
  }
}
