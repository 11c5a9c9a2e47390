import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BARE_CONTAINER } from '../../domain/entity/container-spec.ts';
import type { TaskProgress } from '../../domain/entity/task.ts';
import type { CreateContainer } from '../../ports/docker-engine.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { ensureTestImage, type OwnDockerd, startOwnDockerd, TEST_IMAGE } from '../../testing/real-engine.ts';
import { type RealRegistry, startRealRegistry } from '../../testing/real-registry.ts';
import { type RealSshd, startRealSshd } from '../../testing/real-sshd.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createHostConnector } from '../ssh/create-host-connector.ts';

const MIB = 2 ** 20;
const DISK_MIB = 128;
const LAYER_MIB = 16;

describe('an engine in trouble', () => {
  let dockerd: OwnDockerd;
  let sshd: RealSshd;
  let registry: RealRegistry;
  let session: HostSession;

  beforeAll(async () => {
    [dockerd, sshd, registry] = await Promise.all([startOwnDockerd({ diskMiB: DISK_MIB }), startRealSshd(), startRealRegistry()]);
    await ensureTestImage(dockerd.socketPath);
    const connector = createHostConnector({ clock: createSystemClock(), log: quietLog(), engineSocketPath: dockerd.socketPath });
    session = connector.session(sshd.target);
    await session.connect();
  });

  afterAll(async () => {
    await session.close();
    await Promise.all([registry.stop(), sshd.stop(), dockerd.stop()]);
  });

  describe('pushes', () => {
    it('sends what was built to a registry, which gives it to others', async () => {
      const { engine } = session;
      const [name, remote] = ['clocker/made:1', `${registry.address}/clocker/made:1`];
      await engine.buildImage({ name, dockerfile: `FROM ${TEST_IMAGE}\nLABEL made=1\n`, labels: {} });
      await engine.tagImage(name, remote, {});
      await engine.pushImage(remote, {});
      const tags: unknown = await (await fetch(`http://${registry.address}/v2/clocker/made/tags/list`)).json();
      expect(tags).toEqual({ name: 'clocker/made', tags: ['1'] });
      await engine.pullImage(remote, {});
    });

    it('says when there is no registry, and ends when the caller gives up', async () => {
      const { engine } = session;
      await engine.buildImage({ name: 'made:2', dockerfile: `FROM ${TEST_IMAGE}\nLABEL made=2\n`, labels: {} });
      await engine.tagImage('made:2', '127.0.0.1:1/made:2', {});
      await expect(engine.pushImage('127.0.0.1:1/made:2', {})).rejects.toMatchObject({ code: 'image.push-failed', retryable: true });
      const remote = `${registry.address}/made:2`;
      await engine.tagImage('made:2', remote, {});
      registry.freeze();
      await expect(engine.pushImage(remote, { signal: AbortSignal.timeout(300) })).rejects.toMatchObject({ code: 'cancelled' });
      registry.thaw();
    });
  });

  describe('pulls', () => {
    it('tells the progress of each layer', async () => {
      const reference = await registry.push(dockerd.socketPath, 'team/web:1', LAYER_MIB * MIB);
      const told: TaskProgress[] = [];
      await session.engine.pullImage(reference, { onProgress: (progress) => told.push(progress) });
      expect(await session.engine.imageExists(reference)).toBe(true);
      const fractions = told.flatMap(({ fraction }) => fraction ?? []);
      expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
      expect(told.at(-1)).toMatchObject({ fraction: 1, layers: [{ status: 'Pull complete', totalBytes: expect.any(Number) }] });
      expect(told.at(-1)?.layers?.[0]?.totalBytes).toBeGreaterThan(LAYER_MIB * MIB);
    });

    it('says which image the registry does not have', async () => {
      const reference = `${registry.address}/team/web:none`;
      await expect(session.engine.pullImage(reference, {})).rejects.toMatchObject({
        code: 'image.not-found',
        message: expect.stringContaining(reference),
        hint: expect.any(String),
      });
    });

    it('says when there is no registry', async () => {
      await expect(session.engine.pullImage('127.0.0.1:1/web:1', {})).rejects.toMatchObject({ code: 'image.pull-failed', retryable: true });
    });

    it('gives up where a registry stops in the middle, and can try again', async () => {
      const reference = await registry.push(dockerd.socketPath, 'team/slow:1', LAYER_MIB * MIB);
      const frozen = registry.freezeAfter(4 * MIB).then(() => performance.now());
      const pull = session.engine.pullImage(reference, { stallMs: 1_500 });
      await expect(pull).rejects.toMatchObject({ code: 'image.pull-stalled', retryable: true });
      expect(performance.now() - (await frozen)).toBeLessThan(5_000);
      await expect(session.engine.pullImage(reference, { stallMs: 700 })).rejects.toMatchObject({ code: 'image.pull-stalled' });
      registry.thaw();
      await session.engine.pullImage(reference, {});
    });

    it('ends at once when the caller gives up', async () => {
      registry.freeze();
      const abort = new AbortController();
      const pull = session.engine.pullImage(`${registry.address}/team/web:2`, { signal: abort.signal });
      setTimeout(() => abort.abort(), 200);
      const startedAt = performance.now();
      await expect(pull).rejects.toMatchObject({ code: 'cancelled' });
      expect(performance.now() - startedAt).toBeLessThan(1_500);
      registry.thaw();
    });
  });

  it('loses no event and tells none twice while the connection is cut again and again', async () => {
    const names = Array.from({ length: 60 }, (_, number) => `cut-${number}`);
    const seen: string[] = [];
    let sinceNs: string | null = null;
    let breaks = 0;
    const abort = new AbortController();
    const following = (async () => {
      while (seen.length < names.length) {
        try {
          for await (const event of session.engine.events({ sinceNs, signal: abort.signal })) {
            sinceNs = event.timeNs;
            if (event.type === 'volume' && event.action === 'create') seen.push(event.actorId);
            if (seen.length === names.length) return;
          }
        } catch (error) {
          if (abort.signal.aborted) throw error;
          breaks += 1;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 500));
    // Past the session, as whatever else happens on that host would.
    const direct = await startRealSshd();
    const other = createHostConnector({ clock: createSystemClock(), log: quietLog(), engineSocketPath: dockerd.socketPath }).session(
      direct.target,
    );
    await other.connect();
    for (const [number, name] of names.entries()) {
      await other.engine.ensureVolume({ name, labels: {} });
      if (number % 15 === 7) await sshd.cutConnections();
    }
    const timer = setTimeout(() => abort.abort(), 15_000);
    await following;
    clearTimeout(timer);
    await other.close();
    await direct.stop();
    expect(seen).toEqual(names);
    expect(breaks).toBeGreaterThanOrEqual(1);
  });

  it('says that the disk is full and leaves nothing half made', async () => {
    const asked: CreateContainer = {
      name: 'big',
      spec: { ...SLEEPER, files: [{ path: '/srv/big', content: 'x'.repeat(8 * MIB), mode: 0o644 }] },
      ports: [],
      labels: {},
      volumeNames: {},
      networkNames: {},
    };
    const ballast = join(dockerd.dataFolder, 'ballast');
    await writeFile(ballast, Buffer.alloc(DISK_MIB * MIB)).catch((error: { code?: string }) => expect(error.code).toBe('ENOSPC'));
    await expect(session.engine.createContainer(asked)).rejects.toMatchObject({ code: 'host.disk-full', retryable: true });
    await rm(ballast);
    await expect.poll(() => session.engine.inspectContainer('big')).toBeNull();
    await session.engine.createContainer(asked);
    await session.engine.removeContainer('big');
  });

  it('does not make callers wait for an engine that is frozen', async () => {
    await session.engine.ping();
    dockerd.freeze();
    try {
      const startedAt = performance.now();
      const abort = new AbortController();
      const cancelled = session.engine.listContainers({ signal: abort.signal });
      const pings = Array.from({ length: 20 }, () => session.engine.ping());
      setTimeout(() => abort.abort(), 300);
      await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
      for (const ping of pings) await expect(ping).rejects.toMatchObject({ code: 'host.unresponsive', retryable: true });
      expect(performance.now() - startedAt).toBeLessThan(4_500);
      expect((await session.shell.run('echo alive', { timeoutMs: 3_000 })).output).toBe('alive\n');
    } finally {
      dockerd.thaw();
    }
    await expect
      .poll(
        () =>
          session.engine.ping().then(
            () => 'pong',
            () => 'silent',
          ),
        { timeout: 10_000 },
      )
      .toBe('pong');
    expect(session.state).toBe('up');
  });

  it('tells a crashed engine from a lost host', async () => {
    const { dials } = session;
    const broken = (async () => {
      for await (const _ of session.engine.events({ sinceNs: null }));
    })();
    const told = expect(broken).rejects.toMatchObject({ code: 'host.engine-unreachable' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await dockerd.crash();
    await told;
    await expect(session.engine.ping()).rejects.toMatchObject({ code: 'host.engine-unreachable', retryable: true });
    expect([session.state, session.dials]).toEqual(['up', dials]);
  });
});

const SLEEPER: CreateContainer['spec'] = { ...BARE_CONTAINER, image: TEST_IMAGE, stopTimeoutS: 0 };
