import { describe, expect, it } from 'vitest';
import type { Entity } from '../../server/domain/entity/entity.ts';
import { effectorVictims } from './effector-victims.ts';

const member = (id: string, slot: number, goal = 'running') => ({ id, name: id, parentId: 'team', slot, goal, applicationId: 'app' });
const entities = [
  { id: 'team', name: 'team', parentId: null, slot: null, goal: 'running', applicationId: 'app' },
  member('web-10', 10),
  member('web-2', 2),
  member('web-1', 1, 'destroyed'),
  { ...member('web-3', 3, 'stopped'), quarantine: { reason: 'It ended', at: 1 } },
  { ...member('kept', 0), slot: null },
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

describe('what an expunging ends', () => {
  it('is what the quarantine keeps', () => {
    const quarantine = { id: 'kept' as Entity['id'], size: null };
    expect(effectorVictims({ effector: 'expungeMembers', parameters: {} }, quarantine, tables)).toEqual([
      expect.objectContaining({ title: expect.stringMatching(/^1 failed member goes/), items: ['web-3'] }),
    ]);
  });
});
