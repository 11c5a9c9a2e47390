import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { Instance } from '../../domain/entity/instance.ts';
import { ownershipLabels } from '../../domain/entity/ownership.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { aContainer, createFakeConnector, createFakeMachine, type FakeContainer, type FakeMachine } from '../../testing/fake-host.ts';
import { type HostWorld, openHostWorld } from '../../testing/host-world.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { quietLog } from '../../testing/quiet-log.ts';
import { aHost, anEntity, anInstance } from '../../testing/records.ts';
import { acceptHostKey } from '../commands/hosts/accept-host-key.ts';

const KEY = { type: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` };
const OTHER_KEY = { type: 'ssh-ed25519', fingerprint: `SHA256:${'B'.repeat(43)}` };

let clock: ManualClock;
let world: HostWorld;
let machines: { one: FakeMachine; two: FakeMachine };
let heard: string[];

beforeEach(async () => {
  clock = createManualClock(settle);
  machines = { one: createFakeMachine(), two: createFakeMachine() };
  heard = [];
  const log = quietLog((message, fields) => heard.push(`${message}: ${String(fields.reason ?? fields.error ?? '')}`));
  world = await openHostWorld({ connector: createFakeConnector({ one: machines.one, two: machines.two }), clock, log });
  await world.context.store.commit((draft) => {
    const sealed = world.context.secrets.seal('key');
    draft.put('credential', { id: 'key' as Host['credentialId'], name: 'key', kind: 'ssh-key', publicKey: '', sealed, createdAt: 0 });
    draft.put('host', aHost({ id: 'host-1', address: 'one', state: 'connecting', hostKey: KEY }));
    draft.put('entity', anEntity({ id: 'WEB' }));
  });
});

afterEach(async () => {
  const closed = world.close();
  await clock.advance(5_000);
  await closed;
});

describe('host controller', () => {
  it('makes a host ready with facts from its own limits, and hands out its session', async () => {
    machines.one.shell = () => 'memory/memory.limit_in_bytes:4294967296\ncpu/cpu.cfs_quota_us:50000\ncpu/cpu.cfs_period_us:100000\n';
    machines.one.containers.set('f', aContainer({ id: 'f', name: 'someone-elses' }));
    await start();
    expect(host()).toMatchObject({ state: 'ready', reason: '', foreignContainers: 1, facts: { cpus: 0.5, memoryBytes: 4 * 1024 ** 3 } });
    expect(world.context.hosts.ready(host().id)).toBe(machines.one.sessions[0]);
  });

  it('marks a container that died as exited with its code, and one killed for memory as such', async () => {
    await running('I1', { id: 'c1' });
    await start();
    change('c1', { status: 'exited', exitCode: 137, oomKilled: true }, 'die');
    await settle();
    expect(instance('I1')).toMatchObject({ state: 'exited', exitCode: 137, oomKilled: true, ready: false, bridgeAddress: null });
  });

  it('takes readiness back when a container restarts, is paused or becomes unhealthy, and notes the new address', async () => {
    await running('I1', { id: 'c1' });
    await start();
    expect(instance('I1').ready).toBe(true);
    change('c1', { startedAtMs: 2_000, bridgeAddress: '172.17.0.9' }, 'start');
    await settle();
    expect(instance('I1')).toMatchObject({ state: 'running', ready: false, startedAt: 2_000, bridgeAddress: '172.17.0.9' });
    await patch('I1', { ready: true });
    change('c1', { health: 'unhealthy' }, 'health_status: unhealthy');
    await settle();
    expect(instance('I1').ready).toBe(false);
    await patch('I1', { ready: true });
    change('c1', { status: 'paused', health: 'none' }, 'pause');
    await settle();
    expect(instance('I1')).toMatchObject({ state: 'running', ready: false });
  });

  it('leaves containers alone whose row is planned or created, and every foreign one, labels copied or not', async () => {
    await row('I1', { state: 'planned', incarnation: 1, containerId: null, ready: false });
    await row('I2', { state: 'created', incarnation: 2, containerId: 'c2', ready: false });
    machines.one.containers.set('c1', aContainer({ id: 'c1', name: nameOf('I1'), labels: labelsFor('I1') }));
    machines.one.containers.set('c2', aContainer({ id: 'c2', name: nameOf('I2'), labels: labelsFor('I2') }));
    machines.one.containers.set('x', aContainer({ id: 'x', name: 'copy', labels: labelsFor('I1') }));
    machines.one.containers.set('y', aContainer({ id: 'y', name: nameOf('I9'), labels: { ...labelsFor('I9'), 'io.clocker.sig': 'no' } }));
    await start();
    await clock.advance(30_000);
    expect(machines.one.removed).toEqual([]);
    expect(instance('I1').state).toBe('planned');
    expect(instance('I2').state).toBe('created');
    expect(host().foreignContainers).toBe(2);
  });

  it('removes a container of ours that no row knows', async () => {
    machines.one.containers.set('s', aContainer({ id: 's', name: nameOf('I7'), labels: labelsFor('I7') }));
    await start();
    await settle();
    expect(machines.one.removed).toEqual(['s']);
    expect([...world.context.store.view.all('task').values()].map((task) => [task.name, task.status])).toEqual([
      [`Remove surplus container ${nameOf('I7')}`, 'done'],
    ]);
  });

  it('notices a container that died before its row said running', async () => {
    await row('I1', { state: 'created', containerId: 'c1', ready: false, startedAt: null });
    const container = aContainer({ id: 'c1', name: nameOf('I1'), labels: labelsFor('I1'), status: 'exited', exitCode: 1 });
    machines.one.containers.set('c1', container);
    await start();
    machines.one.emit(container, 'die');
    await settle();
    expect(instance('I1').state).toBe('created');
    await patch('I1', { state: 'running', startedAt: 1_000 });
    await settle();
    expect(instance('I1')).toMatchObject({ state: 'exited', exitCode: 1 });
  });

  it('finds what it missed while the event stream was broken', async () => {
    await running('I1', { id: 'c1' });
    await start();
    await clock.advance(6_000);
    const container = machines.one.containers.get('c1') as FakeContainer;
    machines.one.containers.set('c1', { ...container, status: 'exited', exitCode: 3 });
    machines.one.breakStream();
    await settle();
    expect(instance('I1')).toMatchObject({ state: 'exited', exitCode: 3 });
    expect(host().state).toBe('ready');
  });

  it('looks at what an event pointed at also where a list is due first', async () => {
    await running('I1', { id: 'c1' });
    await start();
    await clock.advance(26_000);
    change('c1', { startedAtMs: 2_000 }, 'start');
    await settle();
    expect(instance('I1')).toMatchObject({ ready: false, startedAt: 2_000 });
    expect(world.controller.counters).toMatchObject({ changesByEvent: 1, changesByList: 0 });
  });

  it('opens an event stream anew that is there and tells nothing', async () => {
    await running('I1', { id: 'c1' });
    await running('I2', { id: 'c2' });
    await start();
    await clock.advance(26_000);
    machines.one.muteStream();
    machines.one.containers.set('c1', { ...(machines.one.containers.get('c1') as FakeContainer), status: 'exited', exitCode: 1 });
    world.context.queue.enqueue('host:host-1');
    await settle();
    expect(instance('I1').state).toBe('exited');
    await clock.advance(3_000);
    expect(heard).toContainEqual(expect.stringContaining('event stream is mute'));
    expect(world.controller.counters).toMatchObject({ changesByList: 1, eventStreamsMute: 1, eventStreamBreaks: 0 });
    change('c2', { status: 'exited', exitCode: 2 }, 'die');
    await settle();
    expect(instance('I2')).toMatchObject({ state: 'exited', exitCode: 2 });
    expect(world.controller.counters).toMatchObject({ changesByEvent: 1, changesByList: 1 });
  });

  it('does not take a stream for mute whose event comes after the list', async () => {
    await running('I1', { id: 'c1' });
    await start();
    await clock.advance(26_000);
    const ended = { ...(machines.one.containers.get('c1') as FakeContainer), status: 'exited' as const, exitCode: 1 };
    machines.one.containers.set('c1', ended);
    world.context.queue.enqueue('host:host-1');
    await settle();
    machines.one.emit(ended, 'die');
    await clock.advance(3_000);
    expect(world.controller.counters.eventStreamsMute).toBe(0);
  });

  it('calls a host unreachable at once and lost after the grace time, with its instances', async () => {
    await running('I1', { id: 'c1' });
    await row('I2', { state: 'planned', incarnation: 2, containerId: null });
    await start();
    const wasReady = clock.now();
    session().become('backoff', unreachable());
    await settle();
    expect(host()).toMatchObject({ state: 'unreachable', reason: 'Cannot reach host-1: no answer' });
    expect(world.context.hosts.ready(host().id)).toBeUndefined();
    expect(instance('I1').state).toBe('running');
    await clock.advance(20_000);
    expect(host().state).toBe('lost');
    expect(host().since - wasReady).toBeLessThanOrEqual(16_000);
    expect(instance('I1')).toMatchObject({ state: 'lost', ready: false });
    expect(instance('I2').state).toBe('lost');
  });

  it('adopts what comes back with a lost host when nothing has replaced it, and gives up what was replaced', async () => {
    await world.context.store.commit((draft) => draft.put('entity', anEntity({ id: 'DB' })));
    await running('I1', { id: 'c1' });
    await running('D1', { id: 'c2', entityId: 'DB' });
    await start();
    session().become('backoff', unreachable());
    await clock.advance(20_000);
    await row('I2', { state: 'running', incarnation: 2, hostId: 'host-2', containerId: 'elsewhere' });
    session().become('up');
    await settle();
    expect(host()).toMatchObject({ state: 'ready', reason: '' });
    expect(instance('I1').state).toBe('removing');
    expect(instance('D1')).toMatchObject({ state: 'running', ready: false, containerId: 'c2' });
  });

  it('marks as exited what a short reboot stopped, and loses nothing', async () => {
    await running('I1', { id: 'c1' });
    await start();
    session().become('backoff', unreachable());
    await clock.advance(6_000);
    machines.one.containers.set('c1', { ...(machines.one.containers.get('c1') as FakeContainer), status: 'exited', exitCode: 255 });
    session().become('up');
    await settle();
    expect(host().state).toBe('ready');
    expect(instance('I1')).toMatchObject({ state: 'exited', exitCode: 255 });
    expect(world.controller.counters.hostsLost).toBe(0);
  });

  it('tells a hanging engine from a lost connection, then gives the host up, and takes it back when it thaws', async () => {
    await running('I1', { id: 'c1' });
    await start();
    machines.one.engine = 'hangs';
    await clock.advance(9_000);
    expect(host()).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('does not answer; SSH does') });
    await clock.advance(9_000);
    expect(host().state).toBe('lost');
    machines.one.engine = 'answers';
    await clock.advance(6_000);
    expect(host().state).toBe('ready');
    expect(instance('I1').state).toBe('running');
  });

  it('keeps a busy host in service whose engine is late for the ping and sends other things meanwhile', async () => {
    await start();
    machines.one.engine = 'hangs';
    for (let half = 0; half < 40; half += 1) {
      await clock.advance(500);
      machines.one.heardAt = clock.now();
    }
    expect(host().state).toBe('ready');
    expect(world.controller.counters.pingsFailed).toBeGreaterThan(1);
    await clock.advance(12_000);
    expect(host().state).toBe('unreachable');
  });

  it('is not kept from telling that by a list that hangs', async () => {
    await start();
    machines.one.emit(aContainer({ id: 'f', name: 'foreign' }), 'start');
    await settle();
    machines.one.engine = 'hangs';
    await clock.advance(9_000);
    expect(host().state).toBe('unreachable');
    machines.one.engine = 'answers';
    await clock.advance(3_000);
    expect(host().state).toBe('ready');
  });

  it('says that the whole machine hangs where its shell does not answer either', async () => {
    await start();
    machines.one.engine = 'hangs';
    machines.one.shell = () => {
      throw new ClockerError('deadline', { message: 'no answer' });
    };
    await clock.advance(9_000);
    expect(host()).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('neither Docker Engine nor the shell') });
  });

  it('counts no silence while this process itself stood still', async () => {
    await running('I1', { id: 'c1' });
    await start();
    await clock.advance(4_500);
    await clock.jump(120_000);
    await clock.advance(3_000);
    expect(host().state).toBe('ready');
    expect(instance('I1').state).toBe('running');
  });

  it('refuses a changed key loudly, never calls that lost, and goes on once the new key is accepted', async () => {
    await running('I1', { id: 'c1' });
    await start();
    const error = new ClockerError('host.key-changed', { message: `now offers ${OTHER_KEY.fingerprint}; pinned is ${KEY.fingerprint}` });
    session().become('refused', error);
    await clock.advance(60_000);
    expect(host()).toMatchObject({ state: 'refused', reason: expect.stringContaining(OTHER_KEY.fingerprint) });
    expect(host().reason).toContain(KEY.fingerprint);
    expect(instance('I1').state).toBe('running');
    expect(machines.one.sessions).toHaveLength(1);
    expect(heard.filter((line) => line.includes(OTHER_KEY.fingerprint))).toHaveLength(1);
    await acceptHostKey(world.context, { hostId: host().id, hostKey: OTHER_KEY });
    await settle();
    expect(machines.one.sessions[1]?.target.hostKey).toEqual(OTHER_KEY);
    expect(host().state).toBe('ready');
  });

  it('tries a host again when its pinned key is accepted once more: the host has its old key back', async () => {
    await start();
    session().become('refused', new ClockerError('host.key-changed', { message: `now offers ${OTHER_KEY.fingerprint}` }));
    await clock.advance(60_000);
    expect(machines.one.sessions).toHaveLength(1);
    await acceptHostKey(world.context, { hostId: host().id, hostKey: KEY });
    await settle();
    expect(machines.one.sessions).toHaveLength(2);
    expect(host().state).toBe('ready');
    await acceptHostKey(world.context, { hostId: host().id, hostKey: KEY });
    await settle();
    expect(machines.one.sessions).toHaveLength(2);
  });

  it('says which group is missing when Docker does not let the user in, and logs in anew to see it mended', async () => {
    machines.one.engine = new ClockerError('host.engine-unreachable', { message: 'open failed', retryable: true });
    machines.one.shell = (script) => (script.includes('docker.sock') ? 'denied deploy users\n' : '');
    await start();
    expect(host()).toMatchObject({ state: 'refused', reason: expect.stringContaining('usermod -aG docker root') });
    machines.one.engine = 'answers';
    await clock.advance(1_000);
    expect(host().state).toBe('ready');
  });

  it('tries a refused login again after a while by itself', async () => {
    await running('I1', { id: 'c1' });
    machines.one.dial = new ClockerError('host.auth', { message: 'refused the login of root', hint: 'Add the public key.' });
    await start();
    expect(host()).toMatchObject({ state: 'refused', reason: 'refused the login of root. Add the public key.' });
    await clock.advance(29_000);
    expect(machines.one.sessions).toHaveLength(1);
    machines.one.dial = null;
    await clock.advance(2_000);
    expect(host().state).toBe('ready');
    expect(instance('I1').state).toBe('running');
  });

  it('says that the engine is stopped when its socket refuses, and is back with it', async () => {
    await start();
    machines.one.shell = (script) => (script.includes('docker.sock') ? 'stopped root\n' : '');
    machines.one.engine = new ClockerError('host.engine-unreachable', { message: 'open failed', retryable: true });
    machines.one.breakStream();
    await clock.advance(2_000);
    expect(host()).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('is stopped') });
    machines.one.engine = 'answers';
    await clock.advance(4_000);
    expect(host().state).toBe('ready');
  });

  it('limits operations on a host and refuses them in plain words while it is away', async () => {
    await start();
    let running = 0;
    let most = 0;
    const slow = () =>
      world.context.hosts.operate(host().id, async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => clock.after(10, resolve));
        running -= 1;
      });
    const all = Promise.all(Array.from({ length: 20 }, slow));
    await clock.advance(100);
    await all;
    expect(most).toBe(8);
    session().become('backoff', unreachable());
    await settle();
    await expect(slow()).rejects.toMatchObject({ code: 'host.unreachable', message: expect.stringContaining('no answer') });
  });

  it('forgets a removed host and closes its session', async () => {
    await start();
    await world.context.store.commit((draft) => draft.remove('host', 'host-1'));
    await settle();
    expect(session().state).toBe('closed');
    expect(world.context.hosts.ready('host-1' as Host['id'])).toBeUndefined();
  });

  it('records what containers and the host use, and zero once a container has ended', async () => {
    const id = 'c'.repeat(64);
    await running('I1', { id });
    let seconds = 100;
    machines.one.shell = (script, env) => {
      if (script.includes('seek')) return `1 ${id} memory/docker/${id} cpuacct/docker/${id}\n`;
      if (env.CK_IDS === undefined) return '/proc/meminfo:MemTotal: 8388608 kB\n';
      seconds += 1;
      return sampleOf(id, seconds);
    };
    await start();
    await clock.advance(4_000);
    expect(world.context.metrics.latest('WEB')).toEqual({ 'docker.container.cpu': 0.25, 'docker.container.memory': 9_000 });
    expect(world.context.metrics.latest('host-1')).toMatchObject({ 'machine.cpu': 0.25, 'machine.memory.used': 4_194_304 * 1_024 });
    change(id, { status: 'exited', exitCode: 0 }, 'die');
    await settle();
    await clock.advance(2_000);
    expect(world.context.metrics.latest('WEB')).toEqual({ 'docker.container.cpu': 0, 'docker.container.memory': 0 });
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

async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

async function start(): Promise<void> {
  world.controller.start();
  await settle();
}

function host(): Host {
  return world.context.store.view.get('host', 'host-1') as Host;
}

function instance(id: string): Instance {
  return world.context.store.view.get('instance', id) as Instance;
}

function session() {
  const latest = machines.one.sessions.at(-1);
  if (!latest) throw new Error('no session yet');
  return latest;
}

function nameOf(id: string): string {
  return `ck-${world.context.secrets.planeId}-web-${id.toLowerCase()}`;
}

function labelsFor(id: string): Readonly<Record<string, string>> {
  const what = { planeId: world.context.secrets.planeId, name: nameOf(id), applicationId: 'shop', entityId: 'WEB' };
  return ownershipLabels({ ...what, instanceId: id, incarnation: 1, specHash: 'hash' }, world.context.secrets.sign);
}

async function row(id: string, fields: Partial<Record<keyof Instance, unknown>>): Promise<void> {
  const whole = anInstance({ id, entityId: 'WEB', containerName: nameOf(id), startedAt: 1_000, ready: true, ...(fields as object) });
  await world.context.store.commit((draft) => draft.put('instance', { ...whole, stoppingSince: null, serves: [] }));
}

async function running(id: string, { id: containerId, entityId = 'WEB' }: { id: string; entityId?: string }): Promise<void> {
  await row(id, { state: 'running', containerId, entityId: entityId as Entity['id'], bridgeAddress: '172.17.0.2' });
  machines.one.containers.set(containerId, aContainer({ id: containerId, name: nameOf(id), labels: labelsFor(id) }));
}

async function patch(id: string, fields: Partial<Instance>): Promise<void> {
  await world.context.store.commit((draft) => draft.put('instance', { ...instance(id), ...fields }));
}

function change(containerId: string, fields: Partial<FakeContainer>, action: string): void {
  const container = { ...(machines.one.containers.get(containerId) as FakeContainer), ...fields };
  machines.one.containers.set(containerId, container);
  machines.one.emit(container, action);
}

function unreachable(): ClockerError {
  return new ClockerError('host.unreachable', { message: 'Cannot reach host-1: no answer', retryable: true });
}
