import type { Socket } from 'node:net';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { createByteWindow, sendInPieces } from '../../domain/terminal/byte-window.ts';
import type { TerminalClientMessage } from '../../domain/terminal/client-message.ts';
import { INPUT_WINDOW_BYTES, TERMINAL_PATH, type TerminalEnd, type TerminalServerMessage } from '../../domain/terminal/terminal-message.ts';
import type { Client } from './connect.ts';

/** Of one of both sides. */
const ENDS: ReadonlySet<TerminalEnd['reason']> = new Set(['exited', 'closed']);

/**
 * Passes the bytes of a local connection to what the ticket is for, and back, each side as fast as the other takes them. Resolves at its end.
 * @throws ClockerError what ended it, where that was no end of either side
 */
export async function passOn(client: Pick<Client, 'socket'>, local: Socket, ticket: string): Promise<void> {
  const socket = client.socket(TERMINAL_PATH);
  const input = createByteWindow(INPUT_WINDOW_BYTES);
  const over = Promise.withResolvers<void>();
  const tell = (message: TerminalClientMessage): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  socket.on('open', () => tell({ kind: 'open', ticket, columns: 80, rows: 24 }));
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return void local.write(data, () => tell({ kind: 'taken', bytes: data.length }));
    const message: TerminalServerMessage = JSON.parse(data.toString('utf8'));
    if (message.kind === 'opened') void send();
    else if (message.kind === 'taken') input.taken(message.bytes);
    else if (message.end.error) over.reject(new ClockerError(message.end.error.code, message.end.error));
    else if (ENDS.has(message.end.reason)) over.resolve();
    else over.reject(new ClockerError('cancelled', { message: `The server has ended a connection: ${message.end.reason}` }));
  });
  socket.on('error', (error) => over.reject(error));
  socket.on('close', () => over.resolve());
  local.on('error', () => socket.close());
  local.on('close', () => socket.close());

  async function send(): Promise<void> {
    for await (const bytes of local.iterator({ destroyOnReturn: false })) {
      await sendInPieces(input, bytes, (piece) => {
        if (socket.readyState !== socket.OPEN) return false;
        socket.send(piece);
        return true;
      });
    }
    tell({ kind: 'end' });
  }

  try {
    await over.promise;
  } finally {
    input.end();
    socket.close();
    local.end();
  }
}
