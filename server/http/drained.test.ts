import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { drained } from './drained.ts';

const server = createServer();
const ends: Socket[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end.destroy();
  server.close();
});

/** A client that does not read, and more on its way to it than the kernel takes. */
async function stalled(): Promise<{ own: Socket; other: Socket }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const other = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [own] = (await accepted) as [Socket];
  ends.push(own, other);
  other.pause();
  own.write(Buffer.alloc(64 * 1_048_576));
  return { own, other };
}

const outgoing = (own: Socket) => ({
  get bufferedAmount() {
    return own.writableLength;
  },
});

describe('drained', () => {
  it('waits until a slow client reads on', async () => {
    const { own, other } = await stalled();
    expect(own.writableLength).toBeGreaterThan(1_048_576);
    const sent = drained(outgoing(own), own, new AbortController().signal);
    other.resume();
    await sent;
    expect(own.writableLength).toBe(0);
    expect(own.listenerCount('drain')).toBe(0);
  });

  it('ends when the caller stops, and when the client goes', async () => {
    const { own, other } = await stalled();
    const stop = new AbortController();
    const stopped = drained(outgoing(own), own, stop.signal);
    stop.abort();
    await stopped;
    const gone = drained(outgoing(own), own, new AbortController().signal);
    other.resetAndDestroy();
    own.on('error', () => undefined);
    await gone;
    expect(own.listenerCount('drain')).toBe(0);
  });
});
