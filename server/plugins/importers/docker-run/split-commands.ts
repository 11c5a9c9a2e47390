import type { TextRange } from '../../../domain/blueprint/findings.ts';

export interface Word {
  readonly text: string;
  readonly range: TextRange;
}

export interface SplitProblem {
  readonly range: TextRange;
  readonly message: string;
  readonly hint?: string;
}

/** Also what pages put between words, where a shell would not part them: a word ends there, so it must go on behind it. */
const BLANK = /\s/;

export interface SplitCommands {
  readonly commands: readonly (readonly Word[])[];
  readonly problems: readonly SplitProblem[];
}

/**
 * Commands as a shell would split them: quotes, backslashes, lines that go on after a backslash, comments, several commands. Nothing is
 * run: `$(pwd)` and `$PWD` become `.`, other substitutions and redirections are problems. `expand` puts variables into text outside of
 * single quotes. Linear in the text.
 */
export function splitCommands(text: string, expand: (text: string, range: TextRange) => string): SplitCommands {
  const commands: Word[][] = [[]];
  const problems: SplitProblem[] = [];
  const endCommand = () => {
    if (commands.at(-1)?.length !== 0) commands.push([]);
  };
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\\' && /\r|\n/.test(text[at + 1] ?? '')) at += text.startsWith('\r\n', at + 1) ? 3 : 2;
    else if (char !== '\n' && BLANK.test(char)) at += 1;
    else if (char === '#') at = endOfLine(text, at);
    else if (char === '\n' || char === ';' || char === '&' || char === '|') {
      at += 1;
      endCommand();
    } else if (char === '>' || char === '<' || char === '(' || char === ')') {
      problems.push({
        range: { start: at, end: at + 1 },
        message: `“${char}” is for a shell, and no shell runs here.`,
        hint: 'Remove it.',
      });
      at += 1;
    } else {
      const read = readWord(text, at, problems);
      const range = { start: at, end: read.end };
      const word = read.parts.map(({ text: part, literal }) => (literal ? part : expand(part, range))).join('');
      commands.at(-1)?.push({ text: word, range });
      at = read.end;
    }
  }
  return { commands: commands.filter((words) => words.length > 0), problems };
}

interface Part {
  readonly text: string;
  /** No variables are put in. */
  readonly literal: boolean;
}

function readWord(text: string, from: number, problems: SplitProblem[]): { readonly parts: readonly Part[]; readonly end: number } {
  const parts: Part[] = [];
  let at = from;
  while (at < text.length && !/[\s;&|<>()]/.test(text[at] ?? '')) {
    const char = text[at];
    if (char === "'") {
      const close = text.indexOf("'", at + 1);
      const end = close < 0 ? text.length : close;
      if (close < 0) problems.push({ range: { start: at, end: endOfLine(text, at) }, message: "The quote ' is not closed." });
      parts.push({ text: text.slice(at + 1, end), literal: true });
      at = end + 1;
    } else if (char === '"') at = readDoubleQuoted(text, at, parts, problems);
    else if (char === '\\') {
      if (text[at + 1] === '\n') at += 2;
      else {
        parts.push({ text: text[at + 1] ?? '', literal: true });
        at += 2;
      }
    } else if (char === '$' || char === '`') at = readSubstitution(text, at, parts, problems);
    else {
      const plain = /[^\s;&|<>()'"\\$`]+/y;
      plain.lastIndex = at;
      const run = plain.exec(text)?.[0] ?? '';
      parts.push({ text: run, literal: true });
      at += run.length;
    }
  }
  return { parts, end: Math.min(at, text.length) };
}

function readDoubleQuoted(text: string, from: number, parts: Part[], problems: SplitProblem[]): number {
  let at = from + 1;
  let run = '';
  const flush = () => {
    parts.push({ text: run, literal: true });
    run = '';
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '"') {
      flush();
      return at + 1;
    }
    if (char === '\\' && /["\\$`\n]/.test(text[at + 1] ?? '')) {
      run += text[at + 1] === '\n' ? '' : (text[at + 1] ?? '');
      at += 2;
    } else if (char === '$' || char === '`') {
      flush();
      at = readSubstitution(text, at, parts, problems);
    } else {
      run += char;
      at += 1;
    }
  }
  flush();
  problems.push({ range: { start: from, end: endOfLine(text, from) }, message: 'The quote " is not closed.' });
  return text.length;
}

/** `$(pwd)` and `$PWD` are the folder of the text; variables are expanded later; no other command is run. */
function readSubstitution(text: string, at: number, parts: Part[], problems: SplitProblem[]): number {
  const folder = /\$(?:\(\s*pwd\s*\)|\{PWD\}|PWD\b)|`\s*pwd\s*`/y;
  folder.lastIndex = at;
  const here = folder.exec(text)?.[0];
  if (here !== undefined) {
    parts.push({ text: '.', literal: true });
    return at + here.length;
  }
  const isCommand = text[at] === '`' || text[at + 1] === '(';
  if (isCommand) {
    const close = text.indexOf(text[at] === '`' ? '`' : ')', at + 1);
    const end = close < 0 ? endOfLine(text, at) : close + 1;
    const message = 'A command within the command is not run.';
    problems.push({ range: { start: at, end }, message, hint: 'Write its result.' });
    return end;
  }
  const variable = /\$(?:\{[^}\n]*\}?|[A-Za-z_]\w*)?/y;
  variable.lastIndex = at;
  const written = variable.exec(text)?.[0] ?? '$';
  parts.push({ text: written, literal: written === '$' });
  return at + written.length;
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}
