import type { CallOptions, DockerEngine } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import type { EngineParts } from './engine-parts.ts';
import { toObjectName } from './object-name.ts';
import { toLimits } from './to-create-options.ts';

interface Update {
  readonly id: string;
  readonly limits: Parameters<DockerEngine['updateLimits']>[1];
  readonly options: CallOptions | undefined;
}

/** Changes limits of a container in place. */
export async function updateLimits({ calls }: EngineParts, { id, limits, options }: Update): Promise<void> {
  const name = toObjectName(id);
  await calls.call<unknown>({
    what: `change of the limits of ${id}`,
    deadlineMs: DEADLINE_MS.update,
    options,
    perform: (docker, abortSignal) => docker.getContainer(name).update({ ...toLimits(limits), abortSignal }),
  });
}
