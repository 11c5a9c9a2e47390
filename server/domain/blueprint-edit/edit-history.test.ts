import { describe, expect, it } from 'vitest';
import { composeTransactions, EMPTY_HISTORY, extendLastTransaction, recordTransaction, redo, toTransaction, undo } from './edit-history.ts';
import { applyEdits } from './text-edit.ts';

const insert = (name: string, text: string, at: number, written: string) =>
  toTransaction(name, text, [{ start: at, end: at, text: written }]);
const first = insert('Add a', '', 0, 'a');
const second = insert('Add b', 'a', 1, 'b');
const history = recordTransaction(recordTransaction(EMPTY_HISTORY, first), second);

describe('the history of a text', () => {
  it('takes back the latest step first, and does it again', () => {
    const back = undo(history);
    expect(back?.transaction.name).toBe('Add b');
    expect(back && applyEdits('ab', back.transaction.edits)).toBe('a');
    const again = back && redo(back.history);
    expect(again?.transaction.name).toBe('Add b');
    expect(again && applyEdits('a', again.transaction.edits)).toBe('ab');
    expect(again?.history).toEqual(history);
  });

  it('has nothing to undo at its beginning and nothing to redo at its end', () => {
    expect(undo(EMPTY_HISTORY)).toBeNull();
    expect(redo(history)).toBeNull();
  });

  it('forgets what was undone once something else is done', () => {
    const back = undo(history);
    const other = recordTransaction(back?.history ?? EMPTY_HISTORY, insert('Add c', 'a', 1, 'c'));
    expect(redo(other)).toBeNull();
    expect(other.done.map(({ name }) => name)).toEqual(['Add a', 'Add c']);
  });

  it('does not count a step that changes nothing', () => {
    expect(recordTransaction(history, toTransaction('Nothing', 'ab', []))).toBe(history);
  });

  it('undoes what was typed in a row as one step', () => {
    const typed = extendLastTransaction(extendLastTransaction(EMPTY_HISTORY, insert('Typing', '', 0, 'x')), insert('Typing', 'x', 1, 'y'));
    expect(typed.done).toHaveLength(1);
    const back = undo(typed);
    expect(back && applyEdits('xy', back.transaction.edits)).toBe('');
  });

  it('keeps the latest 500 steps', () => {
    let long = EMPTY_HISTORY;
    for (let step = 0; step < 510; step += 1) long = recordTransaction(long, insert(String(step), '', 0, 'x'));
    expect(long.done).toHaveLength(500);
    expect(long.done.at(-1)?.name).toBe('509');
  });

  it('composes steps into one with its inverse', () => {
    const both = composeTransactions('Add both', first, second);
    expect(applyEdits('', both.edits)).toBe('ab');
    expect(applyEdits('ab', both.inverse)).toBe('');
  });
});
