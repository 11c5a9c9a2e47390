import { connect } from 'node:net';
import type { Clock } from '../../ports/clock.ts';
import type { HostTarget } from '../../ports/host-session.ts';

/** What a machine that is there says where nobody listens. */
const ANSWERS: readonly unknown[] = ['ECONNREFUSED', 'ECONNRESET'];
/** What the network says of a machine that is not. */
const NOBODY: readonly unknown[] = ['ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH'];

/**
 * Whether anything answers at the SSH port of a machine, by a connection of its own that is not used. The kernel answers it, however busy
 * the machine is. Never throws; false after `timeoutMs`. Null where it could not be asked: its name is not known now, or this process lacks a
 * socket.
 */
export function knock({ address, port }: Pick<HostTarget, 'address' | 'port'>, clock: Clock, timeoutMs: number): Promise<boolean | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (answered: boolean | null): void => {
      cancel();
      socket.destroy();
      resolve(answered);
    };
    const cancel = clock.after(timeoutMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.on('error', (error) => end(meaningOf('code' in error ? error.code : undefined)));
  });
}

function meaningOf(code: unknown): boolean | null {
  if (ANSWERS.includes(code)) return true;
  return NOBODY.includes(code) ? false : null;
}
