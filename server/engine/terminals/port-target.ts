import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { isOnMachine } from '../../domain/software/process-state.ts';
import type { EngineContext } from '../engine-context.ts';
import { hostName, requireRunning, requireSession } from './require-target.ts';
import type { FoundTarget } from './terminal-target.ts';

/** One connection to a port of what an entity runs. */
export interface PortTarget {
  readonly kind: 'port';
  readonly entityId: EntityId;
  /** TCP, of its container or, where it runs on a machine, one of its own: 1 to 65535. */
  readonly port: number;
}

/**
 * Reached from the host on which it runs: nothing of it need be published. A machine has ports that are none of the entity's: whoever may look into the
 * entity is not let to those. Errors: not-found, conflict (no port of its own), container.not-ready, host.unreachable.
 */
export function findPort(context: Pick<EngineContext, 'store' | 'hosts'>, { entityId, port }: PortTarget): FoundTarget {
  const { view } = context.store;
  const instance = requireRunning(view, entityId);
  const session = requireSession(context, instance.hostId);
  const title = `port ${port} of ${view.get('entity', entityId)?.name} on ${hostName(view, instance.hostId)}`;
  const isProcess = isOnMachine(instance);
  if (isProcess && !instance.ports.some(({ container, protocol }) => container === port && protocol === 'tcp')) {
    const own = instance.ports.map(({ container }) => container).join(', ');
    throw new ClockerError('conflict', { message: `There is no ${title}`, hint: own === '' ? 'It has none.' : `It has ${own}.` });
  }
  const address = isProcess ? '127.0.0.1' : (instance.bridgeAddress ?? instance.endpoints?.[0]?.address);
  if (address === undefined) {
    throw new ClockerError('container.not-ready', { message: `There is no way to ${title}: it has no address there`, retryable: true });
  }
  return {
    title,
    hostId: instance.hostId,
    containerName: isProcess ? null : instance.containerName,
    open: (_, signal) => session.openPort(address, port, { signal }),
    // A connection that ends has ended: nothing was killed.
    staysUp: () => Promise.resolve(true),
  };
}
