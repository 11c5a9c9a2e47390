import type { Readable } from 'node:stream';
import { z } from 'zod';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { DockerEngine } from '../../ports/docker-engine.ts';
import { toCancelled } from './bounded-call.ts';
import { toCallError, toPullError, toRefusal } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';
import { readLines } from './frames.ts';
import { toPullQuery } from './image-reference.ts';
import { isTransferring, nextPullState, type PullState, startPull, toTaskProgress } from './pull-progress.ts';
import { registryAuth } from './registry-auth.ts';

const DEFAULT_STALL_MS = 30_000;
/** A layer's last bytes are unpacked without a word, for long on a slow disk. */
const UNPACK_PATIENCE = 4;
/** Progress is told at most this often. */
const PROGRESS_EVERY_MS = 200;

const messageSchema = z.object({
  id: z.string().optional(),
  status: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).optional(),
  error: z.string().optional(),
});

type PullOptions = Parameters<DockerEngine['pullImage']>[1];

/** Pulls one image. Errors: image.not-found, image.pull-failed, image.pull-stalled, host.disk-full, host.lost, cancelled. */
export async function pullImage(parts: EngineParts, reference: string, options: PullOptions): Promise<void> {
  const { clock, transport } = parts;
  const stallMs = options.stallMs ?? DEFAULT_STALL_MS;
  const stalled = new AbortController();
  const stall = (): void => stalled.abort(toStalled(transport.hostName, reference, stallMs));
  let stopTimer = clock.after(stallMs, stall);
  const moved = (state: PullState): void => {
    stopTimer();
    stopTimer = clock.after(isTransferring(state) ? stallMs : stallMs * UNPACK_PATIENCE, stall);
  };
  const signal = options.signal ? AbortSignal.any([options.signal, stalled.signal]) : stalled.signal;
  try {
    const { platform, login, onProgress } = options;
    await followPull(parts, { reference, platform, login, signal, stallMs, moved, onProgress });
  } catch (error) {
    if (stalled.signal.aborted) throw stalled.signal.reason;
    if (options.signal?.aborted) throw toCancelled(`pull of ${reference} on ${transport.hostName}`, options.signal.reason);
    throw toFailure({ hostName: transport.hostName, reference, username: options.login?.username }, error);
  } finally {
    stopTimer();
  }
}

interface Following {
  readonly reference: string;
  readonly platform: string | undefined;
  readonly login: PullOptions['login'];
  readonly signal: AbortSignal;
  readonly stallMs: number;
  readonly moved: (state: PullState) => void;
  readonly onProgress: PullOptions['onProgress'];
}

async function followPull(parts: EngineParts, following: Following): Promise<void> {
  const { reference, signal, moved, onProgress } = following;
  const body = await parts.http.stream({
    what: `pull of ${reference}`,
    method: 'POST',
    path: '/images/create',
    query: { ...toPullQuery(reference), ...(following.platform ? { platform: following.platform } : {}) },
    ...(following.login ? { headers: registryAuth(following.login) } : {}),
    // The engine answers with the first progress; the stall timer watches that as well, with a truer message.
    headMs: following.stallMs * 2,
    signal,
  });
  const cancel = (): void => {
    body.destroy(signal.reason);
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await readMessages(parts, body, { reference, login: following.login, moved, onProgress });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function readMessages(
  { clock, transport }: EngineParts,
  body: Readable,
  { reference, login, moved, onProgress }: Pick<Following, 'reference' | 'login' | 'moved' | 'onProgress'>,
): Promise<void> {
  let state = startPull(reference);
  let told: PullState = state;
  let toldAt = Number.NEGATIVE_INFINITY;
  for await (const line of readLines(body)) {
    if (line.trim() === '') continue;
    const message = messageSchema.parse(JSON.parse(line));
    if (message.error !== undefined) {
      const { hostName } = transport;
      const what = `pull of ${reference}`;
      throw toPullError(reference, { hostName, what, status: 200, message: message.error, username: login?.username });
    }
    const next = nextPullState(state, message);
    if (next !== state || !message.id) moved(next);
    state = next;
    if (state === told || clock.now() - toldAt < PROGRESS_EVERY_MS) continue;
    told = state;
    toldAt = clock.now();
    onProgress?.(toTaskProgress(state));
  }
  if (state !== told) onProgress?.(toTaskProgress(state));
}

interface FailedPull {
  readonly hostName: string;
  readonly reference: string;
  readonly username: string | undefined;
}

function toFailure({ hostName, reference, username }: FailedPull, error: unknown): ClockerError {
  const what = `pull of ${reference}`;
  const refusal = toRefusal(error);
  if (!refusal) return toCallError(hostName, what, error);
  return toPullError(reference, { hostName, what, status: refusal.status, message: refusal.words, username, cause: error });
}

function toStalled(hostName: string, reference: string, stallMs: number): ClockerError {
  return new ClockerError('image.pull-stalled', {
    message: `The pull of ${reference} on ${hostName} was given up: no byte moved for ${stallMs / 1_000} s`,
    hint: 'Check the registry, and the network between it and the host.',
    retryable: true,
  });
}
