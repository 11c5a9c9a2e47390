import { expect, it } from 'vitest';
import { EventRing } from './event-ring.ts';

const event = (revision: number) => ({ revision, changes: [] });

function ringOf(count: number, limits = { events: 4, bytes: 1000 }, bytes = 1): EventRing {
  const ring = new EventRing(limits);
  for (let revision = 1; revision <= count; revision += 1) ring.add(event(revision), bytes);
  return ring;
}

it('answers what came after a revision, oldest first', () => {
  expect(ringOf(4).since(2, 4)).toEqual([event(3), event(4)]);
});

it('has nothing to add for a client that is up to date', () => {
  expect(ringOf(4).since(4, 4)).toEqual([]);
  expect(ringOf(0).since(9, 9)).toEqual([]);
});

it('asks for a snapshot when events are gone', () => {
  const ring = ringOf(100);
  expect(ring.since(96, 100)).toHaveLength(4);
  expect(ring.since(95, 100)).toBeNull();
});

it('asks for a snapshot after a restart and for a revision that never was', () => {
  expect(ringOf(0).since(8, 9)).toBeNull();
  expect(ringOf(4).since(5, 4)).toBeNull();
});

it('forgets by size as well, but never the newest event', () => {
  const ring = ringOf(10, { events: 4, bytes: 1000 }, 400);
  expect(ring.since(8, 10)).toHaveLength(2);
  expect(ring.since(7, 10)).toBeNull();
  ring.add(event(11), 5000);
  expect(ring.since(10, 11)).toEqual([event(11)]);
});
