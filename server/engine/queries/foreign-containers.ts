import { readOwnership, wholeName } from '../../domain/entity/ownership.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { EngineContext } from '../engine-context.ts';

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
  { hosts, secrets }: Pick<EngineContext, 'hosts' | 'secrets'>,
  hostId: HostId,
  signal?: AbortSignal,
): Promise<readonly ForeignContainer[]> {
  const session = hosts.ready(hostId);
  if (!session) {
    throw new ClockerError('host.unreachable', {
      message: 'The host is not ready',
      hint: 'Its containers are listed once it is.',
      retryable: true,
    });
  }
  const check = { planeId: secrets.planeId, verify: secrets.verify.bind(secrets) };
  const all = await session.engine.listContainers(signal ? { signal } : {});
  return all
    .filter(({ name, labels }) => readOwnership(wholeName(name), labels, check) === null)
    .map(({ name, image, state, labels }) => ({ name, image, state, project: labels['com.docker.compose.project'] ?? null }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
