import { describe, expect, it } from 'vitest';
import { applyPatch, EMPTY_LIVE_STATE, type LiveChange } from './live-state.ts';

const host = (id: string, name = id): LiveChange => ({ kind: 'host', id, record: { id, name } });

describe('applyPatch', () => {
  it('takes a snapshot as the whole truth', () => {
    const before = applyPatch(EMPTY_LIVE_STATE, { revision: 4, snapshot: [host('a'), host('b')] });
    const after = applyPatch(before.state, { revision: 9, snapshot: [host('b')] });
    expect([...after.state.tables.host.keys()]).toEqual(['b']);
    expect(after.touched.has('host:a')).toBe(true);
    expect(after.state.revision).toBe(9);
  });
  it('touches only what a patch names and leaves other tables the same objects', () => {
    const { state } = applyPatch(EMPTY_LIVE_STATE, { revision: 1, snapshot: [host('a')] });
    const after = applyPatch(state, { revision: 2, changes: [host('a', 'renamed')] });
    expect([...after.touched]).toEqual(['host', 'host:a']);
    expect(after.state.tables.entity).toBe(state.tables.entity);
    expect(after.state.tables.host.get('a')?.name).toBe('renamed');
    expect(state.tables.host.get('a')?.name).toBe('a');
  });
  it('removes a record whose change is null', () => {
    const { state } = applyPatch(EMPTY_LIVE_STATE, { revision: 1, snapshot: [host('a')] });
    expect(applyPatch(state, { revision: 2, changes: [{ kind: 'host', id: 'a', record: null }] }).state.tables.host.size).toBe(0);
  });
  it('ignores a patch older than what it already holds, as after a reconnect', () => {
    const { state } = applyPatch(EMPTY_LIVE_STATE, { revision: 5, snapshot: [host('a')] });
    const after = applyPatch(state, { revision: 3, changes: [host('a', 'stale')] });
    expect(after.state).toBe(state);
    expect(after.touched.size).toBe(0);
  });
  it('passes over kinds the console does not keep live', () => {
    const after = applyPatch(EMPTY_LIVE_STATE, { revision: 2, changes: [{ kind: 'lease', id: 'x', record: {} }] });
    expect(after.touched.size).toBe(0);
  });
});
