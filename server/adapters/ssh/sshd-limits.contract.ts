import { readdir, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HostSession } from '../../ports/host-session.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { docker, sharedEngine, TEST_IMAGE } from '../../testing/real-engine.ts';
import { type RealSshd, startRealSshd } from '../../testing/real-sshd.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createHostConnector } from './create-host-connector.ts';

describe('an sshd with its limits', () => {
  const ends: (() => Promise<unknown>)[] = [];
  let engineSocketPath: string;

  beforeAll(async () => {
    engineSocketPath = await sharedEngine();
  });

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function connect(
    options: Record<string, string | number>,
    socketPath = engineSocketPath,
  ): Promise<{ sshd: RealSshd; session: HostSession }> {
    const sshd = await startRealSshd(options);
    ends.push(() => sshd.stop());
    const session = createHostConnector({ clock: createSystemClock(), log: quietLog(), engineSocketPath: socketPath }).session(sshd.target);
    ends.push(() => session.close());
    await session.connect();
    return { sshd, session };
  }

  /** Event streams that are known to flow: each has seen the same new volume. */
  async function openStreams(
    session: HostSession,
    count: number,
  ): Promise<{ readonly abort: AbortController; readonly failures: unknown[] }> {
    const abort = new AbortController();
    const failures: unknown[] = [];
    let flowing = 0;
    for (let stream = 0; stream < count; stream += 1) {
      void (async () => {
        let isFirst = true;
        for await (const _ of session.engine.events({ sinceNs: null, signal: abort.signal })) {
          if (isFirst) flowing += 1;
          isFirst = false;
        }
      })().catch((error: { code?: string }) => error.code === 'cancelled' || failures.push(error));
    }
    const name = `limits-${Date.now()}`;
    for (let attempt = 0; flowing < count && failures.length === 0 && attempt < 100; attempt += 1) {
      await session.engine.ensureVolume({ name: `${name}-${attempt}`, labels: {} });
      await session.engine.removeVolume(`${name}-${attempt}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect([flowing, failures]).toEqual([count, []]);
    return { abort, failures };
  }

  const codes = (calls: readonly Promise<unknown>[]): Promise<readonly unknown[]> =>
    Promise.all(
      calls.map((call) =>
        call.then(
          () => 'ok',
          (error: unknown) => String(error),
        ),
      ),
    );

  const mixedCalls = (session: HostSession, count: number): readonly Promise<unknown>[] =>
    Array.from({ length: count }, (_, number) => {
      const { engine } = session;
      const kinds = [
        engine.listContainers,
        () => engine.inspectContainer('nobody'),
        engine.listVolumes,
        () => engine.imageExists(TEST_IMAGE),
      ];
      return (kinds[number % kinds.length] ?? engine.listContainers)();
    });

  it('serves 500 calls at once beside 50 streams and the shell on one connection, with stock settings', async () => {
    const { sshd, session } = await connect({});
    const { abort, failures } = await openStreams(session, 50);
    const shell = session.shell.run('echo here', { timeoutMs: 20_000 });
    expect(new Set(await codes([...mixedCalls(session, 500), session.engine.ping(), shell]))).toEqual(new Set(['ok']));
    expect([session.dials, (await sshd.connectionPids()).length, failures]).toEqual([1, 1, []]);
    abort.abort();
  });

  it('serves 40 streams beside the shell where two sessions are allowed', async () => {
    const { session } = await connect({ MaxSessions: 2 });
    await session.shell.run('true', { timeoutMs: 5_000 });
    const { abort } = await openStreams(session, 40);
    expect((await session.shell.run('echo here', { timeoutMs: 5_000 })).output).toBe('here\n');
    abort.abort();
  });

  it('goes through a program on the host where forwarding is forbidden', async () => {
    const { sshd, session } = await connect({ AllowStreamLocalForwarding: 'no' });
    const { abort } = await openStreams(session, 4);
    await session.shell.run('true', { timeoutMs: 5_000 });
    expect(new Set(await codes(mixedCalls(session, 60)))).toEqual(new Set(['ok']));
    const run = await docker(engineSocketPath, ['run', '--detach', '--rm', TEST_IMAGE, 'sleep', '60']);
    ends.push(() => session.engine.removeContainer(run));
    expect((await session.engine.exec(run, { argv: ['echo', 'inside'], timeoutMs: 10_000 })).stdout).toBe('inside\n');
    abort.abort();
    await session.engine.removeContainer(run);
    ends.pop();
    const [connection = 0] = await sshd.connectionPids();
    await session.close();
    await expect.poll(async () => readdir(`/proc/${connection}`).catch(() => 'gone'), { timeout: 5_000 }).toBe('gone');
  });

  it('answers a caller at its deadline while a busy host still opens the shell, and opens it once', async () => {
    const { sshd, session } = await connect({ ForceCommand: 'sleep 7; exec sh' });
    await expect(session.shell.run('echo early', { timeoutMs: 1_000 })).rejects.toMatchObject({ code: 'deadline', retryable: true });
    expect((await session.shell.run('echo here', { timeoutMs: 20_000 })).output).toBe('here\n');
    expect((await sshd.log()).match(/Starting session: forced-command/g)).toHaveLength(1);
  });

  it('finds an engine that comes up later, without a new connection', async () => {
    const socketPath = join(tmpdir(), `clocker-late-${process.pid}.sock`);
    const { session } = await connect({}, socketPath);
    await expect(session.engine.ping()).rejects.toMatchObject({ code: 'host.engine-unreachable', retryable: true });
    expect((await session.shell.run('echo here', { timeoutMs: 5_000 })).output).toBe('here\n');
    await symlink(engineSocketPath, socketPath);
    ends.push(() => unlink(socketPath));
    await session.engine.ping();
    expect([session.dials, session.state]).toEqual([1, 'up']);
  });

  it('leaves no channel behind after calls that were given up', async () => {
    const { sshd, session } = await connect({});
    const giveUp = async (number: number): Promise<void> => {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), number % 10);
      const reading = (async () => {
        for await (const _ of session.engine.events({ sinceNs: null, signal: abort.signal }));
      })();
      await codes([session.engine.listContainers({ signal: abort.signal }), reading]);
    };
    await Promise.all(Array.from({ length: 300 }, (_, number) => giveUp(number)));
    const [pid = 0] = await sshd.connectionPids();
    // The connection itself, the log, and at most the channels that are kept for the next calls.
    await expect.poll(async () => (await readdir(`/proc/${pid}/fd`)).length, { timeout: 10_000 }).toBeLessThan(32 + 2 + 12);
    await session.engine.ping();
  });
});
