import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entity, facts, instance, NOW, RESOLVED } from '../../testing/entity-facts.ts';
import { performStep } from '../../testing/perform-step.ts';
import type { Entity } from './entity.ts';
import type { Instance, InstanceState } from './instance.ts';
import { DRAIN_LIMIT_MS, nextStep } from './next-step.ts';
import { ownEnd } from './own-end.ts';
import type { RestartPolicy } from './restart-policy.ts';
import type { EntityFacts, Step } from './step-facts.ts';

function kindOf(fields: Partial<EntityFacts>): Step['kind'] {
  return nextStep(facts(fields)).kind;
}

describe('nextStep towards running', () => {
  it('places what has no instance, once its config is known', () => {
    expect(kindOf({ entity: entity({ instanceId: null }) })).toBe('place');
    expect(nextStep(facts({ entity: entity({ instanceId: null }), desired: { kind: 'waiting', for: 'db.datastore.url' } }))).toEqual({
      kind: 'wait',
      for: 'db.datastore.url',
    });
  });

  it('pulls, makes volumes, creates, starts and probes in this order', () => {
    const instances = [instance('planned')];
    expect(kindOf({ instances, imagePresent: false, volumesPresent: false })).toBe('pull');
    expect(kindOf({ instances, volumesPresent: false })).toBe('ensure-volumes');
    expect(kindOf({ instances })).toBe('create');
    expect(kindOf({ instances: [instance('created')] })).toBe('start');
    expect(kindOf({ instances: [instance('running', { ready: false })] })).toBe('probe');
    expect(nextStep(facts({ instances: [instance('running', { ready: false })], probeAt: NOW + 100 }))).toMatchObject({
      kind: 'wait',
      lookAgainAt: NOW + 100,
    });
    expect(kindOf({ instances: [instance('running')] })).toBe('nothing');
  });

  it('heals the first failure at once and backs off from those that follow', () => {
    const quick = instance('exited', { startedAt: NOW - 10 });
    expect(nextStep(facts({ instances: [quick] }))).toMatchObject({ kind: 'replace', failures: 0 });
    const once = entity({ crash: { failures: 1, lastAt: NOW - 10 } });
    expect(nextStep(facts({ entity: once, instances: [quick] }))).toMatchObject({ kind: 'wait', lookAgainAt: NOW + 990 });
    const often = entity({ crash: { failures: 12, lastAt: NOW - 10 } });
    expect(nextStep(facts({ entity: often, instances: [quick] }))).toMatchObject({ kind: 'wait', lookAgainAt: NOW + 59_990 });
    const recovered = instance('exited', { startedAt: NOW - 60_000 });
    expect(nextStep(facts({ entity: often, instances: [recovered] }))).toMatchObject({ kind: 'replace', failures: 0 });
  });

  it('waits for what it depends on before it is made or started, with its image there already, but not when it heals', () => {
    const dependency = 'db: healthy';
    expect(kindOf({ instances: [instance('planned')], dependency, imagePresent: false })).toBe('pull');
    expect(nextStep(facts({ instances: [instance('planned')], dependency }))).toEqual({ kind: 'wait', for: dependency });
    expect(kindOf({ instances: [instance('exited', { stoppingSince: NOW - 5_000 })], dependency })).toBe('wait');
    const healing = entity({ crash: { failures: 1, lastAt: 0 } });
    expect(kindOf({ instances: [instance('planned')], dependency, entity: healing })).toBe('create');
  });

  it('leaves alone what has ended as its policy wants, also on a lost host, until it is to run once more', () => {
    const policy: RestartPolicy = { kind: 'no' };
    const done = instance('exited', { exitCode: 0 });
    expect(kindOf({ instances: [done], policy })).toBe('nothing');
    expect(kindOf({ instances: [{ ...done, state: 'lost' }], policy, hosts: { h: 'lost' } as EntityFacts['hosts'] })).toBe('nothing');
    expect(kindOf({ instances: [done], policy: { kind: 'always' } })).toBe('replace');
    const again = entity({ restartSerial: 1 });
    expect(kindOf({ instances: [{ ...done, containerId: 'c' }], policy, entity: again })).toBe('start');
    expect(kindOf({ instances: [done], policy, entity: again })).toBe('replace');
    const held = entity({ generation: 2, granted: 1 });
    expect(kindOf({ instances: [{ ...done, specHash: 'old' }], policy, entity: held })).toBe('nothing');
    expect(kindOf({ instances: [{ ...done, specHash: 'old' }], policy })).toBe('replace');
  });

  it('stays on a cordoned host where the others of its network are, and goes to them from elsewhere', () => {
    const instances = [instance('exited')];
    const home = (hostId: string) => ({ kind: 'host', hostId: hostId as never, because: '' }) as const;
    expect(kindOf({ instances, cordoned: ['h'], home: home('h') })).toBe('replace');
    expect(kindOf({ instances, home: home('other') })).toBe('abandon');
  });

  it('waits for a network, and tells what keeps it from being made', () => {
    const instances = [instance('planned')];
    expect(nextStep(facts({ instances, network: { name: 'back', problem: '' } }))).toEqual({ kind: 'wait', for: 'network back' });
    expect(nextStep(facts({ instances, network: { name: 'back', problem: 'no addresses' } }))).toMatchObject({
      problem: { key: 'network', text: 'no addresses' },
    });
  });

  it('moves a failed container off a cordoned host unless its data is there', () => {
    const cordoned = ['h'];
    const instances = [instance('exited')];
    expect(kindOf({ instances, cordoned })).toBe('abandon');
    expect(kindOf({ instances, cordoned, entity: entity({ dataHostId: 'h' as never }) })).toBe('replace');
  });

  it('starts the same container again after a stop, and a new one when its spec has changed meanwhile', () => {
    const stopped = { stoppingSince: NOW - 5_000 };
    expect(kindOf({ instances: [instance('exited', stopped)] })).toBe('start');
    expect(nextStep(facts({ instances: [instance('exited', { ...stopped, specHash: 'old' })] }))).toMatchObject({
      kind: 'replace',
      failures: null,
    });
  });

  it('replaces a container of an older spec only when that is granted, and fetches the image before it stops anything', () => {
    const instances = [instance('running', { specHash: 'old' })];
    const held = entity({ generation: 2, granted: 1 });
    const granted = entity({ generation: 2, granted: 2 });
    expect(kindOf({ instances, entity: held })).toBe('nothing');
    expect(kindOf({ instances, entity: granted, nextImagePresent: false })).toBe('prefetch');
    expect(kindOf({ instances, entity: granted })).toBe('stop');
    expect(kindOf({ instances, entity: granted, order: 'start-first' })).toBe('place');
    expect(kindOf({ instances, entity: granted, order: 'start-first', desired: { ...RESOLVED, exclusive: true } })).toBe('stop');
  });

  it('stops the one before when the one that took its place has ended for good without ever being ready', () => {
    const before = instance('running', { id: 'i0' as never });
    const job = instance('exited', { ready: false, exitCode: 0, startedAt: NOW - 10 });
    expect(kindOf({ instances: [before, job], policy: { kind: 'no' } })).toBe('stop');
  });

  it('waits for load balancers before it stops, but not for ever', () => {
    const restart = entity({ restartSerial: 1 });
    expect(kindOf({ entity: restart, instances: [instance('running')], served: ['i1'] })).toBe('drain');
    const draining = instance('running', { stoppingSince: NOW - 100 });
    expect(kindOf({ entity: restart, instances: [draining], served: ['i1'] })).toBe('wait');
    expect(kindOf({ entity: restart, instances: [draining], droppedAt: { i1: NOW - 50 } })).toBe('wait');
    expect(kindOf({ entity: restart, instances: [draining] })).toBe('stop');
    const stuck = instance('running', { stoppingSince: NOW - DRAIN_LIMIT_MS });
    expect(kindOf({ entity: restart, instances: [stuck], served: ['i1'] })).toBe('stop');
  });

  it('changes limits and live files in place', () => {
    const instances = [instance('running')];
    expect(kindOf({ instances, desired: { ...RESOLVED, memoryBytes: 1 } })).toBe('limits');
    expect(kindOf({ instances, desired: { ...RESOLVED, liveHash: 'l2' } })).toBe('reload');
  });

  it('keeps a container whose reason to stop is gone', () => {
    expect(kindOf({ instances: [instance('running', { stoppingSince: NOW })] })).toBe('keep');
  });

  it('places stateless entities of a lost host anew and asks about data', () => {
    const hosts = { h: 'lost' } as EntityFacts['hosts'];
    const instances = [instance('lost')];
    expect(kindOf({ hosts, instances })).toBe('place');
    expect(kindOf({ hosts, instances, entity: entity({ dataHostId: 'h' as never }) })).toBe('ask');
    const asked = entity({ dataHostId: 'h' as never, question: { code: 'data-on-lost-host', text: '', choices: [] } });
    expect(kindOf({ hosts, instances, entity: asked })).toBe('wait');
    expect(kindOf({ instances: [instance('running')], entity: asked })).toBe('withdraw-question');
  });

  it('keeps what waits for a place elsewhere like the others: its config, its limits and its readiness', () => {
    const leaving = entity({ moveFrom: 'h' as never });
    expect(kindOf({ entity: leaving, instances: [instance('running')] })).toBe('place');
    expect(kindOf({ entity: leaving, instances: [instance('running', { liveHash: 'before' })] })).toBe('reload');
    expect(kindOf({ entity: leaving, instances: [instance('running', { ready: false })] })).toBe('probe');
    const newer = entity({ moveFrom: 'h' as never, generation: 2, granted: 2 });
    expect(kindOf({ entity: newer, instances: [instance('running', { liveHash: 'before', specHash: 'old' })] })).toBe('place');
  });

  it('leaves a host alone that is not ready', () => {
    for (const state of ['connecting', 'unreachable', 'refused']) {
      const hosts = { h: state } as EntityFacts['hosts'];
      expect(kindOf({ hosts, instances: [instance('running')] })).toBe('wait');
      expect(kindOf({ hosts, instances: [instance('exited')] })).toBe('wait');
    }
  });

  it('removes a dead predecessor once the new container runs', () => {
    const dead = instance('exited', { id: 'i0' as never });
    expect(kindOf({ instances: [dead, instance('created')] })).toBe('start');
    expect(nextStep(facts({ instances: [dead, instance('running')] }))).toMatchObject({ kind: 'remove', instance: { id: 'i0' } });
  });

  it('forgets failures after a minute up', () => {
    const failed = entity({ crash: { failures: 3, lastAt: 0 } });
    expect(kindOf({ entity: failed, instances: [instance('running')] })).toBe('calm');
    expect(nextStep(facts({ entity: failed, instances: [instance('running', { startedAt: NOW - 1_000 })] }))).toEqual({
      kind: 'nothing',
      lookAgainAt: NOW + 59_000,
    });
  });
});

describe('nextStep towards stopped and destroyed', () => {
  it('stops what runs, keeps the ended container and removes what never ran', () => {
    const stopped = entity({ goal: 'stopped' });
    expect(kindOf({ entity: stopped, instances: [instance('running')] })).toBe('stop');
    expect(kindOf({ entity: stopped, instances: [instance('exited')] })).toBe('nothing');
    expect(kindOf({ entity: stopped, instances: [instance('created')] })).toBe('remove');
  });

  it('removes containers, then volumes where told, then the row', () => {
    const destroyed = entity({ goal: 'destroyed', destroyVolumes: true });
    expect(kindOf({ entity: destroyed, instances: [instance('running')] })).toBe('stop');
    expect(kindOf({ entity: destroyed, instances: [instance('exited')] })).toBe('remove');
    expect(kindOf({ entity: destroyed, volumeHosts: ['h' as never] })).toBe('remove-volumes');
    expect(kindOf({ entity: { ...destroyed, destroyVolumes: false }, volumeHosts: ['h' as never] })).toBe('delete-row');
    expect(kindOf({ entity: destroyed, childCount: 1 })).toBe('wait');
  });

  it('does not wait for a host that is lost or was removed', () => {
    const destroyed = entity({ goal: 'destroyed' });
    expect(kindOf({ entity: destroyed, instances: [instance('lost')], hosts: { h: 'lost' } as EntityFacts['hosts'] })).toBe('forget');
    expect(kindOf({ entity: destroyed, instances: [instance('running')], hosts: {} })).toBe('forget');
  });
});

const anyState = fc.constantFrom<InstanceState>('planned', 'created', 'running', 'exited', 'lost', 'removing');
const anyInstance = fc.record({
  state: anyState,
  ready: fc.boolean(),
  specHash: fc.constantFrom('h1', 'old'),
  stoppingSince: fc.constantFrom(null, NOW - 20_000),
  restartSerial: fc.constantFrom(0, 1),
  hostId: fc.constantFrom('h', 'other', 'removed'),
});
const anyWorld = fc
  .record({
    goal: fc.constantFrom('running', 'stopped', 'destroyed'),
    rows: fc.array(anyInstance, { maxLength: 3 }),
    hasCurrent: fc.boolean(),
    failures: fc.integer({ min: 0, max: 9 }),
    granted: fc.constantFrom(1, 2),
    order: fc.constantFrom('stop-first', 'start-first'),
    served: fc.boolean(),
    imagePresent: fc.boolean(),
    destroyVolumes: fc.boolean(),
    policy: fc.constantFrom<RestartPolicy>({ kind: 'always' }, { kind: 'on-failure', most: 3 }, { kind: 'no' }),
    dependency: fc.constantFrom(null, 'db: healthy'),
  })
  .map(({ goal, rows, hasCurrent, failures, granted, order, served, imagePresent, destroyVolumes, policy, dependency }) => {
    const live = rows.findLastIndex((row) => row.state === 'running');
    const instances = rows.map((row, index) => {
      const state = row.state === 'running' && index !== live ? 'exited' : row.state;
      return instance(state, { ...(row as Partial<Instance>), state, id: `i${index}` as never, incarnation: index + 1 });
    });
    const current = instances.at(-1);
    return facts({
      instances,
      order: order as EntityFacts['order'],
      policy,
      dependency,
      imagePresent,
      nextImagePresent: imagePresent,
      served: served && current ? [current.id] : [],
      volumeHosts: destroyVolumes ? ['h' as never] : [],
      entity: entity({
        goal: goal as Entity['goal'],
        instanceId: hasCurrent && current ? current.id : null,
        crash: { failures, lastAt: NOW - 500 },
        restartSerial: 1,
        generation: 2,
        granted,
        destroyVolumes,
      }),
    });
  });

/** On a host that still exists. */
function isLive(one: Instance): boolean {
  if (one.hostId !== 'h' && one.hostId !== 'other') return false;
  return one.state === 'planned' || one.state === 'created' || one.state === 'running';
}

describe('nextStep, whatever the beginning', () => {
  it('reaches the goal in a world that does not fail, and repeats no destructive step', () => {
    fc.assert(
      fc.property(anyWorld, (start) => {
        let world = start;
        let made = 0;
        const destroyed = new Set<string>();
        for (let count = 0; count < 80; count += 1) {
          const step = nextStep(world);
          if (step.kind === 'remove' || step.kind === 'forget') {
            expect(destroyed.has(step.instance.id)).toBe(false);
            destroyed.add(step.instance.id);
          }
          if (step.kind === 'delete-row') break;
          // A host that is back lists its containers: the row becomes what is there.
          const adopts = step.kind === 'wait' && step.for.includes('being listed');
          world = adopts
            ? { ...world, instances: world.instances.map((one) => (one.state === 'lost' ? { ...one, state: 'exited' } : one)) }
            : performStep(world, step, () => `n${++made}`);
        }
        const running = world.instances.filter((one) => one.state === 'running');
        const current = world.instances.find((one) => one.id === world.entity.instanceId);
        const hasEnded = ownEnd(world.entity, current, world.policy) !== null;
        if (start.entity.goal === 'running') expect(running.length).toBe(hasEnded ? 0 : 1);
        else expect(running).toEqual([]);
        if (start.entity.goal === 'destroyed') expect(world.instances).toEqual([]);
        expect(made).toBeLessThanOrEqual(2);
      }),
      { numRuns: 500 },
    );
  });

  it('never has two live instances of one entity unless the new one is to start first', () => {
    fc.assert(
      fc.property(anyWorld, (start) => {
        let world: EntityFacts = {
          ...start,
          order: 'stop-first',
          instances: start.instances.filter((one) => !isLive(one) || one.id === start.entity.instanceId),
        };
        let made = 0;
        for (let count = 0; count < 80; count += 1) {
          const step = nextStep(world);
          if (step.kind === 'delete-row') break;
          world = performStep(world, step, () => `n${++made}`);
          expect(world.instances.filter(isLive).length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });
});
