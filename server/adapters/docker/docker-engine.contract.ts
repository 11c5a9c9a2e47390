import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../ports/contracts/collect.ts';
import { describeDockerEngineContract } from '../../ports/contracts/docker-engine.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { docker, sharedEngine, TEST_IMAGE } from '../../testing/real-engine.ts';
import { freePort, type RealSshd, startRealSshd } from '../../testing/real-sshd.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createHostConnector } from '../ssh/create-host-connector.ts';

interface Reached {
  readonly sshd: RealSshd;
  readonly session: HostSession;
  readonly socketPath: string;
}

describeDockerEngineContract(async () => {
  const { session, sshd } = await reach();
  return {
    engine: session.engine,
    image: TEST_IMAGE,
    freePort,
    // Of the range for benchmarks (RFC 2544), which no network routes.
    freeSubnet: () => Promise.resolve(`198.19.${randomInt(256)}.0/24`),
    end: async () => {
      await session.close();
      await sshd.stop();
    },
  };
});

describe('containers that others made', () => {
  let reached: Reached;
  let id: string;

  beforeAll(async () => {
    reached = await reach();
    const script = 'echo one; head -c 40000 /dev/zero | tr "\\0" x; echo; printf two';
    id = await docker(reached.socketPath, ['run', '--detach', '--tty', TEST_IMAGE, 'sh', '-c', script]);
  });

  afterAll(async () => {
    await reached.session.engine.removeContainer(id);
    await reached.session.close();
    await reached.sshd.stop();
  });

  it('have readable logs where they have a terminal', async () => {
    const lines = await collect(reached.session.engine.logs(id, { follow: true, tail: 10 }));
    expect(lines.map(({ stream, text }) => [stream, text.length, text.slice(0, 3)])).toEqual([
      ['stdout', 3, 'one'],
      ['stdout', 40_000, 'xxx'],
      ['stdout', 3, 'two'],
    ]);
  });
});

describe('a snapshot', () => {
  it('has nothing of what was to be blank in it, nor has the engine another image of its layers', async () => {
    const { session, sshd, socketPath } = await reach();
    const secret = 'correct-horse-battery';
    const [name, container] = ['clocker-test/blank:1', `blank-${randomInt(1e9)}`];
    await docker(socketPath, ['create', '--name', container, '--env', `TOKEN=${secret}`, TEST_IMAGE, 'echo', secret]);
    const blank = { variables: ['TOKEN'], labels: [], command: true, entrypoint: false, healthcheck: false };
    await session.engine.commitContainer({ container, name, labels: {}, comment: '', pause: true, blank });
    const told = [await docker(socketPath, ['image', 'inspect', name]), await docker(socketPath, ['history', '--no-trunc', name])];
    const images = await docker(socketPath, [
      'images',
      '--all',
      '--no-trunc',
      '--filter',
      `since=${TEST_IMAGE}`,
      '--format',
      '{{.ID}} {{.Repository}}',
    ]);
    const made = images.split('\n').filter((line) => line.includes('clocker-test/blank') || line.includes('<none>'));
    const inspected = await Promise.all(made.map((line) => docker(socketPath, ['image', 'inspect', line.split(' ')[0] ?? ''])));
    expect(told.join()).toContain('TOKEN=');
    expect([...told, ...inspected].join()).not.toContain(secret);
    await session.engine.removeContainer(container);
    await session.engine.removeImage(name);
    await session.close();
    await sshd.stop();
  });
});

async function reach(): Promise<Reached> {
  const socketPath = await sharedEngine();
  const sshd = await startRealSshd();
  const session = createHostConnector({ clock: createSystemClock(), log: quietLog(), engineSocketPath: socketPath }).session(sshd.target);
  await session.connect();
  return { sshd, session, socketPath };
}
