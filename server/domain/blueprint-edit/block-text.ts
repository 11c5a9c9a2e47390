/** Text as a block scalar: the header, which stands behind the key, and the lines below without their indentation. */
export interface BlockText {
  readonly header: string;
  readonly lines: readonly string[];
}

/** How a block scalar was written that is to get another text. */
export interface BlockStyle {
  readonly folded: boolean;
  /** The digit in the header that says how far the text is indented, or nothing. */
  readonly digit: string;
  /** Lines as they were, without their indentation. */
  readonly lines: readonly string[];
  readonly value: string;
}

/** Null when the text cannot be written as a block scalar, or would be hard to read as one. */
export function toBlockText(text: string, was: BlockStyle | null): BlockText | null {
  if (/[^\n\t\P{Cc}]|[\p{Zl}\p{Zp}\p{Surrogate}\ufeff\ufffd\ufffe\uffff]/u.test(text)) return null;
  const ends = /\n*$/.exec(text)?.[0].length ?? 0;
  const lines = text.slice(0, text.length - ends).split('\n');
  const digit = was?.digit ?? '';
  if (lines.some((line) => line.trim() === '' && line !== '') || lines.at(-1) === '') return null;
  if (digit === '' && /^\n* /.test(text)) return null;
  const chomp = ends === 0 ? '-' : ends === 1 ? '' : '+';
  const kept = ends > 1 ? Array.from({ length: ends - 1 }, () => '') : [];
  if (was?.folded !== true || lines.some((line) => /^\s/.test(line))) {
    if (chomp === '+' && was === null) return null;
    return { header: `|${digit}${chomp}`, lines: [...lines, ...kept] };
  }
  return { header: `>${digit}${chomp}`, lines: [...fold(lines, wrappedLines(was)), ...kept] };
}

/** In a folded text each line break is written as a blank line; lines that did not change stay wrapped as they were. */
function fold(lines: readonly string[], wrapped: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const first = lines.findIndex((line) => line !== '');
  return lines.flatMap((line, index) => (line === '' ? [''] : [...(index > first ? [''] : []), ...(wrapped.get(line) ?? [line])]));
}

/** By line of the folded text, the lines in which it was written. */
function wrappedLines({ lines }: BlockStyle): ReadonlyMap<string, readonly string[]> {
  const wrapped = new Map<string, readonly string[]>();
  let group: string[] = [];
  for (const line of [...lines, '']) {
    if (line !== '') group.push(line);
    else {
      if (group.length > 0 && group.every((part) => !/^\s/.test(part))) wrapped.set(group.join(' '), group);
      group = [];
    }
  }
  return wrapped;
}
