/** What a person most probably meant where a text is not YAML; undefined where nothing can be guessed. `at`: offset of the error. */
export function yamlHint(text: string, at: number, code: string): string | undefined {
  if (/^\s*[[<]#/.test(text)) return 'This looks like a FreeMarker template: fill it in first.';
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n', 1)[0] ?? '';
  if (line.trim() === '...') return '“...” stands for what was left out here: write it out, or remove the line.';
  if (/^\*(?:\s|$)/.test(text.slice(at, at + 2))) return 'Write "*" in quotes: a bare * is a reference to an anchor.';
  return SYNTAX_HINTS[code];
}

/** The library’s own words name what it expected; these what to do. */
const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'Put the text in quotes: “*” and “&” begin aliases and anchors.',
  BAD_DQ_ESCAPE: 'Write the text in single quotes, where a backslash is one, or double the backslash.',
  BAD_INDENT: 'Indent the line as the others of its list or map.',
  BAD_SCALAR_START: 'Put the text in quotes: it begins with a character that YAML keeps for itself.',
  BLOCK_AS_IMPLICIT_KEY: 'Put the text in quotes if it holds “: ”, or begin a new line after the colon.',
  BLOCK_IN_FLOW: 'Between brackets write “{a: b}” and “[a, b]” only, or take the brackets away.',
  KEY_OVER_1024_CHARS: 'Shorten the key.',
  MISSING_CHAR: 'Add the missing character: each quote and bracket is closed, keys are followed by “: ”, items by a comma.',
  MULTILINE_IMPLICIT_KEY: 'Is there a value on the line before, below which nothing can stand, or a colon too few?',
  UNEXPECTED_TOKEN: 'Remove what stands here, or put the text in quotes.',
};
