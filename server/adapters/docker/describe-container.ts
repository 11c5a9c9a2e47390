import type { ContainerInspectInfo, ImageInspectInfo, ImageInspectOptions } from 'dockerode';
import type { ContainerDescription } from '../../domain/adoption/container-description.ts';
import type { CallOptions } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { toObjectName } from './object-name.ts';
import { toDescription } from './to-description.ts';

/** Errors: those of the port. */
export async function describeContainer(
  { calls }: EngineParts,
  nameOrId: string,
  options?: CallOptions,
): Promise<ContainerDescription | null> {
  const key = toObjectName(nameOrId);
  const container = await calls.call<ContainerInspectInfo | null>({
    what: `inspection of ${nameOrId}`,
    deadlineMs: DEADLINE_MS.inspect,
    options,
    expected: { statuses: [404], value: null },
    perform: (docker, abortSignal) => docker.getContainer(key).inspect({ abortSignal }),
  });
  if (container === null) return null;
  const image = await calls.call<ImageInspectInfo | null>({
    what: `inspection of image ${container.Config.Image}`,
    deadlineMs: DEADLINE_MS.inspect,
    options,
    expected: { statuses: [404], value: null },
    perform: (docker, abortSignal) => docker.getImage(container.Image).inspect({ abortSignal } as ImageInspectOptions),
  });
  return toDescription(container, image);
}
