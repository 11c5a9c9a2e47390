import { COMPOSE_LABEL } from '../../domain/adoption/adoption-names.ts';
import { refuseListed } from '../../domain/adoption/refuse-adoption.ts';
import { readOwnership, wholeName } from '../../domain/entity/ownership.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { EngineContext } from '../engine-context.ts';
import { ownershipCheck } from '../hosts/ownership-check.ts';
import { requireReady } from '../hosts/require-ready.ts';

/** A container that is not ours: shown, and never touched. */
export interface ForeignContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** Docker’s word: running, exited … */
  readonly state: string;
  /** The Compose project that it belongs to; null where it belongs to none. */
  readonly project: string | null;
  /** Why it cannot be adopted, as far as the list tells; null where it may be. */
  readonly refusal: string | null;
}

/** Containers of a host that are not ours, by name, as its engine lists them now. @throws ClockerError not-found | host.unreachable */
export async function foreignContainers(
  context: Pick<EngineContext, 'hosts' | 'secrets' | 'store'>,
  hostId: HostId,
  signal?: AbortSignal,
): Promise<readonly ForeignContainer[]> {
  const session = requireReady(context, hostId, 'Its containers are listed once it is.');
  const check = ownershipCheck(context.secrets);
  const all = await session.engine.listContainers(signal ? { signal } : {});
  const adopted = new Set(context.store.view.instancesOn(hostId).map((instance) => instance.adopted?.containerId));
  return all
    .filter(({ id, name, labels }) => !adopted.has(id) && readOwnership(wholeName(name), labels, check) === null)
    .map((container) => {
      const { id, name, image, state, labels } = container;
      return { id, name, image, state, project: labels[COMPOSE_LABEL.project] ?? null, refusal: refuseListed(container) };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
