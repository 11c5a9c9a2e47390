/** Offset of the first character of the line; a byte order mark at the beginning of the text is not part of it. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? Math.min(1, offset) : start;
}

/** Offset of the line break, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** The end of a stretch of text without the line break that it ends with. */
export function beforeBreak(text: string, end: number): number {
  if (text[end - 1] !== '\n') return end;
  return text[end - 2] === '\r' ? end - 2 : end - 1;
}

/** Offset of the line after. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** Offset of the first character in the line that is no space, or of its end. */
export function contentStart(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

export function isBlankLine(text: string, start: number): boolean {
  const at = contentStart(text, start);
  return at >= text.length || text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n');
}

/** True for a line that holds a comment and nothing else. */
export function isCommentLine(text: string, start: number): boolean {
  return text[contentStart(text, start)] === '#';
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Lines as text, each with its line break. */
export function joinLines(lines: readonly string[], newline: string): string {
  return lines.map((line) => `${line}${newline}`).join('');
}
