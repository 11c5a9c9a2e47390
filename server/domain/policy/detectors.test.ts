import { describe, expect, it } from 'vitest';
import { aSeenWorld, livingIn } from '../../testing/looking.ts';
import { anEntity } from '../../testing/records.ts';
import type { EntityId } from '../shared/ids.ts';
import { connectionCondition, connectionPlan, connectionSensors, machineCondition, parseEndpoint } from './connection-watch.ts';
import { type FailureWatchMemory, type FailureWatchSettings, watchFailure } from './failure-watch.ts';
import { greetMembers } from './greet-members.ts';
import { detectMemberFailures, type MemberFailureSettings } from './member-failures.ts';

const WATCH: FailureWatchSettings = {
  failedSensor: 'ha.connectionFailed',
  recoveredSensor: 'ha.connectionRecovered',
  failedAfterMs: 0,
  recoveredAfterMs: 0,
  againMs: 0,
};

describe('a connection detector', () => {
  const END = 'db.example.org:3306';

  it('reads its endpoint', () => {
    expect([END, '10.0.0.1:80', '[::1]:80'].map(parseEndpoint)).toEqual([
      { host: 'db.example.org', port: 3306 },
      { host: '10.0.0.1', port: 80 },
      { host: '::1', port: 80 },
    ]);
    expect(['db', 'db:0', 'db:65536', ':80', 'a b:80', '::1:80'].map(parseEndpoint)).toEqual([null, null, null, null, null, null]);
  });

  it('asks by TCP, again and again', () => {
    expect(connectionPlan({ host: 'db', port: 1 }, 1_000)).toEqual({
      periodMs: 1_000,
      timeoutMs: 5_000,
      onlyIfUp: false,
      probe: { kind: 'tcp', host: 'db', port: 1 },
    });
  });

  it('tells that it is lost and back, from what the answers say', () => {
    const world = aSeenWorld();
    world.put(anEntity({ id: 'web', name: 'web' }));
    const detector = livingIn<FailureWatchSettings, FailureWatchMemory>(
      world,
      'web',
      { ...WATCH, failedAfterMs: 3_000 },
      ({ config, self, read, now, memory }) =>
        watchFailure(memory ?? {}, config, {
          condition: connectionCondition(END, self, read),
          now,
          published: read.sensor('web', config.failedSensor)?.value,
          name: END,
        }),
    );
    const answers = (answer: Parameters<typeof connectionSensors>[1], afterMs: number) => {
      world.now += afterMs;
      for (const [name, value] of Object.entries(connectionSensors(END, answer))) world.say('web', name, value);
      detector.decide();
      return [world.readings.get('web ha.connectionFailed')?.value, world.readings.get('web ha.connectionRecovered')?.value];
    };
    const failed = { kind: 'failed', problem: 'refused', at: 0, tookMs: 1 } as const;
    expect(detector.decide().highlight?.text).toBe('db.example.org:3306 was not tried yet');
    expect(answers({ kind: 'tcp', at: 0, tookMs: 1 }, 0)).toEqual([undefined, undefined]);
    expect(answers(failed, 1_000)).toEqual([undefined, undefined]);
    expect(answers(failed, 3_000)).toEqual([
      { at: 1_001_000, component: END, description: `${END} takes no connection: refused` },
      undefined,
    ]);
    expect(answers({ kind: 'tcp', at: 0, tookMs: 1 }, 1_000)[0]).toBeUndefined();
    expect(world.readings.has('web ha.connectionRecovered')).toBe(true);
  });
});

describe('a machine detector', () => {
  const host = (fields: object) => anEntity({ id: 'h', name: 'h', sensors: { 'docker.host.id': 'h' }, ...fields });

  it('sees what the engine knows of the machine', () => {
    expect(machineCondition(host({ actual: 'RUNNING' })).is).toBe('well');
    expect(machineCondition(host({ actual: 'ON_FIRE', notUpIndicators: { machine: 'no answer for 15 s' } }))).toEqual({
      is: 'failing',
      why: 'h does not answer: no answer for 15 s',
    });
    expect(machineCondition(host({ actual: 'STOPPED', notUpIndicators: { machine: 'memory is changed' } })).is).toBe('unknown');
    expect(machineCondition(anEntity({ id: 'c' })).is).toBe('unknown');
  });
});

describe('a detector of members', () => {
  const SETTINGS: MemberFailureSettings = {
    ...WATCH,
    failedSensor: 'ha.entityFailed',
    recoveredSensor: 'ha.entityRecovered',
    onlyIfWasUp: true,
    byState: true,
  };
  const member = (slot: number, isUp: boolean, actual: 'RUNNING' | 'ON_FIRE' | 'STARTING') =>
    anEntity({ id: `m${slot}`, name: `web-${slot}`, parentId: 'web', slot, actual, sensors: { 'service.isUp': isUp } });

  function scene(settings: Partial<MemberFailureSettings> = {}) {
    const world = aSeenWorld();
    world.put(anEntity({ id: 'web', name: 'web', size: 2 }), member(1, true, 'RUNNING'), member(2, false, 'STARTING'));
    const detector = livingIn(world, 'web', { ...SETTINGS, ...settings }, detectMemberFailures);
    detector.decide();
    return { world, detector, failed: () => world.readings.get('web ha.entityFailed')?.value };
  }

  it('tells of the group which of its members have failed, and that they are back', () => {
    const { world, detector, failed } = scene();
    world.put(member(1, false, 'ON_FIRE'));
    detector.decide();
    expect(failed()).toMatchObject({ component: 'web', description: '1 of 2 members have failed: web-1' });
    world.put(member(1, true, 'RUNNING'));
    detector.decide();
    expect(failed()).toBeUndefined();
  });

  it('says nothing of those that were never up', () => {
    const { world, detector, failed } = scene();
    world.put(member(2, false, 'ON_FIRE'));
    detector.decide();
    expect(failed()).toBeUndefined();
  });

  it('goes by whether they serve where it is asked to', () => {
    const { world, detector, failed } = scene({ byState: false });
    world.put(member(1, false, 'STARTING'));
    detector.decide();
    expect(failed()).toBeDefined();
  });
});

describe('who greets members', () => {
  it('calls each effector once for each that joins', () => {
    const world = aSeenWorld();
    const join = (slot: number) => world.put(anEntity({ id: `m${slot}`, name: `m${slot}`, parentId: 'web', slot }));
    world.put(anEntity({ id: 'web', name: 'web', size: 2 }));
    const policy = livingIn(world, 'web', { group: 'web' as EntityId, effectors: ['restart'] }, greetMembers);
    join(1);
    expect(policy.decide().actions).toMatchObject([{ entityId: 'm1', effector: 'restart' }]);
    join(2);
    expect(policy.decide().actions).toMatchObject([{ entityId: 'm2' }]);
    expect(policy.decide().actions).toEqual([]);
    world.entities.delete('m1');
    expect(policy.decide().actions).toEqual([]);
  });
});
