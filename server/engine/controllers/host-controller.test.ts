import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../domain/entity/host.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { aContainer } from '../../testing/fake-host.ts';
import { type HostScene, openHostScene, PINNED_KEY, settle } from '../../testing/host-scene.ts';
import { anEntity } from '../../testing/records.ts';
import { acceptHostKey } from '../commands/hosts/accept-host-key.ts';

const OTHER_KEY = { type: 'ssh-ed25519', fingerprint: `SHA256:${'B'.repeat(43)}` };

let scene: HostScene;

beforeEach(async () => {
  scene = await openHostScene();
});

afterEach(() => scene.close());

describe('host controller', () => {
  it('makes a host ready with facts from its own limits, and hands out its session', async () => {
    scene.machines.one.shell = () => 'memory/memory.limit_in_bytes:4294967296\ncpu/cpu.cfs_quota_us:50000\ncpu/cpu.cfs_period_us:100000\n';
    scene.machines.one.containers.set('f', aContainer({ id: 'f', name: 'someone-elses' }));
    await scene.start();
    expect(scene.host()).toMatchObject({
      state: 'ready',
      reason: '',
      foreignContainers: 1,
      facts: { cpus: 0.5, memoryBytes: 4 * 1024 ** 3 },
    });
    expect(scene.world.context.hosts.ready(scene.host().id)).toBe(scene.machines.one.sessions[0]);
  });

  it('marks a container that died as exited with its code, and one killed for memory as such', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.start();
    scene.change('c1', { status: 'exited', exitCode: 137, oomKilled: true }, 'die');
    await settle();
    expect(scene.instance('I1')).toMatchObject({ state: 'exited', exitCode: 137, oomKilled: true, ready: false, bridgeAddress: null });
  });

  it('takes readiness back when a container restarts, is paused or becomes unhealthy, and notes the new address', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.start();
    expect(scene.instance('I1').ready).toBe(true);
    scene.change('c1', { startedAtMs: 2_000, bridgeAddress: '172.17.0.9' }, 'start');
    await settle();
    expect(scene.instance('I1')).toMatchObject({ state: 'running', ready: false, startedAt: 2_000, bridgeAddress: '172.17.0.9' });
    await scene.patch('I1', { ready: true });
    scene.change('c1', { health: 'unhealthy' }, 'health_status: unhealthy');
    await settle();
    expect(scene.instance('I1').ready).toBe(false);
    await scene.patch('I1', { ready: true });
    scene.change('c1', { status: 'paused', health: 'none' }, 'pause');
    await settle();
    expect(scene.instance('I1')).toMatchObject({ state: 'running', ready: false });
  });

  it('leaves containers alone whose row is planned or created, and every foreign one, labels copied or not', async () => {
    await scene.row('I1', { state: 'planned', incarnation: 1, containerId: null, ready: false });
    await scene.row('I2', { state: 'created', incarnation: 2, containerId: 'c2', ready: false });
    scene.machines.one.containers.set('c1', aContainer({ id: 'c1', name: scene.nameOf('I1'), labels: scene.labelsFor('I1') }));
    scene.machines.one.containers.set('c2', aContainer({ id: 'c2', name: scene.nameOf('I2'), labels: scene.labelsFor('I2') }));
    scene.machines.one.containers.set('x', aContainer({ id: 'x', name: 'copy', labels: scene.labelsFor('I1') }));
    scene.machines.one.containers.set(
      'y',
      aContainer({ id: 'y', name: scene.nameOf('I9'), labels: { ...scene.labelsFor('I9'), 'io.clocker.sig': 'no' } }),
    );
    await scene.start();
    await scene.clock.advance(30_000);
    expect(scene.machines.one.removed).toEqual([]);
    expect(scene.instance('I1').state).toBe('planned');
    expect(scene.instance('I2').state).toBe('created');
    expect(scene.host().foreignContainers).toBe(2);
  });

  it('removes a container of ours that no row knows', async () => {
    scene.machines.one.containers.set('s', aContainer({ id: 's', name: scene.nameOf('I7'), labels: scene.labelsFor('I7') }));
    await scene.start();
    await settle();
    expect(scene.machines.one.removed).toEqual(['s']);
    expect([...scene.world.context.store.view.all('task').values()].map((task) => [task.name, task.status])).toEqual([
      [`Remove surplus container ${scene.nameOf('I7')}`, 'done'],
    ]);
  });

  it('calls a host unreachable at once and lost after the grace time, with its instances', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.row('I2', { state: 'planned', incarnation: 2, containerId: null });
    await scene.start();
    const wasReady = scene.clock.now();
    scene.session().become('backoff', unreachable());
    await settle();
    expect(scene.host()).toMatchObject({ state: 'unreachable', reason: 'Cannot reach host-1: no answer' });
    expect(scene.world.context.hosts.ready(scene.host().id)).toBeUndefined();
    expect(scene.instance('I1').state).toBe('running');
    await scene.clock.advance(20_000);
    expect(scene.host().state).toBe('lost');
    expect(scene.host().since - wasReady).toBeLessThanOrEqual(16_000);
    expect(scene.instance('I1')).toMatchObject({ state: 'lost', ready: false });
    expect(scene.instance('I2').state).toBe('lost');
  });

  it('adopts what comes back with a lost host when nothing has replaced it, and gives up what was replaced', async () => {
    await scene.world.context.store.commit((draft) => draft.put('entity', anEntity({ id: 'DB' })));
    await scene.running('I1', { id: 'c1' });
    await scene.running('D1', { id: 'c2', entityId: 'DB' });
    await scene.start();
    scene.session().become('backoff', unreachable());
    await scene.clock.advance(20_000);
    await scene.row('I2', { state: 'running', incarnation: 2, hostId: 'host-2', containerId: 'elsewhere' });
    scene.session().become('up');
    await settle();
    expect(scene.host()).toMatchObject({ state: 'ready', reason: '' });
    expect(scene.instance('I1').state).toBe('removing');
    expect(scene.instance('D1')).toMatchObject({ state: 'running', ready: false, containerId: 'c2' });
  });

  it('marks as exited what a short reboot stopped, and loses nothing', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.start();
    scene.session().become('backoff', unreachable());
    await scene.clock.advance(6_000);
    scene.changeSilently('c1', { status: 'exited', exitCode: 255 });
    scene.session().become('up');
    await settle();
    expect(scene.host().state).toBe('ready');
    expect(scene.instance('I1')).toMatchObject({ state: 'exited', exitCode: 255 });
    expect(scene.world.controller.counters.hostsLost).toBe(0);
  });

  it('tells a hanging engine from a lost connection, then gives the host up, and takes it back when it thaws', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.start();
    scene.machines.one.engine = 'hangs';
    await scene.clock.advance(9_000);
    expect(scene.host()).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('does not answer; SSH does') });
    await scene.clock.advance(9_000);
    expect(scene.host().state).toBe('lost');
    scene.machines.one.engine = 'answers';
    await scene.clock.advance(6_000);
    expect(scene.host().state).toBe('ready');
    expect(scene.instance('I1').state).toBe('running');
  });

  it('is not kept from telling that by a list that hangs', async () => {
    await scene.start();
    scene.machines.one.emit(aContainer({ id: 'f', name: 'foreign' }), 'start');
    await settle();
    scene.machines.one.engine = 'hangs';
    await scene.clock.advance(9_000);
    expect(scene.host().state).toBe('unreachable');
    scene.machines.one.engine = 'answers';
    await scene.clock.advance(3_000);
    expect(scene.host().state).toBe('ready');
  });

  it('says that the whole machine hangs where its shell does not answer either', async () => {
    await scene.start();
    scene.machines.one.engine = 'hangs';
    scene.machines.one.shell = () => {
      throw new ClockerError('deadline', { message: 'no answer' });
    };
    await scene.clock.advance(9_000);
    expect(scene.host()).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('neither Docker Engine nor the shell') });
  });

  it('counts no silence while this process itself stood still', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.start();
    await scene.clock.advance(4_500);
    await scene.clock.jump(120_000);
    await scene.clock.advance(3_000);
    expect(scene.host().state).toBe('ready');
    expect(scene.instance('I1').state).toBe('running');
  });

  it('refuses a changed key loudly, never calls that lost, and goes on once the new key is accepted', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.start();
    const error = new ClockerError('host.key-changed', {
      message: `now offers ${OTHER_KEY.fingerprint}; pinned is ${PINNED_KEY.fingerprint}`,
    });
    scene.session().become('refused', error);
    await scene.clock.advance(60_000);
    expect(scene.host()).toMatchObject({ state: 'refused', reason: expect.stringContaining(OTHER_KEY.fingerprint) });
    expect(scene.host().reason).toContain(PINNED_KEY.fingerprint);
    expect(scene.instance('I1').state).toBe('running');
    expect(scene.machines.one.sessions).toHaveLength(1);
    expect(scene.heard.filter((line) => line.includes(OTHER_KEY.fingerprint))).toHaveLength(1);
    await acceptHostKey(scene.world.context, { hostId: scene.host().id, hostKey: OTHER_KEY });
    await settle();
    expect(scene.machines.one.sessions[1]?.target.hostKey).toEqual(OTHER_KEY);
    expect(scene.host().state).toBe('ready');
  });

  it('dials a new host that refuses once, and says so', async () => {
    scene.machines.one.dial = new ClockerError('host.key-changed', { message: `now offers ${OTHER_KEY.fingerprint}` });
    await scene.start();
    await scene.clock.advance(60_000);
    expect(scene.host()).toMatchObject({ state: 'refused', reason: expect.stringContaining(OTHER_KEY.fingerprint) });
    expect(scene.machines.one.sessions).toHaveLength(1);
  });

  it('tries a host again when its pinned key is accepted once more: the host has its old key back', async () => {
    await scene.start();
    scene.session().become('refused', new ClockerError('host.key-changed', { message: `now offers ${OTHER_KEY.fingerprint}` }));
    await scene.clock.advance(60_000);
    expect(scene.machines.one.sessions).toHaveLength(1);
    await acceptHostKey(scene.world.context, { hostId: scene.host().id, hostKey: PINNED_KEY });
    await settle();
    expect(scene.machines.one.sessions).toHaveLength(2);
    expect(scene.host().state).toBe('ready');
    await acceptHostKey(scene.world.context, { hostId: scene.host().id, hostKey: PINNED_KEY });
    await settle();
    expect(scene.machines.one.sessions).toHaveLength(2);
  });

  it('says which group is missing when Docker does not let the user in, and logs in anew to see it mended', async () => {
    scene.machines.one.engine = new ClockerError('host.engine-unreachable', { message: 'open failed', retryable: true });
    scene.machines.one.shell = (script) => (script.includes('docker.sock') ? 'denied deploy users\n' : '');
    await scene.start();
    expect(scene.host()).toMatchObject({ state: 'refused', reason: expect.stringContaining('usermod -aG docker root') });
    scene.machines.one.engine = 'answers';
    await scene.clock.advance(1_000);
    expect(scene.host().state).toBe('ready');
  });

  it('tries a refused login again after a while by itself', async () => {
    await scene.running('I1', { id: 'c1' });
    scene.machines.one.dial = new ClockerError('host.auth', { message: 'refused the login of root', hint: 'Add the public key.' });
    await scene.start();
    expect(scene.host()).toMatchObject({ state: 'refused', reason: 'refused the login of root. Add the public key.' });
    await scene.clock.advance(29_000);
    expect(scene.machines.one.sessions).toHaveLength(1);
    scene.machines.one.dial = null;
    await scene.clock.advance(2_000);
    expect(scene.host().state).toBe('ready');
    expect(scene.instance('I1').state).toBe('running');
  });

  it('says that the engine is stopped when its socket refuses, and is back with it', async () => {
    await scene.start();
    scene.machines.one.shell = (script) => (script.includes('docker.sock') ? 'stopped root\n' : '');
    scene.machines.one.engine = new ClockerError('host.engine-unreachable', { message: 'open failed', retryable: true });
    scene.machines.one.breakStream();
    await scene.clock.advance(2_000);
    expect(scene.host()).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('is stopped') });
    scene.machines.one.engine = 'answers';
    await scene.clock.advance(4_000);
    expect(scene.host().state).toBe('ready');
  });

  it('limits operations on a host and refuses them in plain words while it is away', async () => {
    await scene.start();
    let running = 0;
    let most = 0;
    const slow = () =>
      scene.world.context.hosts.operate(scene.host().id, async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => scene.clock.after(10, resolve));
        running -= 1;
      });
    const all = Promise.all(Array.from({ length: 20 }, slow));
    await scene.clock.advance(100);
    await all;
    expect(most).toBe(8);
    scene.session().become('backoff', unreachable());
    await settle();
    await expect(slow()).rejects.toMatchObject({ code: 'host.unreachable', message: expect.stringContaining('no answer') });
  });

  it('forgets a removed host and closes its session', async () => {
    await scene.start();
    await scene.world.context.store.commit((draft) => draft.remove('host', 'host-1'));
    await settle();
    expect(scene.session().state).toBe('closed');
    expect(scene.world.context.hosts.ready('host-1' as Host['id'])).toBeUndefined();
  });

  it('records what containers and the host use, and zero once a container has ended', async () => {
    const id = 'c'.repeat(64);
    await scene.running('I1', { id });
    let seconds = 100;
    scene.machines.one.shell = (script, env) => {
      if (script.includes('seek')) return `1 ${id} memory/docker/${id} cpuacct/docker/${id}\n`;
      if (env.CK_IDS === undefined) return '/proc/meminfo:MemTotal: 8388608 kB\n';
      seconds += 1;
      return sampleOf(id, seconds);
    };
    await scene.start();
    await scene.clock.advance(4_000);
    expect(scene.world.context.metrics.latest('WEB')).toEqual({ 'docker.container.cpu': 0.25, 'docker.container.memory': 9_000 });
    expect(scene.world.context.metrics.latest('host-1')).toMatchObject({ 'machine.cpu': 0.25, 'machine.memory.used': 4_194_304 * 1_024 });
    scene.change(id, { status: 'exited', exitCode: 0 }, 'die');
    await settle();
    await scene.clock.advance(2_000);
    expect(scene.world.context.metrics.latest('WEB')).toEqual({ 'docker.container.cpu': 0, 'docker.container.memory': 0 });
  });
});

function sampleOf(id: string, seconds: number): string {
  return [
    `/proc/uptime:${seconds}.00 1.00`,
    '/proc/meminfo:MemTotal: 8388608 kB',
    '/proc/meminfo:MemAvailable: 4194304 kB',
    `cpuacct/cpuacct.usage:${seconds * 5e8}`,
    `cpuacct/docker/${id}/cpuacct.usage:${seconds * 25e7}`,
    `memory/docker/${id}/memory.usage_in_bytes:10000`,
    `memory/docker/${id}/memory.stat:total_inactive_file 1000`,
  ].join('\n');
}

function unreachable(): ClockerError {
  return new ClockerError('host.unreachable', { message: 'Cannot reach host-1: no answer', retryable: true });
}
