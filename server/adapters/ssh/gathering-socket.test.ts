import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { dialGathering } from './gathering-socket.ts';

let server: Server | undefined;

afterEach(() => server?.close());

/** The pieces that the other side receives, until the socket is closed. */
async function received(talk: (socket: Socket) => Promise<void> | void): Promise<readonly string[]> {
  const pieces: string[] = [];
  const listening = createServer();
  server = listening;
  const port = await new Promise<number>((resolve) =>
    listening.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    }),
  );
  const over = new Promise<void>((resolve) =>
    listening.on('connection', (peer) => peer.on('data', (bytes) => pieces.push(String(bytes))).on('end', () => resolve())),
  );
  const socket = dialGathering({ host: '127.0.0.1', port });
  await new Promise<void>((resolve) => socket.setNoDelay(true).once('connect', resolve));
  await talk(socket);
  socket.end();
  await over;
  return pieces;
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 50));

it('sends what is written in one turn in one piece, and what is written later in another', async () => {
  const waiting: number[] = [];
  const pieces = await received(async (socket) => {
    for (const part of ['length ', 'payload ', 'tag']) socket.write(part);
    waiting.push(socket.writableLength);
    await aMoment();
    socket.write('next');
    await aMoment();
    waiting.push(socket.writableLength);
  });
  expect(pieces).toEqual(['length payload tag', 'next']);
  expect(waiting).toEqual([18, 0]);
});

it('loses nothing that is written right before the end', async () => {
  const pieces = await received((socket) => {
    for (const part of ['bye ', 'bye']) socket.write(part);
  });
  expect(pieces.join('')).toBe('bye bye');
});

it('calls back when a part is sent', async () => {
  await received((socket) => new Promise((resolve) => socket.write(Buffer.from('done'), () => resolve())));
});
