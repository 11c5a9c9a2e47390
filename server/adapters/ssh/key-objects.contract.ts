import { once } from 'node:events';
import ssh2, { type CipherAlgorithm, type Client } from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RealSshd, startRealSshd } from '../../testing/real-sshd.ts';
import { keepKeyObjects } from './key-objects.ts';

describe('keys of an ssh2 connection', () => {
  let sshd: RealSshd;
  const clients: Client[] = [];

  beforeAll(async () => {
    sshd = await startRealSshd();
  });

  afterAll(async () => {
    for (const client of clients) client.end();
    await sshd.stop();
  });

  async function connect(cipher?: CipherAlgorithm): Promise<Client> {
    const client = new ssh2.Client();
    clients.push(client);
    const { address: host, port, user: username, privateKey } = sshd.target;
    client.connect({ host, port, username, privateKey, ...(cipher ? { algorithms: { cipher: [cipher] } } : {}) });
    await once(client, 'ready');
    return client;
  }

  /** What `cat` gives back of so many bytes. */
  function echoed(client: Client, bytes: number): Promise<number> {
    return new Promise((resolve, reject) => {
      client.exec('cat', (error, channel) => {
        if (error) return reject(error);
        let size = 0;
        channel.on('data', (chunk: Buffer) => {
          size += chunk.length;
        });
        channel.on('close', () => resolve(size));
        channel.end(Buffer.alloc(bytes, 'x'));
      });
    });
  }

  it('are key objects of both directions where the cipher is the one that is negotiated first', async () => {
    const client = await connect();
    expect(await echoed(client, 1_000)).toBe(1_000);
    expect(keepKeyObjects(client)).toBe(2);
    expect(await echoed(client, 3_000_000)).toBe(3_000_000);
    expect(keepKeyObjects(client)).toBe(0);
  });

  it('are left as they are with another cipher', async () => {
    const client = await connect('aes128-ctr');
    expect(keepKeyObjects(client)).toBe(0);
    expect(await echoed(client, 1_000)).toBe(1_000);
  });
});
