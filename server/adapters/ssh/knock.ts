import { connect } from 'node:net';
import type { Clock } from '../../ports/clock.ts';
import type { HostTarget } from '../../ports/host-session.ts';

/** What a machine that is there says where nobody listens. */
const ANSWERS: readonly unknown[] = ['ECONNREFUSED', 'ECONNRESET'];

/**
 * Whether anything answers at the SSH port of a machine, by a connection of its own that is not used. The kernel answers it, however busy
 * the machine is. Never throws; false after `timeoutMs`.
 */
export function knock({ address, port }: Pick<HostTarget, 'address' | 'port'>, clock: Clock, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (answered: boolean): void => {
      cancel();
      socket.destroy();
      resolve(answered);
    };
    const cancel = clock.after(timeoutMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.on('error', (error) => end('code' in error && ANSWERS.includes(error.code)));
  });
}
