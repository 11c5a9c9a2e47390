import { diff } from '@codemirror/merge';

/** A place that both have changed, each in its own way. Texts are whole lines. */
export interface Conflict {
  readonly before: string;
  readonly mine: string;
  readonly theirs: string;
}

/** A merged text in order: what is settled, and where somebody has to choose. */
export type MergedPiece = { readonly kind: 'text'; readonly text: string } | ({ readonly kind: 'conflict' } & Conflict);

/** The lines of a text that changed, counted from 0, `to` exclusive. */
interface LineChange {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/**
 * Merges what two have made of one text, line by line. What one alone has changed is taken; what both have changed alike too; changes
 * that touch each other otherwise are conflicts.
 */
export function mergeTexts(before: string, mine: string, theirs: string): readonly MergedPiece[] {
  const [base, own, other] = [toLines(before), toLines(mine), toLines(theirs)];
  const changes = [
    ...lineChanges(base, own).map((change) => ({ ...change, side: 'mine' as const })),
    ...lineChanges(base, other).map((change) => ({ ...change, side: 'theirs' as const })),
  ].sort((a, b) => a.fromA - b.fromA || a.toA - b.toA);
  const pieces: MergedPiece[] = [];
  let at = 0;
  for (let index = 0; index < changes.length; ) {
    const start = changes[index]?.fromA ?? 0;
    let end = changes[index]?.toA ?? start;
    const group: (typeof changes)[number][] = [];
    for (let next = changes[index]; next !== undefined && (group.length === 0 || next.fromA <= end); next = changes[index]) {
      group.push(next);
      end = Math.max(end, next.toA);
      index += 1;
    }
    pieces.push({ kind: 'text', text: base.slice(at, start).join('') });
    const sideText = (side: 'mine' | 'theirs', lines: readonly string[]) => {
      const ofSide = group.filter((change) => change.side === side);
      return mapped(base, lines, ofSide, { start, end });
    };
    const [was, is, isThere] = [base.slice(start, end).join(''), sideText('mine', own), sideText('theirs', other)];
    if (is === isThere || isThere === was) pieces.push({ kind: 'text', text: is });
    else if (is === was) pieces.push({ kind: 'text', text: isThere });
    else pieces.push({ kind: 'conflict', before: was, mine: is, theirs: isThere });
    at = end;
  }
  pieces.push({ kind: 'text', text: base.slice(at).join('') });
  return pieces.filter((piece) => piece.kind === 'conflict' || piece.text !== '');
}

/** What one side has in the place of the lines `start` to `end` of the base. */
function mapped(
  base: readonly string[],
  lines: readonly string[],
  changes: readonly LineChange[],
  { start, end }: { readonly start: number; readonly end: number },
): string {
  let at = start;
  const parts: string[] = [];
  for (const { fromA, toA, fromB, toB } of changes) {
    parts.push(...base.slice(at, fromA), ...lines.slice(fromB, toB));
    at = toA;
  }
  return [...parts, ...base.slice(at, end)].join('');
}

/** Each line with its end; the last may have none. */
function toLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Lines are told apart as characters are: each that is different gets one of its own. */
function lineChanges(a: readonly string[], b: readonly string[]): readonly LineChange[] {
  const codes = new Map<string, string>();
  const encode = (lines: readonly string[]) =>
    lines
      .map((line) => {
        const code = codes.get(line) ?? String.fromCharCode(0x4e00 + codes.size);
        codes.set(line, code);
        return code;
      })
      .join('');
  return diff(encode(a), encode(b)).map(({ fromA, toA, fromB, toB }) => ({ fromA, toA, fromB, toB }));
}
