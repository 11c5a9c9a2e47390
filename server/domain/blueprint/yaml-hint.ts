/** What a person most probably meant where a text is not YAML; undefined where nothing can be guessed. `at`: offset of the error. */
export function yamlHint(text: string, at: number, code: string): string | undefined {
  if (/^\s*[[<]#/.test(text)) return 'This looks like a FreeMarker template: fill it in first.';
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n', 1)[0] ?? '';
  if (line.trim() === '...') return '“...” stands for what was left out here: write it out, or remove the line.';
  if (/^\*(?:\s|$)/.test(text.slice(at, at + 2))) return 'Write "*" in quotes: a bare * is a reference to an anchor.';
  if (code === 'MULTILINE_IMPLICIT_KEY') return 'Is there a value on the line before, below which nothing can stand, or a colon too few?';
  return undefined;
}
