import { expect, it } from 'vitest';
import { networkTrace } from './network-trace.ts';

it('gives a network the same look each time, and a hundred of them all looks there are', () => {
  const traces = Array.from({ length: 100 }, (_, n) => networkTrace(`c1:ck-${n}-back`));
  expect(traces).toEqual(Array.from({ length: 100 }, (_, n) => networkTrace(`c1:ck-${n}-back`)));
  expect(new Set(traces.map(({ hue, dash }) => `${hue} ${dash}`)).size).toBe(18);
  expect(new Set(traces.map(({ track }) => track))).toEqual(new Set([0, 1, 2]));
});
