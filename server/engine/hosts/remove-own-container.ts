import type { Instance } from '../../domain/entity/instance.ts';
import { halfMadeName, isContainerOf, type OwnershipCheck } from '../../domain/entity/ownership.ts';
import type { DockerEngine } from '../../ports/docker-engine.ts';

/** Stops and removes the container of an instance, whatever its state, and what a creation that broke off left. Nothing that is not ours is touched. */
export async function removeOwnContainer(
  engine: DockerEngine,
  instance: Instance,
  { check, signal }: { readonly check: OwnershipCheck; readonly signal: AbortSignal },
): Promise<void> {
  for (const key of keysOf(instance)) {
    const found = await engine.inspectContainer(key, { signal });
    if (!found || !isContainerOf(instance, found, check)) continue;
    if (found.status === 'running') await engine.stopContainer(found.id, { timeoutS: instance.spec.stopTimeoutS, signal });
    await engine.removeContainer(found.id, { signal });
  }
}

function keysOf({ adopted, containerName }: Instance): readonly string[] {
  return adopted ? [adopted.containerId] : [containerName, halfMadeName(containerName)];
}
