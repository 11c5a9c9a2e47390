import type { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import { isClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostTarget } from '../../ports/host-session.ts';
import { ChannelSocket } from './channel-socket.ts';
import { toRefusedForward } from './ssh-errors.ts';
import type { SshLink } from './ssh-link.ts';

interface From {
  readonly link: SshLink;
  readonly target: HostTarget;
}

/** A TCP connection from a host, as a forwarded channel of the one SSH connection (RFC 4254, 7.2): sshd counts none of them as a session. */
export function dialFromHost({ link, target }: From, address: string, port: number): Duplex {
  const socket = new ChannelSocket(open({ link, target }, address, port), () => undefined);
  // Whoever uses it has its own listener; one that nobody uses any more may fail unheard.
  socket.on('error', () => undefined);
  socket.once(
    'close',
    link.onDown((error) => socket.destroy(error)),
  );
  return socket;
}

async function open({ link, target }: From, address: string, port: number): Promise<ClientChannel> {
  await link.ready();
  try {
    return await link.open((client, answer) => client.forwardOut('127.0.0.1', 0, address, port, answer));
  } catch (error) {
    throw isClockerError(error) ? error : toRefusedForward(target, `${address}:${port}`, error);
  }
}
