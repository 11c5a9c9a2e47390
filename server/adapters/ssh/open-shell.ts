import type { ClientChannel } from 'ssh2';
import { isClockerError, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostTarget } from '../../ports/host-session.ts';
import type { OpenHostTerminal, Terminal } from '../../ports/terminal.ts';
import { readOutput, writeTo } from '../stream/socket-bytes.ts';
import { ChannelSocket } from './channel-socket.ts';
import { toRefusedChannel } from './ssh-errors.ts';
import type { SshLink } from './ssh-link.ts';

/** Opening a session starts processes on the host, which takes long when it is busy. */
const OPEN_TIMEOUT_MS = 30_000;

/** The login shell of the host's user, on the connection there is. Errors: host.lost, host.unreachable, host.unresponsive, host.channel-refused. */
export async function openShell(
  { link, target }: { readonly link: SshLink; readonly target: HostTarget },
  { size, signal }: OpenHostTerminal,
): Promise<Terminal> {
  signal?.throwIfAborted();
  await link.ready();
  const channel = await ask(link, target, size);
  return toTerminal(link, channel);
}

async function ask(link: SshLink, target: HostTarget, { columns, rows }: OpenHostTerminal['size']): Promise<ClientChannel> {
  const pty = { term: 'xterm-256color', cols: columns, rows, width: 0, height: 0 };
  try {
    return await link.open((client, answer) => client.shell(pty, answer), OPEN_TIMEOUT_MS);
  } catch (error) {
    throw isClockerError(error) ? error : toRefusedChannel(target, error);
  }
}

function toTerminal(link: SshLink, channel: ClientChannel): Terminal {
  // How it ended is told after its last output.
  const exited = Promise.withResolvers<number | null>();
  channel.on('exit', (code: number | null) => exited.resolve(code));
  channel.on('close', () => exited.resolve(null));
  const socket = new ChannelSocket(Promise.resolve(channel), () => undefined);
  // A channel ends without a word when its connection breaks.
  const stopListening = link.onDown((error) => {
    exited.resolve(null);
    socket.destroy(error);
  });
  socket.on('error', () => undefined);
  socket.on('close', stopListening);
  return {
    output: readOutput(socket, toClockerError),
    write: (bytes) => writeTo(socket, bytes),
    resize: ({ columns, rows }) => {
      if (!socket.destroyed) channel.setWindow(rows, columns, 0, 0);
      return Promise.resolve();
    },
    exitCode: () => exited.promise,
    close: () => {
      socket.destroy();
      return Promise.resolve();
    },
  };
}
