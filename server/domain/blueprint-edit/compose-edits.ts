import type { TextEdit, TextEdits } from './text-edit.ts';

/** A stretch of the new text: taken from the old text, or written by an edit. */
type Piece = { readonly old: true; readonly from: number; readonly to: number } | { readonly old: false; readonly text: string };

/** One step that does what `first` and then `second` do; `second` counts in the text that `first` made. */
export function composeEdits(first: TextEdits, second: TextEdits): TextEdits {
  return toEditsOf(editPieces(editPieces([{ old: true, from: 0, to: Number.POSITIVE_INFINITY }], first), second));
}

function editPieces(pieces: readonly Piece[], edits: TextEdits): readonly Piece[] {
  const edited: Piece[] = [];
  let next = 0;
  let rest = pieces[0];
  /** Takes `length` units of text off the front. */
  const take = (length: number): readonly Piece[] => {
    const taken: Piece[] = [];
    for (let left = length; left > 0 && rest !== undefined; ) {
      const [head, tail] = cut(rest, left);
      taken.push(head);
      left -= lengthOf(head);
      if (tail === null) next += 1;
      rest = tail ?? pieces[next];
    }
    return taken;
  };
  let at = 0;
  for (const edit of edits) {
    edited.push(...take(edit.start - at));
    take(edit.end - edit.start);
    if (edit.text !== '') edited.push({ old: false, text: edit.text });
    at = edit.end;
  }
  return [...edited, ...take(Number.POSITIVE_INFINITY)];
}

function cut(piece: Piece, length: number): readonly [Piece, Piece | null] {
  if (lengthOf(piece) <= length) return [piece, null];
  if (!piece.old)
    return [
      { old: false, text: piece.text.slice(0, length) },
      { old: false, text: piece.text.slice(length) },
    ];
  const middle = piece.from + length;
  return [
    { old: true, from: piece.from, to: middle },
    { old: true, from: middle, to: piece.to },
  ];
}

function lengthOf(piece: Piece): number {
  return piece.old ? piece.to - piece.from : piece.text.length;
}

/** What lies between the old stretches is an edit: they stay in their order. */
function toEditsOf(pieces: readonly Piece[]): TextEdits {
  const edits: TextEdit[] = [];
  let at = 0;
  let written = '';
  for (const piece of pieces) {
    if (!piece.old) {
      written += piece.text;
      continue;
    }
    if (piece.from > at || written !== '') edits.push({ start: at, end: piece.from, text: written });
    at = piece.to;
    written = '';
  }
  return edits;
}
