import { readOwnership, wholeName } from '../../domain/entity/ownership.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { EngineContext } from '../engine-context.ts';
import { ownershipCheck } from '../hosts/ownership-check.ts';
import { requireReady } from '../hosts/require-ready.ts';

/** A container that is not ours: shown, and never touched. */
export interface ForeignContainer {
  readonly name: string;
  readonly image: string;
  /** Docker’s word: running, exited … */
  readonly state: string;
  /** The Compose project that it belongs to; null where it belongs to none. */
  readonly project: string | null;
}

/** Containers of a host that are not ours, by name, as its engine lists them now. @throws ClockerError not-found | host.unreachable */
export async function foreignContainers(
  context: Pick<EngineContext, 'hosts' | 'secrets'>,
  hostId: HostId,
  signal?: AbortSignal,
): Promise<readonly ForeignContainer[]> {
  const session = requireReady(context, hostId, 'Its containers are listed once it is.');
  const check = ownershipCheck(context.secrets);
  const all = await session.engine.listContainers(signal ? { signal } : {});
  return all
    .filter(({ name, labels }) => readOwnership(wholeName(name), labels, check) === null)
    .map(({ name, image, state, labels }) => ({ name, image, state, project: labels['com.docker.compose.project'] ?? null }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
