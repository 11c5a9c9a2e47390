import { expect, it } from 'vitest';
import { networkTraces } from './network-trace.ts';

const ids = (count: number) => Array.from({ length: count }, (_, n) => `c1:ck-${n}-back`);
const looks = (count: number, by: 'hue' | 'all') => {
  const traces = [...networkTraces(ids(count)).values()];
  return new Set(traces.map(({ hue, dash }) => (by === 'hue' ? `${hue}` : `${hue} ${dash}`))).size;
};

it('gives six networks six colours, and eighteen as many looks', () => {
  expect(looks(6, 'hue')).toBe(6);
  expect(looks(18, 'all')).toBe(18);
});

it('gives the same networks the same looks in whatever order they come', () => {
  expect(networkTraces(ids(30).toReversed())).toEqual(networkTraces(ids(30)));
});
