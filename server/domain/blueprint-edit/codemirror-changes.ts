import { type TextEdit, type TextEdits, toEdits } from './text-edit.ts';

/** A change as CodeMirror takes it. Its documents count every line break as one, also CRLF. */
export interface CodeMirrorChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

export function toCodeMirrorChanges(text: string, edits: TextEdits): readonly CodeMirrorChange[] {
  const pairs = findLineBreakPairs(text);
  return edits.map((edit) => ({
    from: edit.start - countBelow(pairs, edit.start),
    to: edit.end - countBelow(pairs, edit.end),
    insert: edit.text.replaceAll('\r\n', '\n'),
  }));
}

/** What was typed in CodeMirror, as edits of the text with its own line breaks. */
export function fromCodeMirrorChanges(text: string, changes: readonly CodeMirrorChange[]): TextEdits {
  const pairs = findLineBreakPairs(text);
  const shortened = pairs.map((at, index) => at - index);
  const newline = pairs.length > 0 ? '\r\n' : '\n';
  const edits = changes.map(
    (change): TextEdit => ({
      start: change.from + countBelow(shortened, change.from),
      end: change.to + countBelow(shortened, change.to),
      text: change.insert.replace(/\r\n?|\n/g, newline),
    }),
  );
  return toEdits(text, edits);
}

/** Offsets of each CRLF, in order. */
function findLineBreakPairs(text: string): readonly number[] {
  const pairs: number[] = [];
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2)) pairs.push(at);
  return pairs;
}

function countBelow(sorted: readonly number[], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
