import type { Instance } from '../../domain/entity/instance.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId, HostId } from '../../domain/shared/ids.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { StoreView } from '../../ports/store.ts';
import type { EngineContext } from '../engine-context.ts';

/** Errors: not-found, container.not-ready. */
export function requireRunning(view: StoreView, entityId: EntityId): Instance {
  const entity = view.get('entity', entityId);
  if (!entity) throw new ClockerError('not-found', { message: `There is no entity ${entityId}` });
  const instance = entity.instanceId ? view.get('instance', entity.instanceId) : undefined;
  if (instance?.state === 'running') return instance;
  throw new ClockerError('container.not-ready', {
    message: instance
      ? `The container of ${entity.name} does not run: it is ${instance.state}`
      : `${entity.name} has no container of its own`,
    hint: instance ? 'Start it first.' : 'Take one of the members below it.',
    retryable: true,
  });
}

/** Errors: not-found, host.unreachable. */
export function requireSession({ store, hosts }: Pick<EngineContext, 'store' | 'hosts'>, hostId: HostId): HostSession {
  const session = hosts.ready(hostId);
  if (session) return session;
  const host = store.view.get('host', hostId);
  if (!host) throw new ClockerError('not-found', { message: `There is no host ${hostId}` });
  throw new ClockerError('host.unreachable', {
    message: `Host ${host.name} is ${host.state}${host.reason ? `: ${host.reason}` : ''}`,
    hint: 'Try again once the host is ready.',
    retryable: true,
  });
}

export function hostName(view: StoreView, hostId: HostId): string {
  return view.get('host', hostId)?.name ?? 'a host that was removed';
}
