import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ContainerConsole, openContainerConsole } from '../testing/container-console.ts';
import { forwardPort } from '../testing/forward-port.ts';
import type { RealConsole } from '../testing/real-console.ts';
import { runCli } from '../testing/run-cli.ts';

/** Bytes that a text would not survive. */
const BYTES = Buffer.from(Array.from({ length: 3_000_000 }, (_, n) => (n * 7919) % 251));
const running: ChildProcess[] = [];
let console: ContainerConsole;
let server: RealConsole;
let entityId: string;
let operator: string;
let viewer: string;

beforeAll(async () => {
  console = await openContainerConsole(['sh', '-c', 'while :; do nc -l -p 7000 -e cat; done']);
  ({ server, entityId } = console);
  ({ token: operator } = await server.user('olga', { role: 'operator', scope: 'system' }));
  ({ token: viewer } = await server.user('vera', { role: 'viewer', scope: 'system' }));
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

afterAll(async () => console?.close());

/** `clocker forward`, and the port that it listens on. */
async function forward(token = operator) {
  const forwarded = await forwardPort({ entityId, port: 7000, url: server.url, token });
  running.push(forwarded.child);
  return forwarded;
}

async function echoed(port: number, bytes: Buffer): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1');
  const got: Buffer[] = [];
  let length = 0;
  socket.write(bytes);
  for await (const piece of socket) {
    got.push(piece);
    length += piece.length;
    if (length >= bytes.length) break;
  }
  return Buffer.concat(got);
}

const audited = async () =>
  (await server.services.audit.list({ before: null, limit: 20 }))
    .filter(({ action }) => action.startsWith('forward.'))
    .map(({ actor, action, outcome, detail }) => `${actor} ${action} ${outcome} ${detail}`);

describe('a forwarded port', () => {
  it('leads to one that nobody has published, byte for byte, as often as one connects, and is recorded', async () => {
    const { child, port } = await forward();
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(hash(await echoed(port, BYTES))).toBe(hash(BYTES));
    await expect.poll(async () => String(await echoed(port, Buffer.from('again')))).toBe('again');
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    await expect.poll(async () => (await audited()).filter((entry) => entry.includes('forward.close')).length).toBeGreaterThanOrEqual(2);
    expect((await audited()).at(-1)).toMatch(/^olga forward\.open ok .*"title":"port 7000 of .+ on test-host".*"port":7000/);
  });

  it('is for those who may have a terminal there, and says where nothing runs', async () => {
    const base = ['--url', server.url, '--token'];
    const refused = await runCli(['forward', entityId, '7000', '--local', '0', ...base, viewer]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/may not|permission|forbidden/i)]);
    const nowhere = await runCli(['forward', 'nobody', '7000', ...base, operator]);
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('There is no entity nobody')]);
    const wrong = await runCli(['forward', entityId, '70000', ...base, operator]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('from 1 to 65535')]);
  });
});
