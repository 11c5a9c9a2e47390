import { describe, expect, it } from 'vitest';
import type { Entity } from '../../server/domain/entity/entity.ts';
import { effectorVictims } from './effector-victims.ts';

const member = (id: string, slot: number, goal = 'running') => ({ id, name: id, parentId: 'team', slot, goal, applicationId: 'app' });
const entities = [
  { id: 'team', name: 'team', parentId: null, slot: null, goal: 'running', applicationId: 'app' },
  member('web-10', 10),
  member('web-2', 2),
  member('web-1', 1, 'destroyed'),
];
const tables = {
  application: new Map(),
  entity: new Map(entities.map((entity) => [entity.id, entity as unknown as Entity])),
  instance: new Map(),
  host: new Map(),
} as never;
const team = { id: 'team' as Entity['id'], size: 2 };

describe('what a resize ends', () => {
  const victims = (desiredSize: unknown) => effectorVictims({ effector: 'resize', parameters: { desiredSize } as never }, team, tables);

  it('is some of its members where it shrinks', () => {
    expect(victims(1)).toEqual([
      expect.objectContaining({ title: expect.stringMatching(/^1 of 2 members goes/), items: ['web-2', 'web-10'] }),
    ]);
  });

  it('is nothing where it grows, stays or is not said yet', () => {
    expect([victims(2), victims(5), victims(undefined), victims('x')]).toEqual([[], [], [], []]);
  });
});
