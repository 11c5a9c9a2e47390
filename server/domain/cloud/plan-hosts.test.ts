import { describe, expect, it } from 'vitest';
import type { EntityId } from '../shared/ids.ts';
import { type HostMember, planHosts } from './plan-hosts.ts';

function members(...states: readonly HostMember['state'][]): readonly HostMember[] {
  return states.map((state, index) => ({ id: `h${index + 1}` as EntityId, slot: index + 1, state }));
}

describe('planHosts', () => {
  it('adds slots above the highest that was ever given', () => {
    expect(planHosts(members('used', 'empty'), 4, 7)).toEqual({ add: [8, 9], release: [], size: 4 });
  });

  it('gives back what is no use first, then the newest of those that are empty', () => {
    expect(planHosts(members('empty', 'vacant', 'empty', 'used'), 2, 4)).toEqual({ add: [], release: ['h2', 'h3'], size: 2 });
  });

  it('keeps every host that holds something, and says what size is left', () => {
    expect(planHosts(members('used', 'used', 'empty'), 0, 3)).toEqual({ add: [], release: ['h3'], size: 2 });
  });

  it('changes nothing where the size is right', () => {
    expect(planHosts(members('used', 'vacant'), 2, 2)).toEqual({ add: [], release: [], size: 2 });
  });
});
