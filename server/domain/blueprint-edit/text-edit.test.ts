import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeEdits } from './compose-edits.ts';
import { applyEdits, invertEdits, mapOffset, type TextEdits, toEdits } from './text-edit.ts';

const texts = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', '😀'), maxLength: 30 });

/** Edits of a text that do not overlap. */
function editsOf(text: string): fc.Arbitrary<TextEdits> {
  return fc.array(fc.tuple(fc.nat(text.length), texts), { maxLength: 6 }).map((cuts) => {
    const places = cuts.map(([at]) => at).sort((a, b) => a - b);
    const edits = cuts.flatMap(([, written], index) =>
      index % 2 === 0 ? [{ start: places[index] ?? 0, end: places[index + 1] ?? places[index] ?? 0, text: written }] : [],
    );
    return toEdits(text, edits);
  });
}

const editedTexts = texts.chain((text) => fc.tuple(fc.constant(text), editsOf(text)));
const twiceEdited = editedTexts.chain(([text, edits]) => fc.tuple(fc.constant(text), fc.constant(edits), editsOf(applyEdits(text, edits))));

describe('edits of a text', () => {
  it('are applied from the offsets of the text before', () => {
    const edits = [
      { start: 0, end: 1, text: 'A' },
      { start: 2, end: 2, text: '-' },
      { start: 3, end: 4, text: '' },
    ];
    expect(applyEdits('abcd', edits)).toBe('Ab-c');
  });

  it('are put in order, joined where they touch, and leave out what they would replace by itself', () => {
    const edits = [
      { start: 4, end: 6, text: '' },
      { start: 4, end: 4, text: 'X' },
      { start: 0, end: 3, text: 'abZ' },
      { start: 7, end: 8, text: 'h' },
    ];
    expect(toEdits('abcdefgh', edits)).toEqual([
      { start: 2, end: 3, text: 'Z' },
      { start: 4, end: 6, text: 'X' },
    ]);
  });

  it('never begin or end within a CRLF or a surrogate pair', () => {
    expect(toEdits('a\r\nb', [{ start: 1, end: 3, text: '\r' }])).toEqual([{ start: 1, end: 3, text: '\r' }]);
    expect(toEdits('😀', [{ start: 0, end: 2, text: '😁' }])).toEqual([{ start: 0, end: 2, text: '😁' }]);
  });

  it('have an inverse that restores the text byte for byte', () => {
    fc.assert(
      fc.property(editedTexts, ([text, edits]) => {
        expect(applyEdits(applyEdits(text, edits), invertEdits(text, edits))).toBe(text);
      }),
    );
  });

  it('compose: one step does what two do', () => {
    fc.assert(
      fc.property(twiceEdited, ([text, first, second]) => {
        expect(applyEdits(text, composeEdits(first, second))).toBe(applyEdits(applyEdits(text, first), second));
      }),
      { numRuns: 500 },
    );
  });

  it('compose in any grouping', () => {
    const thrice = twiceEdited.chain(([text, first, second]) =>
      fc.tuple(fc.constant(text), fc.constant(first), fc.constant(second), editsOf(applyEdits(applyEdits(text, first), second))),
    );
    fc.assert(
      fc.property(thrice, ([text, first, second, third]) => {
        const left = composeEdits(composeEdits(first, second), third);
        const right = composeEdits(first, composeEdits(second, third));
        expect(applyEdits(text, left)).toBe(applyEdits(text, right));
      }),
    );
  });
});

describe('a place in an edited text', () => {
  const edits = [
    { start: 2, end: 2, text: 'xx' },
    { start: 4, end: 6, text: 'y' },
  ];

  it('moves with the text around it', () => {
    expect([0, 1, 3, 4, 6, 7].map((offset) => mapOffset(edits, offset))).toEqual([0, 1, 5, 7, 7, 8]);
  });

  it('stays before text that is inserted at it, or goes after it, as asked', () => {
    expect(mapOffset(edits, 2, 'before')).toBe(2);
    expect(mapOffset(edits, 2, 'after')).toBe(4);
  });

  it('goes to the end of what replaces the text around it', () => {
    expect(mapOffset(edits, 5)).toBe(7);
  });

  it('before text that no edit touches is found before the same text', () => {
    fc.assert(
      fc.property(editedTexts, fc.nat(30), ([text, edits2], offset) => {
        fc.pre(offset < text.length && edits2.every(({ start, end }) => offset < start || offset >= end));
        expect(applyEdits(text, edits2)[mapOffset(edits2, offset)]).toBe(text[offset]);
      }),
    );
  });
});
