import { connect, type Socket } from 'node:net';

/**
 * Dials a TCP socket that sends all that is written in one turn of the event loop at once. ssh2 writes each packet in three parts
 * (length, payload, tag): sent one by one they are three system calls and three TCP segments, which each wake the other side.
 */
export function dialGathering(to: { readonly host: string; readonly port: number }): Socket {
  const socket = connect(to);
  const write = socket.write;
  // On the socket itself: `connect` puts the method of net.Socket back over that of any subclass.
  const gathered = (...part: Parameters<Socket['write']>): boolean => {
    if (socket.writableCorked === 0) {
      socket.cork();
      setImmediate(() => socket.uncork());
    }
    return Reflect.apply(write, socket, part);
  };
  socket.write = gathered as Socket['write'];
  return socket;
}
