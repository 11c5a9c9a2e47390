import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withFile, withHostAccess, withVariable } from './blueprint-files.ts';
import { useBlueprintDraft } from './use-blueprint-draft.ts';

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const open = () => renderHook(() => useBlueprintDraft('draft', { text: 'initial' }));

it('gives what is typed when typing pauses, and at once to who asks', () => {
  const { result } = open();
  act(() => result.current.type(null, 'typed'));
  expect([result.current.input.text, result.current.current().text]).toEqual(['initial', 'typed']);
  act(() => void vi.advanceTimersByTime(250));
  expect(result.current.input).toEqual({ text: 'typed' });
  expect(result.current.revision).toBe(0);
});

it('keeps files and values when the page is left and opened again', () => {
  const first = open();
  act(() => first.result.current.change((input) => withVariable(withFile(input, '.env', 'A=b'), 'TAG', '1')));
  act(() => first.result.current.type('.env', 'A=c'));
  act(() => first.result.current.change((input) => withHostAccess(input, true)));
  first.unmount();
  expect(open().result.current.input).toEqual({ text: 'initial', files: { '.env': 'A=c' }, variables: { TAG: '1' }, hostAccess: true });
});

it('loses nothing that is typed while something else changes', () => {
  const { result } = open();
  act(() => result.current.type(null, 'typed'));
  act(() => result.current.change((input) => withVariable(input, 'TAG', '1')));
  expect(result.current.input).toEqual({ text: 'typed', variables: { TAG: '1' } });
});

it('begins anew where what is stored is not ours', () => {
  localStorage.setItem('draft', 'text');
  localStorage.setItem('draft.parts', '{"files": 3}');
  expect(open().result.current.input).toEqual({ text: 'text' });
});

it('forgets a draft that was deployed', () => {
  const first = open();
  act(() => first.result.current.change((input) => withFile(input, '.env', 'A=b')));
  act(() => first.result.current.discard());
  first.unmount();
  expect(open().result.current.input).toEqual({ text: 'initial' });
});

it('stores nothing where it has no name', () => {
  const { result, unmount } = renderHook(() => useBlueprintDraft(null, { text: 'initial', files: { '.env': '***' } }));
  act(() => result.current.type(null, 'typed'));
  unmount();
  expect(localStorage.length).toBe(0);
});
