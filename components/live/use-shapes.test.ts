import { expect, it } from 'vitest';
import { applyPatch, EMPTY_LIVE_STATE, type LiveChange } from './live-state.ts';
import { shaper } from './use-shapes.ts';

const host = (id: string, state: string, name = id): LiveChange => ({ kind: 'host', id, record: { id, name, state } });

it('keeps the shapes of records of which only the rest changed', () => {
  let made = 0;
  const shapes = shaper('host', ({ id, name }) => {
    made += 1;
    return { id: String(id), name };
  });
  const first = applyPatch(EMPTY_LIVE_STATE, { revision: 1, snapshot: [host('a', 'ready'), host('b', 'ready')] }).state;
  const before = shapes(first.tables);
  const second = applyPatch(first, { revision: 2, changes: [host('b', 'lost')] }).state;
  const after = shapes(second.tables);
  expect(after[1]).toBe(before[1]);
  expect(made).toBe(3);
  const third = applyPatch(second, { revision: 3, changes: [host('b', 'lost', 'renamed')] }).state;
  expect(shapes(third.tables)[0]).toBe(before[0]);
  expect(shapes(third.tables)[1]).toEqual({ id: 'b', name: 'renamed' });
});
