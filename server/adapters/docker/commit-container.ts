import { pack } from 'tar-stream';
import { z } from 'zod';
import { halfMadeName } from '../../domain/entity/ownership.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { BlankParts, CallOptions, CommitContainer, DockerEngine, ImageView } from '../../ports/docker-engine.ts';
import { toCancelled } from './bounded-call.ts';
import { DEADLINE_MS } from './deadlines.ts';
import { EngineRefusal, toCallError } from './engine-errors.ts';
import type { EngineParts } from './engine-parts.ts';
import { readLines } from './frames.ts';
import { toPullQuery, toReference } from './image-reference.ts';
import { toObjectName } from './object-name.ts';

const BLANK = ['***'];

const configSchema = z.looseObject({
  Env: z.array(z.string()).nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
});
const containerSchema = z.object({ Id: z.string(), Config: configSchema });
const imageSchema = z.object({
  Id: z.string(),
  Created: z.string(),
  Architecture: z.string(),
  Variant: z.string().optional(),
  Os: z.string(),
  Size: z.number(),
  Config: configSchema.nullish(),
  RootFS: z.object({ Layers: z.array(z.string()).nullish() }),
});
const infoSchema = z.object({ DriverStatus: z.array(z.array(z.string())).nullish() });
const messageSchema = z.object({ error: z.string().optional() });

type Image = z.infer<typeof imageSchema>;

export function snapshotCalls(parts: EngineParts): Pick<DockerEngine, 'commitContainer' | 'inspectImage'> {
  return {
    inspectImage: async (reference, options) => {
      const image = await inspect(parts, toReference(reference), options);
      return image && ({ id: image.Id, labels: image.Config?.Labels ?? {}, sizeBytes: image.Size } satisfies ImageView);
    },
    commitContainer: (request, options) => commitContainer(parts, request, options),
  };
}

/**
 * The engine writes into the image of a commit what the container's config was, beside the one that it is given. So it is committed under
 * another name, and its layers get a config of their own; the engine keeps no other image of them.
 */
async function commitContainer(parts: EngineParts, request: CommitContainer, options: CallOptions = {}): Promise<void> {
  const { transport } = parts;
  const name = toReference(request.name);
  // Its config still tells what the container had.
  const half = halfMadeName(name);
  const what = `snapshot of ${request.container}`;
  try {
    const containerd = await hasContainerdStore(parts, options);
    if (containerd && (request.blank.command || request.blank.entrypoint)) throw keepsHistory(transport.hostName, request);
    const config = blankConfig(await configOf(parts, request, options), request);
    await remove(parts, half, options);
    await commit(parts, { ...request, name: containerd ? name : half }, { what, config, options });
    if (containerd) return;
    const image = await inspect(parts, half, options);
    if (image === null) throw new ClockerError('not-found', { message: `${half} was removed from ${transport.hostName}`, retryable: true });
    await load(parts, await archive(image, { name, comment: request.comment }), { what, options });
    await remove(parts, half, options);
  } catch (error) {
    if (options.signal?.aborted) throw toCancelled(`${what} on ${transport.hostName}`, options.signal.reason);
    throw toCallError(transport.hostName, what, error);
  }
}

interface Work {
  readonly what: string;
  readonly options: CallOptions;
}

async function commit(
  { http }: EngineParts,
  { container, name, comment, pause }: CommitContainer,
  { what, config, options }: Work & { readonly config: unknown },
): Promise<void> {
  const { fromImage: repo, tag = 'latest' } = toPullQuery(name);
  await http.send({
    what,
    method: 'POST',
    path: '/commit',
    query: { container: toObjectName(container), repo, tag, comment, pause: pause ? '1' : '0' },
    body: Buffer.from(JSON.stringify(config)),
    headMs: DEADLINE_MS.commit,
    signal: options.signal,
  });
}

/** Layers that the engine has need not be sent again. */
async function load({ http }: EngineParts, body: Buffer, { what, options }: Work): Promise<void> {
  const answer = await http.stream({
    what,
    method: 'POST',
    path: '/images/load',
    query: { quiet: '1' },
    body,
    contentType: 'application/x-tar',
    headMs: DEADLINE_MS.create,
    signal: options.signal,
  });
  for await (const line of readLines(answer)) {
    const { error } = line.trim() === '' ? {} : messageSchema.parse(JSON.parse(line));
    if (error !== undefined) throw new EngineRefusal(500, error);
  }
}

async function archive(image: Image, { name, comment }: Pick<CommitContainer, 'name' | 'comment'>): Promise<Buffer> {
  const layers = image.RootFS.Layers ?? [];
  const { Created: created, Architecture: architecture, Variant: variant, Os: os } = image;
  const config = {
    ...{ created, architecture, os, ...(variant ? { variant } : {}), config: image.Config ?? {} },
    rootfs: { type: 'layers', diff_ids: layers },
    history: layers.map((_, index) => (index === layers.length - 1 ? { created, comment } : { created })),
  };
  const manifest = [{ Config: 'config.json', RepoTags: [name], Layers: layers.map((_, index) => `${index}.tar`) }];
  const tar = pack();
  tar.entry({ name: 'config.json' }, JSON.stringify(config));
  tar.entry({ name: 'manifest.json' }, JSON.stringify(manifest));
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function blankConfig(config: z.infer<typeof configSchema>, { blank, labels }: CommitContainer): Readonly<Record<string, unknown>> {
  const hidden = new Set(blank.variables);
  const nothing = Object.fromEntries(blank.labels.map((label) => [label, '']));
  return {
    ...config,
    Env: (config.Env ?? []).map((line) => (hidden.has(nameOf(line)) ? `${nameOf(line)}=` : line)),
    Labels: { ...config.Labels, ...nothing, ...labels },
    ...partsThat(blank),
  };
}

/** Docker puts the container's own where a part is empty. */
function partsThat({ command, entrypoint, healthcheck }: BlankParts): Readonly<Record<string, unknown>> {
  return {
    ...(command ? { Cmd: BLANK } : {}),
    ...(entrypoint ? { Entrypoint: BLANK } : {}),
    ...(healthcheck ? { Healthcheck: { Test: ['NONE'] } } : {}),
  };
}

function nameOf(line: string): string {
  return line.split('=', 1)[0] ?? '';
}

async function configOf(
  { calls }: EngineParts,
  { container }: CommitContainer,
  options: CallOptions,
): Promise<z.infer<typeof configSchema>> {
  const answer = await calls.call<unknown>({
    what: `inspection of ${container}`,
    deadlineMs: DEADLINE_MS.inspect,
    options,
    perform: (docker, abortSignal) => docker.getContainer(toObjectName(container)).inspect({ abortSignal }),
  });
  return containerSchema.parse(answer).Config;
}

async function inspect({ calls }: EngineParts, reference: string, options: CallOptions | undefined): Promise<Image | null> {
  const answer = await calls.call<unknown>({
    what: `inspection of image ${reference}`,
    deadlineMs: DEADLINE_MS.inspect,
    options,
    expected: { statuses: [404], value: null },
    perform: (docker, abortSignal) => docker.getImage(reference).inspect({ abortSignal } as object),
  });
  return answer === null ? null : imageSchema.parse(answer);
}

async function remove({ calls }: EngineParts, reference: string, options: CallOptions): Promise<void> {
  await calls.call<unknown>({
    what: `removal of image ${reference}`,
    deadlineMs: DEADLINE_MS.remove,
    options,
    expected: { statuses: [404], value: undefined },
    perform: (docker, abortSignal) => docker.getImage(reference).remove({ abortSignal }),
  });
}

/** Such an engine writes no config of the container into the image, but its command into the history; and it loads no image without its layers. */
async function hasContainerdStore({ calls }: EngineParts, options: CallOptions): Promise<boolean> {
  const answer = await calls.call<unknown>({
    what: 'facts',
    deadlineMs: DEADLINE_MS.facts,
    options,
    perform: (docker, abortSignal) => docker.info({ abortSignal }),
  });
  return (infoSchema.parse(answer).DriverStatus ?? []).some((line) => line.includes('io.containerd.snapshotter.v1'));
}

function keepsHistory(hostName: string, { container }: CommitContainer): ClockerError {
  return new ClockerError('engine.refused', {
    message: `The engine of ${hostName} would keep the command of ${container}, which has a secret in it, in the image's history`,
    hint: 'Give the secret as an environment variable or a file, and not in the command.',
  });
}
