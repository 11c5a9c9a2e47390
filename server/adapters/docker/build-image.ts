import type { Readable } from 'node:stream';
import { z } from 'zod';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { BuildImage, DockerEngine } from '../../ports/docker-engine.ts';
import { toCancelled } from './bounded-call.ts';
import { toCallError, toEngineError, toRefusal } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';
import { readLines } from './frames.ts';
import { tarFiles } from './tar-files.ts';

/** The engine looks at the context before it says anything. */
const HEAD_MS = 60_000;
const LAST_LINES = 5;
const DOCKERFILE = '/Dockerfile';

const messageSchema = z.object({ stream: z.string().optional(), status: z.string().optional(), error: z.string().optional() });

type BuildOptions = NonNullable<Parameters<DockerEngine['buildImage']>[1]>;

/** Builds an image of a Dockerfile alone; containers of steps go, whether they fail or not. */
export async function buildImage(parts: EngineParts, request: BuildImage, options: BuildOptions = {}): Promise<void> {
  const { http, transport } = parts;
  const what = `build of ${request.name}`;
  const { name, dockerfile, labels, platform } = request;
  let body: Readable | undefined;
  const cancel = (): void => void body?.destroy(options.signal?.reason);
  try {
    body = await http.stream({
      what,
      method: 'POST',
      path: '/build',
      query: { t: name, rm: '1', forcerm: '1', labels: JSON.stringify(labels), ...(platform ? { platform } : {}) },
      body: await tarFiles([{ path: DOCKERFILE, content: dockerfile, mode: 0o644 }], '/'),
      contentType: 'application/x-tar',
      headMs: HEAD_MS,
      signal: options.signal,
    });
    options.signal?.addEventListener('abort', cancel, { once: true });
    await follow(parts, body, { name, onOutput: options.onOutput });
  } catch (error) {
    if (options.signal?.aborted) throw toCancelled(`${what} on ${transport.hostName}`, options.signal.reason);
    const refusal = toRefusal(error);
    throw refusal ? failed({ name, hostName: transport.hostName }, refusal.words, []) : toCallError(transport.hostName, what, error);
  } finally {
    options.signal?.removeEventListener('abort', cancel);
  }
}

async function follow(
  { transport }: EngineParts,
  body: Readable,
  { name, onOutput }: { readonly name: string; readonly onOutput: BuildOptions['onOutput'] | undefined },
): Promise<void> {
  const last: string[] = [];
  for await (const line of readLines(body)) {
    if (line.trim() === '') continue;
    const { stream, status, error } = messageSchema.parse(JSON.parse(line));
    if (error !== undefined) throw failed({ name, hostName: transport.hostName }, error, last);
    const text = stream ?? status;
    if (text === undefined || text.trim() === '') continue;
    onOutput?.(text);
    last.push(text.trim());
    if (last.length > LAST_LINES) last.shift();
  }
}

function failed(
  { name, hostName }: { readonly name: string; readonly hostName: string },
  words: string,
  last: readonly string[],
): ClockerError {
  const general = toEngineError({ hostName, what: `build of ${name}`, status: 500, message: words });
  if (general.code === 'host.disk-full') return general;
  return new ClockerError('image.build-failed', {
    message: `${hostName} could not build ${name}: ${words.trim()}${last.length === 0 ? '' : ` (${last.join(' / ')})`}`,
    hint: 'Mend the install command or the Dockerfile, and update the application. It is tried again, each time later.',
    retryable: true,
  });
}
