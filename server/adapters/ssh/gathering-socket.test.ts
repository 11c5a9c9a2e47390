import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { GatheringSocket } from './gathering-socket.ts';

let server: Server | undefined;

afterEach(() => server?.close());

/** The pieces that the other side receives, until the socket is closed. */
async function received(talk: (socket: GatheringSocket) => Promise<void> | void): Promise<readonly string[]> {
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
  const socket = new GatheringSocket();
  await new Promise<void>((resolve) => socket.setNoDelay(true).connect({ host: '127.0.0.1', port }, resolve));
  await talk(socket);
  socket.end();
  await over;
  return pieces;
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 50));

it('sends what is written in one turn in one piece, and what is written later in another', async () => {
  const pieces = await received(async (socket) => {
    for (const part of ['length ', 'payload ', 'tag']) socket.write(part);
    await aMoment();
    socket.write('next');
    await aMoment();
  });
  expect(pieces).toEqual(['length payload tag', 'next']);
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
