import { describe, expect, it } from 'vitest';
import type { HostView, PlacementContext } from '../../domain/placement/placement.ts';
import { aHostView, aRequest } from '../../testing/placement.ts';
import { plugin } from './breadth-first.ts';

const hosts = [1, 2, 3].map((order) => aHostView({ order }));

function first(fitting: readonly HostView[], context: PlacementContext): HostView | undefined {
  return plugin.strategy.apply(fitting, aRequest(), {}, context).hosts[0];
}

/** Orders of the hosts chosen one after the other; `fits` says which hosts a limit leaves each time. */
function rounds(count: number, fits: (turn: number) => readonly HostView[]): readonly (number | undefined)[] {
  let last: number | null = null;
  return Array.from({ length: count }, (_, turn) => {
    const host = first(fits(turn), { sequence: turn, lastHostOrder: last });
    last = host?.order ?? last;
    return host?.order;
  });
}

describe('breadth-first', () => {
  it('begins at the first host and takes each in turn', () => {
    expect(rounds(7, () => hosts)).toEqual([1, 2, 3, 1, 2, 3, 1]);
  });

  it('goes on in turn when a limit refuses a host and lets it in again', () => {
    expect(rounds(8, (turn) => (turn >= 2 && turn < 6 ? hosts.slice(0, 2) : hosts))).toEqual([1, 2, 1, 2, 1, 2, 3, 1]);
  });

  it('goes on in turn when hosts come and go', () => {
    const later = [...hosts.slice(1), aHostView({ order: 9 })];
    expect(rounds(6, (turn) => (turn < 2 ? hosts : later))).toEqual([1, 2, 3, 9, 2, 3]);
  });

  it('does not prefer an empty host', () => {
    const uneven = [aHostView({ order: 1, containers: 5 }), aHostView({ order: 2, containers: 0 })];
    expect(rounds(3, () => uneven)).toEqual([1, 2, 1]);
  });

  it('leaves nothing of nothing', () => {
    expect(plugin.strategy.apply([], aRequest(), {}, { sequence: 3, lastHostOrder: null }).hosts).toEqual([]);
  });
});
