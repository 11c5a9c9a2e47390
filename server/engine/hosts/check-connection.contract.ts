import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../adapters/clock/system-clock.ts';
import { createHostConnector } from '../../adapters/ssh/create-host-connector.ts';
import type { HostTarget } from '../../ports/host-session.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { type OwnDockerd, startOwnDockerd } from '../../testing/real-engine.ts';
import { freePort, type RealSshd, startRealSshd } from '../../testing/real-sshd.ts';
import { checkConnection } from './check-connection.ts';

let dockerd: OwnDockerd;
let sshd: RealSshd;
let closed: RealSshd;

beforeAll(async () => {
  [dockerd, sshd, closed] = await Promise.all([startOwnDockerd(), startRealSshd(), startRealSshd({ AllowStreamLocalForwarding: 'no' })]);
});
afterAll(async () => {
  await Promise.all([sshd.stop(), closed.stop(), dockerd.stop()]);
});

async function check(target: HostTarget, aheadMs = 0) {
  const system = createSystemClock();
  const clock = { ...system, now: () => system.now() + aheadMs };
  const connector = createHostConnector({ clock, log: quietLog(), engineSocketPath: dockerd.socketPath });
  const checks = await checkConnection({ connector, clock }, target);
  return Object.fromEntries(checks.map(({ name, state, text }) => [name, { state, text }]));
}

describe('the way to a real machine', () => {
  it('is open', async () => {
    const checks = await check(sshd.target);
    for (const name of ['name', 'port', 'ssh', 'key', 'login', 'sudo', 'engine', 'permission', 'forwarding', 'clock'])
      expect([name, checks[name]?.state]).toEqual([name, 'ok']);
    expect(checks).toMatchObject({ engine: { text: expect.stringMatching(/^Version \d/) } });
    await expect.poll(() => sshd.connectionPids()).toEqual([]);
  });

  it('ends at a name that nobody knows, at a port where nobody listens, at what is no SSH server', async () => {
    expect(await check({ ...sshd.target, address: 'no-such-host.invalid' })).toMatchObject({
      name: { state: 'failed' },
      port: { state: 'skipped' },
    });
    const port = await freePort();
    expect(await check({ ...sshd.target, port })).toMatchObject({
      name: { state: 'ok' },
      port: { state: 'failed', text: expect.stringContaining('refused') },
      ssh: { state: 'skipped' },
    });
    const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => web.listen(port, '127.0.0.1', resolve));
    expect(await check({ ...sshd.target, port })).toMatchObject({
      port: { state: 'ok' },
      ssh: { state: 'failed' },
      key: { state: 'skipped' },
    });
    web.close();
  });

  it('ends at another host key, before a login, and at a login that is refused', async () => {
    const before = await sshd.log();
    expect(await check({ ...sshd.target, hostKey: { ...sshd.hostKey, fingerprint: 'SHA256:other' } })).toMatchObject({
      key: { state: 'failed' },
      login: { state: 'skipped' },
    });
    expect((await sshd.log()).slice(before.length)).not.toContain('Accepted');
    expect(await check({ ...sshd.target, privateKey: closed.target.privateKey })).toMatchObject({
      login: { state: 'failed' },
      engine: { state: 'skipped' },
    });
  });

  it('is warned of where the clocks differ', async () => {
    expect(await check(sshd.target, 90_000)).toMatchObject({
      engine: { state: 'ok' },
      clock: { state: 'warning', text: expect.stringMatching(/^It is (89|90|91) s behind ours$/) },
    });
  });

  it('is open also where sshd forwards to no local sockets: the engine is reached through a session', async () => {
    expect(await check(closed.target)).toMatchObject({ login: { state: 'ok' }, engine: { state: 'ok' }, forwarding: { state: 'ok' } });
  });
});
