import { describe, expect, it } from 'vitest';
import type { Entity } from '../../server/domain/entity/entity.ts';
import type { Task } from '../../server/domain/entity/task.ts';
import { cancelText, cancelVictims } from './cancel-effects.ts';

const task = { id: 'task-1' as Task['id'], effect: 'running' } as const;
const anEntity = (fields: object) => ({ slot: null, incarnation: 1, ...fields }) as unknown as Entity;
const tables = (...entities: readonly Entity[]) => new Map(entities.map((entity) => [entity.id as string, entity]));

describe('what a cancel does', () => {
  it('gives up what is not up yet: new members go, others stop, what is up stays', () => {
    const mine = { taskId: task.id, goal: 'running', size: null } as const;
    const entities = tables(
      anEntity({ id: 'a', name: 'web-10', ...mine, actual: 'STARTING', slot: 10, incarnation: 1 }),
      anEntity({ id: 'b', name: 'web-2', ...mine, actual: 'STARTING', slot: 2, incarnation: 0 }),
      anEntity({ id: 'f', name: 'web-1', ...mine, actual: 'STARTING', slot: 1, wasUp: true }),
      anEntity({ id: 'c', name: 'db', ...mine, actual: 'ON_FIRE', slot: null }),
      anEntity({ id: 'd', name: 'up', ...mine, actual: 'RUNNING' }),
      anEntity({ id: 'e', name: 'other', goal: 'running', actual: 'STARTING', taskId: null }),
    );
    expect(cancelVictims(task, entities)).toEqual([
      { title: '2 new members are removed again', items: ['web-2', 'web-10'] },
      { title: '2 entities are stopped', items: ['db', 'web-1'] },
    ]);
    expect(cancelVictims({ ...task, effect: 'drained' }, entities)).toEqual([]);
  });

  it('is nothing for what cannot be cancelled', () => {
    expect((['stopped', 'destroyed', 'rolled-out'] as const).map((effect) => cancelText({ effect }))).toEqual([null, null, null]);
    expect(cancelText({ effect: null })).toContain('tried again');
  });
});
