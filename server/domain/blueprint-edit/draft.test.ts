import { describe, expect, it } from 'vitest';
import { editText } from '../../testing/yaml-edits/edit-text.ts';
import { removeIn, replaceIn, startDraft } from './draft.ts';
import { openText } from './editable-text.ts';
import { findPlace } from './find-place.ts';

function open(text: string) {
  const opened = openText(text);
  if (!opened.ok) throw new Error(opened.message);
  return opened.source;
}

function placeIn(text: string, path: readonly (string | number)[]) {
  const found = findPlace(open(text), path);
  if (!found.found) throw new Error(found.refusal.message);
  return found.place;
}

describe('an edit whose text would not say what it should', () => {
  const other = placeIn('x: 1\nlonger: 2\n', ['longer']);

  it('is refused: another value would change', () => {
    expect(replaceIn(startDraft(open('a: 1\nb: 2\nc: 3\n')), other, { kind: 'scalar', value: 5 })).toMatchObject({
      ok: false,
      code: 'layout',
    });
  });

  it('is refused: it would be no YAML', () => {
    const above = other.above;
    const result = above && removeIn(startDraft(open('a: "1\n  2\n  3"\n')), above);
    expect(result).toMatchObject({ ok: false, code: 'layout' });
  });
});

describe('layouts that are left to people', () => {
  it.each([
    ['a key without a colon', '? a\n? b\n', ['a'], 1],
    ['a value in a line of its own with a comment, for a map', 'a:\n  x # why\nb: 1\n', ['a'], { c: 1 }],
  ])('%s', (_, text, path, value) => {
    expect(editText(text, { kind: 'set', path, value })).toBe('refused: layout');
  });

  it('keep the line when the value stays in it', () => {
    expect(editText('a:\n  x # why\nb: 1\n', { kind: 'set', path: ['a'], value: 'z' })).toBe('a:\n  z # why\nb: 1\n');
    expect(editText('? a\n: 1\n', { kind: 'set', path: ['a'], value: { c: 2 } })).toBe('? a\n:\n  c: 2\n');
  });
});
