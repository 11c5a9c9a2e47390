import type { Host, HostState } from '../../domain/entity/host.ts';
import { type ErrorView, inWords } from '../../domain/shared/clocker-error.ts';
import type { ConnectionState } from '../../ports/host-session.ts';

/** All that is known of one host at one moment. */
export interface HostCondition {
  readonly connection: ConnectionState;
  /** Why the connection is not up. */
  readonly connectionError: ErrorView | null;
  /** Its containers were listed and compared, and the engine has answered since. */
  readonly listed: boolean;
  /** Why the engine is not to be used. */
  readonly engineError: ErrorView | null;
  /** The engine is there but does not let us in: only a person can change that. */
  readonly engineRefused: boolean;
  /** Was ready since this process started. */
  readonly wasReady: boolean;
  /** Milliseconds without an answer of the engine that this process has watched. */
  readonly silentMs: number;
  /** Nothing answers at its address, and other hosts are heard. */
  readonly isGone: boolean;
}

export interface HostStatus {
  readonly state: HostState;
  /** One sentence, and what to do where a person must; empty when ready. */
  readonly reason: string;
}

const WHEN_LOST = 'Start the machine again, or remove the host: it is tried again by itself';

/** What the record of a host should say now. Pure. */
export function decideHostState(
  host: Pick<Host, 'name' | 'state' | 'reason' | 'maintenance' | 'setUp'>,
  condition: HostCondition,
  lostAfterMs: number,
): HostStatus {
  const error = condition.connection === 'up' ? condition.engineError : condition.connectionError;
  if (condition.connection === 'refused' || (condition.connection === 'up' && condition.engineRefused)) {
    return { state: 'refused', reason: error ? inWords(error) : `${host.name} refuses the connection` };
  }
  if (condition.connection === 'up' && condition.listed && !condition.engineError) return { state: 'ready', reason: '' };
  if (host.setUp?.state === 'failed') return { state: 'refused', reason: host.setUp.problem ?? 'Setting it up failed' };
  const isBeingSetUp = host.setUp?.state === 'wanted' || host.setUp?.state === 'running';
  if (isBeingSetUp && condition.connection === 'up')
    return { state: 'setting-up', reason: host.setUp?.problem ?? 'Docker Engine is being set up' };
  const away = error?.message ?? comingBack(host.name, condition.connection);
  if (host.maintenance !== undefined) return { state: 'unreachable', reason: `${away}: in maintenance` };
  if (condition.isGone) return { state: 'lost', reason: `${away} (nothing answers at its address, other hosts are heard). ${WHEN_LOST}` };
  if (condition.silentMs >= lostAfterMs) return { state: 'lost', reason: `${away} (no answer for ${lostAfterMs / 1000} s). ${WHEN_LOST}` };
  if (host.state === 'lost') return { state: 'lost', reason: `${away}. ${WHEN_LOST}` };
  if (error || condition.wasReady) return { state: 'unreachable', reason: error ? inWords(error) : away };
  // Tried again by itself now and then: it stays refused until something else is known.
  if (host.state === 'refused') return { state: 'refused', reason: host.reason };
  return { state: 'connecting', reason: away };
}

function comingBack(name: string, connection: ConnectionState): string {
  return connection === 'up' ? `Reading what there is on ${name}` : `Connecting to ${name}`;
}
