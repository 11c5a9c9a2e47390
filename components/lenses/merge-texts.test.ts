import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MergedPiece, mergeTexts } from './merge-texts.ts';

const BASE = 'a\nb\nc\nd\ne\n';

const settled = (pieces: readonly MergedPiece[]) =>
  pieces.map((piece) => (piece.kind === 'text' ? piece.text : `<${piece.mine}|${piece.theirs}>`)).join('');

describe('two texts made of one', () => {
  it('are merged where each has changed another place', () => {
    expect(settled(mergeTexts(BASE, 'a\nB\nc\nd\ne\n', 'a\nb\nc\nd\nE\nf\n'))).toBe('a\nB\nc\nd\nE\nf\n');
    expect(settled(mergeTexts(BASE, 'b\nc\nd\ne\n', 'a\nb\nc\ne\n'))).toBe('b\nc\ne\n');
  });

  it('agree where both have changed alike', () => {
    expect(settled(mergeTexts(BASE, 'a\nX\nc\nd\ne\n', 'a\nX\nc\nd\ne\n'))).toBe('a\nX\nc\nd\ne\n');
  });

  it('conflict where both have changed one place, also by adding there', () => {
    expect(settled(mergeTexts(BASE, 'a\nX\nc\nd\ne\n', 'a\nY\nc\nd\ne\n'))).toBe('a\n<X\n|Y\n>c\nd\ne\n');
    expect(settled(mergeTexts(BASE, `${BASE}mine\n`, `${BASE}theirs\n`))).toBe(`${BASE}<mine\n|theirs\n>`);
  });

  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'x'), { maxLength: 8 })
    .map((lines) => lines.map((line) => `${line}\n`).join(''));

  it('give what the one has made where the other has left all as it was', () => {
    fc.assert(
      fc.property(text, text, (before, mine) => {
        expect(settled(mergeTexts(before, mine, before))).toBe(mine);
        expect(settled(mergeTexts(before, before, mine))).toBe(mine);
        expect(settled(mergeTexts(before, mine, mine))).toBe(mine);
      }),
    );
  });

  it('lose nothing: with all conflicts settled for the one, nothing but what the other alone has changed differs', () => {
    fc.assert(
      fc.property(text, text, text, (before, mine, theirs) => {
        const own = mergeTexts(before, mine, theirs);
        const turned = mergeTexts(before, theirs, mine);
        const flipped = turned.map((piece) => (piece.kind === 'text' ? piece : { ...piece, mine: piece.theirs, theirs: piece.mine }));
        expect(settled(own)).toBe(settled(flipped));
      }),
    );
  });
});
