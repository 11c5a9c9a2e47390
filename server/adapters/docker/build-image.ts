import type { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { z } from 'zod';
import { DOCKER_IGNORE } from '../../domain/build/build-context.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { BuildImage, DockerEngine } from '../../ports/docker-engine.ts';
import { toCancelled } from './bounded-call.ts';
import { toCallError, toEngineError, toRefusal } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';
import { readLines } from './frames.ts';

/** The engine looks at the context before it says anything. */
const HEAD_MS = 60_000;
const LAST_LINES = 5;
/** A Dockerfile that is none of the files beside it: a name that nobody gives a file. */
const OWN_DOCKERFILE = '.clocker-dockerfile';

const messageSchema = z.object({ stream: z.string().optional(), status: z.string().optional(), error: z.string().optional() });

type BuildOptions = NonNullable<Parameters<DockerEngine['buildImage']>[1]>;

/** Builds an image of a Dockerfile and the files beside it; containers of steps go, whether they fail or not. */
export async function buildImage(parts: EngineParts, request: BuildImage, options: BuildOptions = {}): Promise<void> {
  const { http, transport } = parts;
  const what = `build of ${request.name}`;
  const { name, labels, platform, path = OWN_DOCKERFILE, args, target } = request;
  let body: Readable | undefined;
  const cancel = (): void => void body?.destroy(options.signal?.reason);
  try {
    body = await http.stream({
      what,
      method: 'POST',
      path: '/build',
      query: {
        t: name,
        dockerfile: path,
        rm: '1',
        forcerm: '1',
        labels: JSON.stringify(labels),
        ...(platform ? { platform } : {}),
        ...(args ? { buildargs: JSON.stringify(args) } : {}),
        ...(target ? { target } : {}),
      },
      body: await tarContext(request),
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

/** Modification times are all the same, so that the engine finds its steps again. */
async function tarContext({ dockerfile, files = [], path }: BuildImage): Promise<Buffer> {
  const archive = pack();
  const add = (name: string, mode: number, content: Uint8Array | string): void => {
    archive.entry({ name, mode, mtime: new Date(0) }, typeof content === 'string' ? content : Buffer.from(content));
  };
  // Folders that are only implied get other permissions from one engine to the next.
  const folders = new Set(files.flatMap((file) => [...file.path.matchAll(/\//g)].map(({ index }) => file.path.slice(0, index + 1))));
  for (const name of [...folders].sort()) archive.entry({ name, type: 'directory', mode: 0o755, mtime: new Date(0) });
  for (const file of files) {
    if (file.path === path) continue;
    // The engine takes out of the context what this leaves out, and nobody has asked for ours.
    const isIgnore = path === undefined && file.path === DOCKER_IGNORE;
    const content = isIgnore ? `${new TextDecoder().decode(file.bytes)}\n${OWN_DOCKERFILE}\n` : file.bytes;
    add(file.path, file.executable ? 0o755 : 0o644, content);
  }
  if (path === undefined && files.length > 0 && !files.some((file) => file.path === DOCKER_IGNORE)) {
    add(DOCKER_IGNORE, 0o644, `${OWN_DOCKERFILE}\n${DOCKER_IGNORE}\n`);
  }
  add(path ?? OWN_DOCKERFILE, 0o644, dockerfile);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
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
