import { z } from 'zod';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { CallOptions, DockerEngine } from '../../ports/docker-engine.ts';
import { toCancelled } from './bounded-call.ts';
import { toCallError, toRefusal } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';
import { readLines } from './frames.ts';
import { toPullQuery } from './image-reference.ts';
import { registryAuth } from './registry-auth.ts';

const HEAD_MS = 60_000;

const messageSchema = z.object({ error: z.string().optional() });

/** Another name for an image that is there. */
export async function tagImage({ http, transport }: EngineParts, source: string, target: string, options?: CallOptions): Promise<void> {
  const { fromImage: repo, tag = 'latest' } = toPullQuery(target);
  const what = `tag ${target}`;
  try {
    await http.send({
      what,
      method: 'POST',
      path: `/images/${source}/tag`,
      query: { repo, tag },
      headMs: HEAD_MS,
      signal: options?.signal,
    });
  } catch (error) {
    throw toCallError(transport.hostName, what, error);
  }
}

/** Sends an image to its registry. */
export async function pushImage(
  { http, transport }: EngineParts,
  reference: string,
  options?: Parameters<DockerEngine['pushImage']>[1],
): Promise<void> {
  const { fromImage, tag = 'latest' } = toPullQuery(reference);
  const what = `push of ${reference}`;
  const { signal, login } = options ?? {};
  try {
    const body = await http.stream({
      what,
      method: 'POST',
      path: `/images/${fromImage}/push`,
      query: { tag },
      headers: registryAuth(login),
      headMs: HEAD_MS,
      signal,
    });
    const cancel = (): void => void body.destroy(signal?.reason);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      for await (const line of readLines(body)) {
        const { error } = line.trim() === '' ? {} : messageSchema.parse(JSON.parse(line));
        if (error !== undefined) throw failed(transport.hostName, reference, error);
      }
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  } catch (error) {
    if (signal?.aborted) throw toCancelled(`${what} on ${transport.hostName}`, signal.reason);
    const refusal = toRefusal(error);
    throw refusal ? failed(transport.hostName, reference, refusal.words) : toCallError(transport.hostName, what, error);
  }
}

function failed(hostName: string, reference: string, words: string): ClockerError {
  return new ClockerError('image.push-failed', {
    message: `${hostName} could not push ${reference}: ${words.trim()}`,
    hint: 'Check that the host reaches the registry of its cloud, trusts it, and may write there.',
    retryable: true,
  });
}
