/** One replacement in a text: offsets (UTF-16 units, end exclusive) count in the text before the edit. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replacements of one step: in order, none touching another, all counted in the same text. */
export type TextEdits = readonly TextEdit[];

export function applyEdits(text: string, edits: TextEdits): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** The edits that bring back `text` from what `edits` made of it. */
export function invertEdits(text: string, edits: TextEdits): TextEdits {
  let shift = 0;
  return edits.map((edit) => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return { start, end: start + edit.text.length, text: text.slice(edit.start, edit.end) };
  });
}

/**
 * Edits of one text, given in any order but not overlapping, in the one form that all functions here take: sorted, touching ones
 * joined (of those at one place the first given comes first), and without what they would only replace by itself.
 */
export function toEdits(text: string, edits: readonly TextEdit[]): TextEdits {
  const sorted = edits.map((edit, given) => ({ edit, given })).sort((a, b) => compareEdits(a.edit, b.edit) || a.given - b.given);
  const joined: TextEdit[] = [];
  for (const { edit } of sorted) {
    const last = joined.at(-1);
    if (last === undefined || edit.start > last.end) joined.push(edit);
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, edit.end), text: last.text + edit.text };
  }
  return joined.map((edit) => trimEdit(text, edit)).filter((edit) => edit.start < edit.end || edit.text !== '');
}

/**
 * Where a place in the text is after the edits. A place inside a replaced part goes to the end of the replacement; one where
 * text is inserted stays before it or goes after it, as `side` says.
 */
export function mapOffset(edits: TextEdits, offset: number, side: 'before' | 'after' = 'after'): number {
  let shift = 0;
  for (const edit of edits) {
    if (edit.start > offset || (edit.start === offset && side === 'before')) break;
    if (edit.end > offset) return edit.start + shift + edit.text.length;
    shift += edit.text.length - (edit.end - edit.start);
  }
  return offset + shift;
}

/** At one place what is inserted comes before what is replaced. */
function compareEdits(a: TextEdit, b: TextEdit): number {
  return a.start - b.start || a.end - b.end;
}

function trimEdit(text: string, edit: TextEdit): TextEdit {
  const most = Math.min(edit.end - edit.start, edit.text.length);
  let front = 0;
  while (front < most && text[edit.start + front] === edit.text[front]) front += 1;
  while (front > 0 && (splits(text, edit.start + front) || splits(edit.text, front))) front -= 1;
  let back = 0;
  while (back < most - front && text[edit.end - 1 - back] === edit.text[edit.text.length - 1 - back]) back += 1;
  while (back > 0 && (splits(text, edit.end - back) || splits(edit.text, edit.text.length - back))) back -= 1;
  return { start: edit.start + front, end: edit.end - back, text: edit.text.slice(front, edit.text.length - back) };
}

/** An edit never begins or ends between the two halves of a character or of a CRLF: editors count those as one. */
function splits(text: string, at: number): boolean {
  const pair = text.slice(at - 1, at + 1);
  return pair === '\r\n' || /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair);
}
