import { describe, expect, it } from 'vitest';
import { aSeenWorld, livingIn } from '../../testing/looking.ts';
import { anEntity } from '../../testing/records.ts';
import type { Entity } from '../entity/entity.ts';
import { detectServiceFailure, type ServiceFailureSettings } from './service-failure-detector.ts';

const DEFAULTS: ServiceFailureSettings = {
  failedSensor: 'ha.entityFailed',
  recoveredSensor: 'ha.entityRecovered',
  failedAfterMs: 0,
  recoveredAfterMs: 0,
  againMs: 0,
  onlyIfWasUp: true,
  problemsCount: true,
  downForMs: 60_000,
};

const web = (fields: object = {}): Entity =>
  anEntity({ id: 'web', name: 'web', actual: 'RUNNING', sensors: { 'service.isUp': true }, ...fields });
const burning = (fields: object = {}): Entity =>
  web({ actual: 'ON_FIRE', sensors: {}, problems: { 'crash-loop': 'Ended 5 times' }, ...fields });
const down = (fields: object = {}): Entity => web({ actual: 'STARTING', sensors: {}, ...fields });

function scene(settings: Partial<ServiceFailureSettings> = {}) {
  const world = aSeenWorld();
  world.put(web());
  const detector = livingIn(world, 'web', { ...DEFAULTS, ...settings }, detectServiceFailure);
  const said = (sensor: string) => world.readings.get(`web ${sensor}`)?.value;
  /** Becomes that, and the detector looks after so long. */
  const becomes = (entity: Entity, afterMs = 0) => {
    world.put(entity);
    const first = detector.decide();
    world.now += afterMs;
    return afterMs === 0 ? first : detector.decide();
  };
  detector.decide();
  return { world, detector, becomes, failed: () => said('ha.entityFailed'), recovered: () => said('ha.entityRecovered') };
}

describe('the failure detector', () => {
  it('tells that what was up is on fire, and that it has recovered', () => {
    const { becomes, failed, recovered } = scene();
    becomes(burning());
    expect(failed()).toEqual({ at: 1_000_000, component: 'web', description: 'Ended 5 times' });
    becomes(web());
    expect([failed(), recovered()]).toEqual([undefined, { at: 1_000_000, component: 'web', description: 'web serves' }]);
  });

  it('says nothing of what was never up, unless it is asked to', () => {
    const world = aSeenWorld();
    world.put(burning());
    livingIn(world, 'web', DEFAULTS, detectServiceFailure).decide();
    expect(world.readings.size).toBe(0);
    livingIn(world, 'web', { ...DEFAULTS, onlyIfWasUp: false }, detectServiceFailure).decide();
    expect(world.readings.has('web ha.entityFailed')).toBe(true);
  });

  it('lets the engine heal what has died, and tells when that takes too long', () => {
    const { becomes, failed, detector, world } = scene();
    expect(becomes(down()).lookAgainAt).toBe(1_060_000);
    world.now += 59_999;
    detector.decide();
    expect(failed()).toBeUndefined();
    world.now += 1;
    detector.decide();
    expect(failed()).toMatchObject({ description: expect.stringMatching(/^web is down/) });
  });

  it.each([
    ['a restart', { expected: { state: 'RUNNING', at: 5 }, restartSerial: 1 }],
    ['an update', { granted: 2 }],
    ['a move', { moveFrom: 'host-1' }],
  ])('takes %s for no failure, however long that takes', (_, fields) => {
    const { becomes, failed } = scene();
    becomes(down(fields), 3_600_000);
    expect(failed()).toBeUndefined();
  });

  it('waits for the failure to last, and forgets one that did not', () => {
    const { becomes, failed } = scene({ failedAfterMs: 5_000 });
    expect(becomes(burning()).lookAgainAt).toBe(1_005_000);
    becomes(burning(), 4_999);
    expect(failed()).toBeUndefined();
    becomes(web());
    becomes(burning(), 4_999);
    expect(failed()).toBeUndefined();
    becomes(burning(), 1);
    expect(failed()).toBeDefined();
  });

  it('waits for the recovery to last, and says it only after a failure', () => {
    const { becomes, failed, recovered } = scene({ recoveredAfterMs: 5_000 });
    becomes(web(), 60_000);
    expect(recovered()).toBeUndefined();
    becomes(burning());
    becomes(web(), 4_999);
    expect([failed() !== undefined, recovered()]).toEqual([true, undefined]);
    becomes(burning());
    becomes(web(), 5_000);
    expect([failed(), recovered() !== undefined]).toEqual([undefined, true]);
  });

  it('tells a failure that comes back before it has recovered as another', () => {
    const { becomes, failed, world } = scene();
    becomes(burning());
    world.now += 10_000;
    becomes(down({ expected: { state: 'RUNNING', at: 1_010_000 } }));
    world.now += 5_000;
    becomes(burning({ expected: { state: 'RUNNING', at: 1_010_000 } }));
    expect(failed()).toMatchObject({ at: 1_015_000 });
  });

  it('says it again where it is asked to', () => {
    const { becomes, failed } = scene({ againMs: 30_000 });
    expect(becomes(burning()).lookAgainAt).toBe(1_030_000);
    becomes(burning(), 65_000);
    expect(failed()).toMatchObject({ at: 1_060_000 });
  });

  it('leaves problems of what serves alone where they do not count', () => {
    const { becomes, failed } = scene({ problemsCount: false });
    becomes(burning({ sensors: { 'service.isUp': true } }));
    expect(failed()).toBeUndefined();
    becomes(burning());
    expect(failed()).toBeDefined();
  });

  it('changes nothing when it is asked again', () => {
    const { becomes, detector, failed } = scene();
    becomes(burning());
    const before = failed();
    expect(detector.decide()).not.toHaveProperty('memory');
    expect(failed()).toEqual(before);
  });
});
