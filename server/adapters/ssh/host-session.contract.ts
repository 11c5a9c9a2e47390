import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeHostSessionContract } from '../../ports/contracts/host-session.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { sharedEngine } from '../../testing/real-engine.ts';
import { makePrivateKey, type RealSshd, startRealSshd } from '../../testing/real-sshd.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createHostConnector } from './create-host-connector.ts';

describeHostSessionContract(async () => {
  const engineSocketPath = await sharedEngine();
  const sshd = await startRealSshd();
  return {
    connector: createHostConnector({ clock: createSystemClock(), log: quietLog(), engineSocketPath }),
    target: sshd.target,
    strangersKey: await makePrivateKey(),
    cutConnections: async () => {
      await sshd.cutConnections();
    },
    end: () => sshd.stop(),
  };
});

describe('a host that offers another key', () => {
  let sshd: RealSshd;
  let session: HostSession;

  beforeAll(async () => {
    const engineSocketPath = await sharedEngine();
    sshd = await startRealSshd();
    session = createHostConnector({ clock: createSystemClock(), log: quietLog(), engineSocketPath }).session(sshd.target);
  });

  afterAll(async () => {
    await session.close();
    await sshd.stop();
  });

  it('is refused after a good session, before a login is tried', async () => {
    await session.connect();
    await session.engine.ping();
    const logBefore = (await sshd.log()).length;
    await sshd.swapHostKey();
    await vi.waitFor(() => expect(session.state).toBe('refused'), { timeout: 20_000, interval: 20 });
    expect(session.lastError?.code).toBe('host.key-changed');
    const { dials } = session;
    await expect(session.engine.listContainers()).rejects.toMatchObject({ code: 'host.key-changed' });
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(session.dials).toBe(dials);
    const told = (await sshd.log()).slice(logBefore);
    expect(told).toMatch(/Connection (from|closed by)|Connection reset/);
    expect(told).not.toMatch(/Accepted|Failed|publickey|authenticating user|userauth/i);
  });
});
