import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { LiveContext, makeLiveStores } from './live-context.ts';
import type { LiveChange } from './live-state.ts';
import { useRecords, useRecordValue } from './use-live.ts';

afterEach(cleanup);

const host = (id: string, state = 'ready'): LiveChange => ({ kind: 'host', id, record: { id, name: id, state, order: 1 } });

it('renders only what shows the record that changed', () => {
  const stores = makeLiveStores();
  const renders: Record<string, number> = {};
  const State = ({ id }: { id: string }) => {
    renders[id] = (renders[id] ?? 0) + 1;
    return <p>{`${id} ${useRecordValue('host', id, (record) => record.state)}`}</p>;
  };
  stores.live.apply({ revision: 1, snapshot: [host('a'), host('b')] });
  render(
    <LiveContext value={stores}>
      <State id="a" />
      <State id="b" />
    </LiveContext>,
  );
  act(() => stores.live.apply({ revision: 2, changes: [host('b', 'lost')] }));
  expect(screen.getByText('b lost')).toBeDefined();
  expect(renders).toEqual({ a: 1, b: 2 });
});

it('keeps a filtered list the same while other records change', () => {
  const stores = makeLiveStores();
  let renders = 0;
  const Lost = () => {
    renders += 1;
    return <p>{useRecords('host', (record) => record.state === 'lost').map((record) => record.name)}</p>;
  };
  stores.live.apply({ revision: 1, snapshot: [host('a', 'lost'), host('b')] });
  render(
    <LiveContext value={stores}>
      <Lost />
    </LiveContext>,
  );
  act(() => stores.live.apply({ revision: 2, changes: [host('b', 'unreachable')] }));
  expect([renders, screen.getByText('a').textContent]).toEqual([1, 'a']);
  act(() => stores.live.apply({ revision: 3, changes: [host('b', 'lost')] }));
  expect([renders, screen.getByText('ab').textContent]).toEqual([2, 'ab']);
});
