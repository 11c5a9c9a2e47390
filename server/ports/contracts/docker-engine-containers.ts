import { describe, expect, it, vi } from 'vitest';
import type { EngineFixture } from './engine-fixture.ts';

/** Containers from their creation to their end, and the volumes they use. */
export function describeContainers(fixture: () => EngineFixture): void {
  describe('containers', () => {
    it('answers and tells its facts', async () => {
      const { engine } = fixture();
      await engine.ping();
      expect(await engine.facts()).toMatchObject({
        version: expect.stringMatching(/\d/),
        cpus: expect.any(Number),
        memoryBytes: expect.any(Number),
        cgroupVersion: expect.stringMatching(/^[12]$/),
      });
    });

    it('tells when it was heard last', async () => {
      const { engine } = fixture();
      await engine.ping();
      const heard = engine.heardAt;
      expect(heard).toBeGreaterThan(Date.now() - 60_000);
      await vi.waitFor(async () => {
        await engine.listContainers();
        expect(engine.heardAt).toBeGreaterThan(heard);
      });
      expect(engine.heardAt).toBeLessThanOrEqual(Date.now());
    });

    it('makes a container as asked and lists it, not started yet', async () => {
      const { engine, request } = fixture();
      const asked = request({ labels: { mine: 'yes' }, env: { A: 'b' } });
      const { containerId } = await engine.createContainer(asked);
      expect(await engine.inspectContainer(asked.name)).toMatchObject({
        id: containerId,
        name: asked.name,
        status: 'created',
        pid: null,
        exitCode: null,
        startedAtMs: null,
        labels: { mine: 'yes', 'contract.test': 'yes' },
      });
      const listed = (await engine.listContainers()).find(({ id }) => id === containerId);
      expect(listed).toMatchObject({ name: asked.name, state: 'created', labels: { mine: 'yes' } });
    });

    it('finds nothing where there is nothing', async () => {
      const { engine, name } = fixture();
      expect(await engine.inspectContainer(name())).toBeNull();
      await expect(engine.startContainer(name())).rejects.toMatchObject({ code: 'not-found' });
      await engine.stopContainer(name(), { timeoutS: 1 });
      await engine.removeContainer(name());
    });

    it('starts, stops and removes, and minds no repetition', async () => {
      const { engine, running } = fixture();
      const id = await running();
      await engine.startContainer(id);
      expect(await engine.inspectContainer(id)).toMatchObject({
        status: 'running',
        pid: expect.any(Number),
        startedAtMs: expect.any(Number),
      });
      await engine.stopContainer(id, { timeoutS: 0 });
      await engine.stopContainer(id, { timeoutS: 0 });
      expect(await engine.inspectContainer(id)).toMatchObject({ status: 'exited', pid: null, exitCode: 137 });
      await engine.startContainer(id);
      await Promise.all([engine.removeContainer(id), engine.removeContainer(id)]);
      await engine.removeContainer(id);
      expect(await engine.inspectContainer(id)).toBeNull();
    });

    it('refuses a name that is taken', async () => {
      const { engine, request } = fixture();
      const asked = request();
      await engine.createContainer(asked);
      await expect(engine.createContainer(asked)).rejects.toMatchObject({
        code: 'conflict.foreign',
        message: expect.stringContaining(asked.name),
      });
    });

    it('clears away what its own broken creation left, and nothing else', async () => {
      const { engine, request } = fixture();
      const files = [{ path: '/srv/a', content: 'a', mode: 0o644 }];
      const asked = request({ files });
      await engine.createContainer(request({}, { name: `${asked.name}.part`, labels: asked.labels }));
      const { containerId } = await engine.createContainer(asked);
      expect(await engine.inspectContainer(asked.name)).toMatchObject({ id: containerId, name: asked.name });
      expect(await engine.inspectContainer(`${asked.name}.part`)).toBeNull();
      await expect(engine.createContainer(asked)).rejects.toMatchObject({ code: 'conflict.foreign' });

      const other = request({ files });
      const foreign = request({}, { name: `${other.name}.part`, labels: { 'contract.test': 'no' } });
      await engine.createContainer(foreign);
      await expect(engine.createContainer(other)).rejects.toMatchObject({ code: 'conflict.foreign' });
      await engine.removeContainer(foreign.name);
    });

    it('says which image is not there', async () => {
      const { engine, request } = fixture();
      await expect(engine.createContainer(request({ image: 'no/such-image:9' }))).rejects.toMatchObject({
        code: 'image.not-found',
        message: expect.stringContaining('no/such-image:9'),
      });
    });

    it('publishes a port on the leased one and says when that is taken', async () => {
      const { engine, request, freePort } = fixture();
      const port = { container: 80, protocol: 'tcp', host: null } as const;
      const ports = [{ container: 80, host: await freePort(), protocol: 'tcp' }] as const;
      const first = await engine.createContainer(request({ ports: [port] }, { ports }));
      await engine.startContainer(first.containerId);
      expect(await engine.inspectContainer(first.containerId)).toMatchObject({ ports, bridgeAddress: expect.stringMatching(/^[\d.]+$/) });
      const second = await engine.createContainer(request({ ports: [port] }, { ports }));
      await expect(engine.startContainer(second.containerId)).rejects.toMatchObject({ code: 'port.taken' });
    });

    it('tells why a container does not start', async () => {
      const { engine, request } = fixture();
      const { containerId } = await engine.createContainer(request({ command: ['/no/such/program'] }));
      await expect(engine.startContainer(containerId)).rejects.toMatchObject({ code: 'container.start-failed' });
      expect((await engine.inspectContainer(containerId))?.error).toContain('/no/such/program');
    });

    it('leaves no half-made container behind when its files cannot be written', async () => {
      const { engine, request } = fixture();
      const asked = request({ files: [{ path: '/bin', content: 'in the way of a folder', mode: 0o644 }] });
      await expect(engine.createContainer(asked)).rejects.toMatchObject({ name: 'ClockerError' });
      expect(await engine.inspectContainer(asked.name)).toBeNull();
    });

    it('passes on a signal', async () => {
      const { engine, running } = fixture();
      const id = await running({ command: ['sh', '-c', 'trap "exit 7" USR1; echo ready; while :; do sleep 0.1; done'] });
      for await (const line of engine.logs(id, { follow: true, tail: 1 })) if (line.text === 'ready') break;
      await engine.killContainer(id, { signalName: 'SIGUSR1' });
      await vi.waitFor(async () => expect(await engine.inspectContainer(id)).toMatchObject({ status: 'exited', exitCode: 7 }), 5_000);
    });

    it('follows a health check', async () => {
      const { engine, running } = fixture();
      const check = { intervalMs: 200, timeoutMs: 5_000, retries: 3, startPeriodMs: 0 };
      const id = await running({ healthcheck: { ...check, test: ['CMD-SHELL', 'test -e /tmp/ok'] } });
      expect((await engine.inspectContainer(id))?.health).toBe('starting');
      await engine.exec(id, { argv: ['touch', '/tmp/ok'], timeoutMs: 10_000 });
      await vi.waitFor(async () => expect((await engine.inspectContainer(id))?.health).toBe('healthy'), { timeout: 10_000, interval: 100 });
    });

    it('kills what takes more memory than its limit, and tells so', async () => {
      const { engine, running } = fixture();
      const ended = async () => {
        const id = await running({ command: ['tail', '/dev/zero'], memoryBytes: 16 * 2 ** 20 });
        return await vi.waitFor(async () => {
          const found = await engine.inspectContainer(id);
          expect(found?.status).toBe('exited');
          return found?.oomKilled;
        }, 20_000);
      };
      // A busy Docker may hear that it has ended before it hears why, and then never says it: another is tried.
      expect([await ended(), (await ended()) || (await ended())]).toContain(true);
    });

    it('changes limits in place and takes them away', async () => {
      const { engine, running } = fixture();
      const id = await running({ memoryBytes: 64 * 2 ** 20, cpus: 0.5 });
      const limit = async (): Promise<number> => {
        const script = 'cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max';
        return Number((await engine.exec(id, { argv: ['sh', '-c', script], timeoutMs: 10_000 })).stdout);
      };
      expect(await limit()).toBe(64 * 2 ** 20);
      await engine.updateLimits(id, { memoryBytes: 96 * 2 ** 20, cpus: 1 });
      expect(await limit()).toBe(96 * 2 ** 20);
      await engine.updateLimits(id, { memoryBytes: null, cpus: null });
      expect(await limit()).toBeGreaterThan(1e9);
      await engine.updateLimits(id, { memoryBytes: 32 * 2 ** 20, cpus: 0.25 });
      expect(await limit()).toBe(32 * 2 ** 20);
    });
  });

  describe('volumes', () => {
    it('keeps named volumes with their labels until they are removed', async () => {
      const { engine, running, name } = fixture();
      const volume = name();
      await engine.ensureVolume({ name: volume, labels: { mine: 'yes' } });
      await engine.ensureVolume({ name: volume, labels: { mine: 'yes' } });
      expect((await engine.listVolumes()).find((listed) => listed.name === volume)?.labels).toEqual({ mine: 'yes' });
      const spec = { volumes: [{ name: 'data', path: '/data', readOnly: false }] };
      const first = await running(spec, { volumeNames: { data: volume } });
      await engine.exec(first, { argv: ['sh', '-c', 'echo kept >/data/note'], timeoutMs: 10_000 });
      await expect(engine.removeVolume(volume)).rejects.toMatchObject({ name: 'ClockerError' });
      await engine.removeContainer(first);
      const second = await running(spec, { volumeNames: { data: volume } });
      expect((await engine.exec(second, { argv: ['cat', '/data/note'], timeoutMs: 10_000 })).stdout).toBe('kept\n');
      await engine.removeContainer(second);
      await engine.removeVolume(volume);
      await engine.removeVolume(volume);
      expect((await engine.listVolumes()).some((listed) => listed.name === volume)).toBe(false);
    });
  });
}
