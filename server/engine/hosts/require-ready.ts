import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { EngineContext } from '../engine-context.ts';

/** The session of a host that is ready. `hint`: when what was asked for can be had. @throws ClockerError host.unreachable */
export function requireReady({ hosts }: Pick<EngineContext, 'hosts'>, hostId: HostId, hint: string): HostSession {
  const session = hosts.ready(hostId);
  if (session) return session;
  throw new ClockerError('host.unreachable', { message: 'The host is not ready', hint, retryable: true });
}
