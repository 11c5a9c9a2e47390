import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aContainer } from '../../testing/fake-host.ts';
import { type HostScene, openHostScene, settle } from '../../testing/host-scene.ts';

let scene: HostScene;

beforeEach(async () => {
  scene = await openHostScene();
});

afterEach(() => scene.close());

describe('events of a host', () => {
  it('looks at what an event pointed at also where a list is due first', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.start();
    await scene.clock.advance(29_000);
    scene.change('c1', { startedAtMs: 2_000 }, 'start');
    await settle();
    expect(scene.instance('I1')).toMatchObject({ ready: false, startedAt: 2_000 });
    expect(scene.world.controller.counters).toMatchObject({ changesByEvent: 1, changesByList: 0 });
  });

  it('opens an event stream anew that is there and tells nothing', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.running('I2', { id: 'c2' });
    await scene.start();
    await scene.clock.advance(29_000);
    scene.machines.one.muteStream();
    scene.changeSilently('c1', { status: 'exited', exitCode: 1 });
    scene.world.context.queue.enqueue('host:host-1');
    await settle();
    expect(scene.instance('I1').state).toBe('exited');
    await scene.clock.advance(3_000);
    expect(scene.heard).toContainEqual(expect.stringContaining('event stream is mute'));
    expect(scene.world.controller.counters).toMatchObject({ changesByList: 1, eventStreamsMute: 1, eventStreamBreaks: 0 });
    scene.change('c2', { status: 'exited', exitCode: 2 }, 'die');
    await settle();
    expect(scene.instance('I2')).toMatchObject({ state: 'exited', exitCode: 2 });
    expect(scene.world.controller.counters).toMatchObject({ changesByEvent: 1, changesByList: 1 });
  });

  it('does not take a stream for mute whose event comes after the list', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.start();
    await scene.clock.advance(26_000);
    const ended = scene.changeSilently('c1', { status: 'exited', exitCode: 1 });
    scene.world.context.queue.enqueue('host:host-1');
    await settle();
    scene.machines.one.emit(ended, 'die');
    await scene.clock.advance(3_000);
    expect(scene.world.controller.counters.eventStreamsMute).toBe(0);
  });

  it('keeps a busy host in service whose engine is late for the ping and sends other things meanwhile', async () => {
    await scene.start();
    scene.machines.one.engine = 'hangs';
    for (let half = 0; half < 40; half += 1) {
      await scene.clock.advance(500);
      scene.machines.one.heardAt = scene.clock.now();
    }
    expect(scene.host().state).toBe('ready');
    expect(scene.world.controller.counters.pingsFailed).toBeGreaterThan(1);
    await scene.clock.advance(12_000);
    expect(scene.host().state).toBe('unreachable');
  });

  it('finds what it missed while the event stream was broken', async () => {
    await scene.running('I1', { id: 'c1' });
    await scene.start();
    await scene.clock.advance(6_000);
    scene.changeSilently('c1', { status: 'exited', exitCode: 3 });
    scene.machines.one.breakStream();
    await settle();
    expect(scene.instance('I1')).toMatchObject({ state: 'exited', exitCode: 3 });
    expect(scene.host().state).toBe('ready');
  });

  it('notices a container that died before its row said running', async () => {
    await scene.row('I1', { state: 'created', containerId: 'c1', ready: false, startedAt: null });
    const container = aContainer({ id: 'c1', name: scene.nameOf('I1'), labels: scene.labelsFor('I1'), status: 'exited', exitCode: 1 });
    scene.machines.one.containers.set('c1', container);
    await scene.start();
    scene.machines.one.emit(container, 'die');
    await settle();
    expect(scene.instance('I1').state).toBe('created');
    await scene.patch('I1', { state: 'running', startedAt: 1_000 });
    await settle();
    expect(scene.instance('I1')).toMatchObject({ state: 'exited', exitCode: 1 });
  });

  it('looks at an adopted container when an event names its id, and at none for an event of another of its name', async () => {
    const id = 'a'.repeat(64);
    scene.machines.one.containers.set(id, aContainer({ id, name: 'web', startedAtMs: 1_000 }));
    await scene.row('I1', { containerName: 'web', containerId: id, adopted: { containerId: id, by: 'ann', at: 0 }, state: 'running' });
    await scene.start();
    const { counters } = scene.world.controller;
    const inspections = counters.inspections;
    scene.machines.one.emit(aContainer({ id: 'b'.repeat(64), name: 'web' }), 'die');
    await settle();
    expect(counters.inspections).toBe(inspections);
    scene.change(id, { status: 'exited', exitCode: 3 }, 'die');
    await settle();
    expect(scene.instance('I1')).toMatchObject({ state: 'exited', exitCode: 3, containerId: id });
  });

  it('leaves an adopted container up that Docker is restarting', async () => {
    const id = 'a'.repeat(64);
    scene.machines.one.containers.set(id, aContainer({ id, name: 'web', startedAtMs: 1_000 }));
    await scene.row('I1', { containerName: 'web', containerId: id, adopted: { containerId: id, by: 'ann', at: 0 }, state: 'running' });
    await scene.start();
    scene.change(id, { status: 'restarting', exitCode: 3 }, 'die');
    await settle();
    expect(scene.instance('I1')).toMatchObject({ state: 'running', ready: false });
    scene.change(id, { status: 'running', startedAtMs: 2_000 }, 'start');
    await settle();
    expect(scene.instance('I1')).toMatchObject({ state: 'running', startedAt: 2_000 });
  });
});
