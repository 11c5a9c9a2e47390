import type { Host } from '../../domain/entity/host.ts';
import { readOwnership, wholeName } from '../../domain/entity/ownership.ts';
import type { EngineContext } from '../engine-context.ts';
import type { ContainerComparison } from './compare-containers.ts';
import { ownershipCheck } from './ownership-check.ts';

/** Seconds that a surplus container has to end by itself. */
const STOP_TIMEOUT_S = 3;

type Context = Pick<EngineContext, 'store' | 'hosts' | 'tasks' | 'secrets'>;

/**
 * Removes one container of ours that no row knows, after looking at it again: by now it may be gone, or known. Named volumes
 * stay. Returns whether it was removed. Errors: those of the engine, host.unreachable.
 */
export async function removeSurplus(context: Context, host: Host, surplus: ContainerComparison['surplus'][number]): Promise<boolean> {
  const { containerId, ownership } = surplus;
  const check = ownershipCheck(context.secrets);
  const stillSurplus = await context.hosts.operate(host.id, async ({ engine }) => {
    const container = await engine.inspectContainer(containerId);
    return container !== null && readOwnership(wholeName(container.name), container.labels, check) !== null;
  });
  if (!stillSurplus || isKnown(context, host, ownership.name)) return false;
  const name = `Remove surplus container ${ownership.name}`;
  await context.tasks.run({ name, cause: { kind: 'controller', by: 'host' }, hostId: host.id }, async ({ signal }) => {
    await context.hosts.operate(host.id, async ({ engine }) => {
      await engine.stopContainer(containerId, { timeoutS: STOP_TIMEOUT_S, signal });
      await engine.removeContainer(containerId, { signal });
    });
  });
  return true;
}

function isKnown(context: Context, host: Host, containerName: string): boolean {
  return context.store.view.instancesOn(host.id).some((instance) => !instance.adopted && instance.containerName === containerName);
}
