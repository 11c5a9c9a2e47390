import { describe, expect, it } from 'vitest';
import { aSeenWorld, livingIn } from '../../testing/looking.ts';
import { anEntity } from '../../testing/records.ts';
import type { EntityId } from '../shared/ids.ts';
import { decideReplacement } from './service-replacer.ts';

const SETTINGS = { failureSensor: 'ha.entityFailed.restart', windowMs: 300_000, mostFailures: 5, setOnFire: true };

function scene() {
  const world = aSeenWorld();
  world.put(anEntity({ id: 'web', name: 'web', size: 2 }));
  const member = (slot: number, fields: object = {}) => anEntity({ id: `m${slot}`, name: `web-${slot}`, parentId: 'web', slot, ...fields });
  world.put(member(1), member(2));
  const replacer = livingIn(world, 'web', SETTINGS, decideReplacement);
  return {
    world,
    replacer,
    member,
    gaveUp: () => world.readings.get('web ha.entityFailed.replacement')?.value,
    fails: (slot: number) => {
      world.say(`m${slot}`, 'ha.entityFailed.restart', { at: world.now, description: `m${slot} was given up` });
      return replacer.decide();
    },
    /** What the command does, and then the cluster. */
    begins: (slot: number, by: number) => {
      world.put(member(slot, { replacedBy: `m${by}` as EntityId }), member(by));
      return replacer.decide();
    },
    ends: (slot: number, isReplaced: boolean, by: number) => {
      if (isReplaced) world.entities.delete(`m${slot}`);
      else {
        world.put(member(slot));
        world.entities.delete(`m${by}`);
      }
      return replacer.decide();
    },
  };
}

describe('the replacer', () => {
  it('replaces a member that was given up, once', () => {
    const { fails, begins, ends } = scene();
    expect(fails(1).actions).toEqual([
      {
        kind: 'effector',
        entityId: 'web',
        effector: 'replaceMember',
        parameters: { memberId: 'm1' },
        why: 'Replace web-1: m1 was given up',
      },
    ]);
    expect(begins(1, 3)).toMatchObject({ highlight: { text: 'Waits for the member in the place of web-1 to be up' } });
    expect(ends(1, true, 3)).not.toHaveProperty('actions');
  });

  it('replaces one member at a time', () => {
    const { fails, begins, ends } = scene();
    fails(1);
    begins(1, 3);
    expect(fails(2)).not.toHaveProperty('actions');
    expect(ends(1, true, 3).actions).toMatchObject([{ parameters: { memberId: 'm2' } }]);
  });

  it('tries a replacement that failed again after a while, and stops after five in the time', () => {
    const { fails, begins, ends, world, replacer, gaveUp } = scene();
    let acts = fails(1).actions?.length ?? 0;
    for (let n = 0; n < 20; n += 1) {
      const by = 10 + n;
      if (acts > 0) {
        begins(1, by);
        acts = ends(1, false, by).actions?.filter(({ kind }) => kind === 'effector').length ?? 0;
        if (gaveUp()) break;
      }
      world.now += 30_000;
      acts = replacer.decide().actions?.filter(({ kind }) => kind === 'effector').length ?? 0;
    }
    expect(gaveUp()).toMatchObject({ description: 'Members of web are not replaced any more: 5 replacements failed within 300 s' });
    world.now += 299_000;
    expect(replacer.decide().actions?.filter(({ kind }) => kind === 'effector')).toEqual([]);
  });

  it('counts a new member that fails too, and ends a storm of them', () => {
    const { fails, begins, ends, world, gaveUp } = scene();
    let replaced = 0;
    for (let slot = 1, by = 3; by < 40 && !gaveUp(); slot = by, by += 1) {
      world.now += 20_000;
      if ((fails(slot).actions ?? []).every(({ kind }) => kind !== 'effector')) break;
      replaced += 1;
      begins(slot, by);
      ends(slot, true, by);
    }
    expect(replaced).toBeLessThanOrEqual(6);
    expect(gaveUp()).toBeDefined();
  });

  it('begins to count anew after one that is well', () => {
    const { fails, begins, ends, world, replacer } = scene();
    fails(1);
    begins(1, 3);
    ends(1, false, 3);
    expect(replacer.memory()?.failures).toHaveLength(1);
    world.now += 30_000;
    expect(replacer.decide().actions).toHaveLength(1);
    begins(1, 4);
    ends(1, true, 4);
    expect(replacer.memory()?.failures).toEqual([]);
  });

  it('takes back that it has given up once no member fails', () => {
    const { world, replacer } = scene();
    world.say('web', 'ha.entityFailed.replacement', { at: 1 });
    world.put(anEntity({ id: 'web', name: 'web', size: 2, problems: { replacer: 'gave up' } }));
    expect(replacer.decide()).toMatchObject({
      publish: { 'ha.entityFailed.replacement': null },
      actions: [{ kind: 'problem', text: null }],
    });
  });
});
