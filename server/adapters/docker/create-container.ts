import type { ContainerCreateOptions } from 'dockerode';
import { isClockerError, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { CallOptions, CreateContainer } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { toObjectName } from './object-name.ts';
import { removeContainer } from './remove-container.ts';
import { toCreateOptions } from './to-create-options.ts';
import { writeFiles } from './write-files.ts';

/** Creates a container with its files, or none at all. Errors: those of the port. */
export async function createContainer(
  parts: EngineParts,
  request: CreateContainer,
  options?: CallOptions,
): Promise<{ readonly containerId: string }> {
  const { name, ...body } = toCreateOptions(request);
  const container = await parts.calls.call({
    what: `creation of ${request.name}`,
    deadlineMs: DEADLINE_MS.create,
    options,
    perform: (docker, abortSignal) =>
      // Parted, as dockerode would otherwise write the whole body into the query as well.
      docker.createContainer({ _query: { name: toObjectName(request.name) }, _body: body, abortSignal } as ContainerCreateOptions),
  });
  try {
    await writeFiles(parts, container.id, request.spec.files, options);
  } catch (error) {
    await undo(parts, container.id, error);
    throw error;
  }
  return { containerId: container.id };
}

/** Not under the caller's signal: that may be the reason why the files are missing. A failure is told with the first error. */
async function undo(parts: EngineParts, id: string, reason: unknown): Promise<void> {
  try {
    await removeContainer(parts, id);
  } catch (error) {
    const first = toClockerError(reason);
    if (isClockerError(error)) first.message += ` (and the half-made container could not be removed: ${error.message})`;
  }
}
