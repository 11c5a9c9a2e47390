import type { ContainerCreateOptions } from 'dockerode';
import { halfMadeName } from '../../domain/entity/ownership.ts';
import { ClockerError, isClockerError, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { CallOptions, CreateContainer } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { connectNetwork } from './networks.ts';
import { toObjectName } from './object-name.ts';
import { removeContainer } from './remove-container.ts';
import { networkNameOf, toCreateOptions } from './to-create-options.ts';
import { writeFiles } from './write-files.ts';

/** Creates a container with its networks and files, or none at all. Errors: those of the port. */
export async function createContainer(
  parts: EngineParts,
  request: CreateContainer,
  options?: CallOptions,
): Promise<{ readonly containerId: string }> {
  if (isMadeAtOnce(request)) return { containerId: await create(parts, request, request.name, options) };
  const containerId = await createHalfMade(parts, request, options);
  try {
    await joinNetworks(parts, request, { containerId, options });
    await writeFiles(parts, containerId, [...request.spec.files, ...(request.content ?? [])], options);
    await rename(parts, { containerId, name: request.name, options });
  } catch (error) {
    throw await undo(parts, containerId, error);
  }
  return { containerId };
}

function isMadeAtOnce({ spec, content = [] }: CreateContainer): boolean {
  return spec.files.length + content.length === 0 && (spec.networks ?? []).length <= 1;
}

/** The first network was given with the creation. */
async function joinNetworks(
  parts: EngineParts,
  request: CreateContainer,
  { containerId, options }: { readonly containerId: string; readonly options: CallOptions | undefined },
): Promise<void> {
  for (const attachment of (request.spec.networks ?? []).slice(1)) {
    await connectNetwork(parts, { name: networkNameOf(request, attachment), container: containerId, attachment }, options);
  }
}

async function create(parts: EngineParts, request: CreateContainer, asName: string, options: CallOptions | undefined): Promise<string> {
  const { name: _, ...body } = toCreateOptions(request);
  const platform = request.spec.options?.platform ? { platform: request.spec.options.platform } : {};
  const container = await parts.calls.call({
    what: `creation of ${request.name}`,
    deadlineMs: DEADLINE_MS.create,
    options,
    perform: (docker, abortSignal) =>
      // Parted, as dockerode would otherwise write the whole body into the query as well.
      docker.createContainer({ _query: { name: toObjectName(asName), ...platform }, _body: body, abortSignal } as ContainerCreateOptions),
  });
  return container.id;
}

async function createHalfMade(parts: EngineParts, request: CreateContainer, options: CallOptions | undefined): Promise<string> {
  const name = halfMadeName(request.name);
  try {
    return await create(parts, request, name, options);
  } catch (error) {
    if (!isClockerError(error) || error.code !== 'conflict.foreign') throw error;
    await removeLeftover(parts, { name, labels: request.labels, options, conflict: error });
    return create(parts, request, name, options);
  }
}

interface Leftover {
  readonly name: string;
  readonly labels: CreateContainer['labels'];
  readonly options: CallOptions | undefined;
  readonly conflict: ClockerError;
}

/** Removes what a creation that broke off left, told by the very labels that this one gives; anything else stays a conflict. */
async function removeLeftover(parts: EngineParts, { name, labels, options, conflict }: Leftover): Promise<void> {
  const found = await parts.calls.call<{ readonly Id: string; readonly Config: { readonly Labels?: Record<string, string> } } | null>({
    what: `inspection of ${name}`,
    deadlineMs: DEADLINE_MS.inspect,
    options,
    expected: { statuses: [404], value: null },
    perform: (docker, abortSignal) => docker.getContainer(name).inspect({ abortSignal }),
  });
  if (!found) return;
  const isLeftover = Object.entries(labels).every(([key, value]) => found.Config.Labels?.[key] === value);
  if (!isLeftover || Object.keys(labels).length === 0) throw conflict;
  await removeContainer(parts, found.Id, options);
}

async function rename(
  { calls }: EngineParts,
  { containerId, name, options }: { containerId: string; name: string; options: CallOptions | undefined },
): Promise<void> {
  await calls.call<unknown>({
    what: `creation of ${name}`,
    deadlineMs: DEADLINE_MS.update,
    options,
    perform: (docker, abortSignal) => docker.getContainer(containerId).rename({ name: toObjectName(name), abortSignal }),
  });
}

/** Not under the caller's signal: that may be the reason why the files are missing. Gives the error to throw; a failed removal is told with it. */
async function undo(parts: EngineParts, id: string, reason: unknown): Promise<ClockerError> {
  const first = toClockerError(reason);
  try {
    await removeContainer(parts, id);
    return first;
  } catch (error) {
    const { code, hint, retryable, cause } = first;
    const message = `${first.message} (and what was half made could not be removed: ${toClockerError(error).message})`;
    return new ClockerError(code, { message, retryable, cause, ...(hint ? { hint } : {}) });
  }
}
