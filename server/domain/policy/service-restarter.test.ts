import { describe, expect, it } from 'vitest';
import { aSeenWorld, livingIn } from '../../testing/looking.ts';
import { anEntity } from '../../testing/records.ts';
import { decideRestart } from './service-restarter.ts';

const SETTINGS = { failureSensor: 'ha.entityFailed', windowMs: 180_000, setOnFire: true };

function scene(settings: Partial<typeof SETTINGS> = {}) {
  const world = aSeenWorld();
  world.put(anEntity({ id: 'web', name: 'web' }));
  const restarter = livingIn(world, 'web', { ...SETTINGS, ...settings }, decideRestart);
  const fails = (after: number) => {
    world.now += after;
    world.say('web', 'ha.entityFailed', { at: world.now, description: 'Ended 5 times' });
    return restarter.decide();
  };
  const recovers = () => {
    world.say('web', 'ha.entityFailed', null);
    return restarter.decide();
  };
  return { world, restarter, fails, recovers, gaveUp: () => world.readings.get('web ha.entityFailed.restart')?.value };
}

describe('the restarter', () => {
  it('restarts what has failed, once for each failure', () => {
    const { fails, restarter } = scene();
    expect(fails(0).actions).toEqual([{ kind: 'effector', entityId: 'web', effector: 'restart', why: 'Restart web: Ended 5 times' }]);
    expect(restarter.decide()).not.toHaveProperty('actions');
  });

  it('gives up on a second failure within the time, on fire with the reason', () => {
    const { fails, recovers, gaveUp } = scene();
    fails(0);
    recovers();
    expect(fails(179_999).actions).toEqual([
      expect.objectContaining({
        kind: 'problem',
        text: 'web is not restarted any more: it failed again 180 s after its last failure (Ended 5 times). Mend the cause, then restart it',
      }),
    ]);
    expect(gaveUp()).toMatchObject({ component: 'web' });
  });

  it('restarts it again once the time has passed', () => {
    const { fails, recovers, gaveUp } = scene();
    fails(0);
    recovers();
    expect(fails(180_000).actions).toMatchObject([{ effector: 'restart' }]);
    expect(gaveUp()).toBeUndefined();
  });

  it('sets nothing on fire where it is asked not to, and tells all the same', () => {
    const { fails, gaveUp } = scene({ setOnFire: false });
    fails(0);
    expect(fails(1_000).actions).toEqual([]);
    expect(gaveUp()).toBeDefined();
  });

  it('takes back that it has given up once there is no failure', () => {
    const { fails, recovers, gaveUp } = scene();
    fails(0);
    fails(1_000);
    recovers();
    expect(gaveUp()).toBeUndefined();
  });

  it('counts a restart that is refused as one that failed', () => {
    const { fails, restarter, gaveUp, world } = scene();
    const [action] = fails(0).actions ?? [];
    if (!action) throw new Error('it did not act');
    restarter.decide([{ action, at: world.now, problem: 'web is being removed' }]);
    expect(gaveUp()).toMatchObject({ description: 'its restart was refused: web is being removed' });
  });

  it('never restarts more than once in the time, however often it fails', () => {
    const { fails } = scene();
    const restarts = Array.from({ length: 60 }, () => fails(1_000).actions ?? [])
      .flat()
      .filter(({ kind }) => kind === 'effector');
    expect(restarts).toHaveLength(1);
  });
});
