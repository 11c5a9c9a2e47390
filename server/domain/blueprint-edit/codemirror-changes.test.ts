import { EditorState } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCodeMirrorChanges, toCodeMirrorChanges } from './codemirror-changes.ts';
import { applyEdits, toEdits } from './text-edit.ts';

const lines = (newline: string) =>
  fc.array(fc.string({ unit: fc.constantFrom('a', ':', '\ufeff', '😀'), maxLength: 4 })).map((all) => all.join(newline));
const texts = fc.constantFrom('\n', '\r\n').chain(lines);

describe('edits in CodeMirror', () => {
  it('stand where its document has the text, whatever the line breaks', () => {
    expect(toCodeMirrorChanges('a\r\nb\r\n', [{ start: 3, end: 4, text: 'c\r\nd' }])).toEqual([{ from: 2, to: 3, insert: 'c\nd' }]);
  });

  it('get the line breaks of the text when they come from there', () => {
    expect(fromCodeMirrorChanges('a\r\nb\r\n', [{ from: 2, to: 3, insert: 'c\nd' }])).toEqual([{ start: 3, end: 4, text: 'c\r\nd' }]);
  });

  it('make its document what they make of the text', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), texts, (text, one, other, written) => {
        const state = EditorState.create({ doc: text });
        const [from, to] = [one % (state.doc.length + 1), other % (state.doc.length + 1)].sort((a, b) => a - b);
        const edits = fromCodeMirrorChanges(text, [{ from: from ?? 0, to: to ?? 0, insert: written }]);
        const changed = state.update({ changes: [...toCodeMirrorChanges(text, edits)] }).state.doc;
        expect(changed.toString()).toBe(EditorState.create({ doc: applyEdits(text, edits) }).doc.toString());
        const typed = state.update({ changes: { from: from ?? 0, to: to ?? 0, insert: written } }).state.doc;
        expect(changed.toString()).toBe(typed.toString());
        expect(edits).toEqual(toEdits(text, edits));
      }),
    );
  });
});
