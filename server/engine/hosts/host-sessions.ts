import type { Credential, Host } from '../../domain/entity/host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostId } from '../../domain/shared/ids.ts';
import type { HostConnector, HostSession, HostTarget } from '../../ports/host-session.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { StoreView } from '../../ports/store.ts';
import type { HostSessions } from '../engine-context.ts';
import { createOperationLimiter, type OperationLimiter } from './operation-limiter.ts';

/** What the host controller sees of the sessions; everybody else gets `HostSessions` only. */
export interface HostSessionPool extends HostSessions {
  /** Makes a session to where the record points; the caller dials it and closes it. Errors: not-found, store.corrupt. */
  open(host: Host): HostSession;
  /** From now on `ready` and `operate` use this session; undefined takes the host out of service. */
  serve(hostId: HostId, session: HostSession | undefined): void;
  /** Forgets a removed host. */
  forget(hostId: HostId): void;
}

export interface HostSessionPoolOptions {
  readonly view: StoreView;
  readonly connector: HostConnector;
  readonly secrets: Pick<Secrets, 'open'>;
  /** Concurrent engine operations a host, 1 or more. */
  readonly operationsPerHost: number;
}

export function createHostSessions(options: HostSessionPoolOptions): HostSessionPool {
  const { view, connector, secrets } = options;
  const serving = new Map<HostId, HostSession>();
  const limiters = new Map<HostId, OperationLimiter>();

  function limiterOf(hostId: HostId): OperationLimiter {
    const limiter = limiters.get(hostId) ?? createOperationLimiter(options.operationsPerHost);
    limiters.set(hostId, limiter);
    return limiter;
  }

  function requireReady(hostId: HostId): HostSession {
    const session = serving.get(hostId);
    if (session) return session;
    const host = view.get('host', hostId);
    if (!host) throw new ClockerError('not-found', { message: `There is no host ${hostId}` });
    throw new ClockerError('host.unreachable', {
      message: `Host ${host.name} is ${host.state}${host.reason ? `: ${host.reason}` : ''}`,
      hint: 'It is tried again as soon as the host is ready.',
      retryable: true,
    });
  }

  return {
    ready: (hostId) => serving.get(hostId),
    operate: (hostId, operation) => limiterOf(hostId).run(async () => await operation(requireReady(hostId))),
    open: (host) => connector.session(toTarget(host, view.get('credential', host.credentialId), secrets)),
    serve(hostId, session) {
      if (session) serving.set(hostId, session);
      else serving.delete(hostId);
    },
    forget(hostId) {
      serving.delete(hostId);
      limiters.delete(hostId);
    },
  };
}

/** Where a host is reached and with what. Errors: not-found, store.corrupt (its credential). */
export function toTarget(
  host: Pick<Host, 'name' | 'address' | 'port' | 'user' | 'hostKey'>,
  credential: Credential | undefined,
  secrets: Pick<Secrets, 'open'>,
): HostTarget {
  if (!credential) {
    throw new ClockerError('not-found', {
      message: `Host ${host.name} uses a credential that does not exist`,
      hint: 'Remove the host and add it again with a credential of Hosts → Credentials.',
    });
  }
  return {
    name: host.name,
    address: host.address,
    port: host.port,
    user: host.user,
    privateKey: secrets.open(credential.sealed),
    hostKey: host.hostKey,
  };
}
