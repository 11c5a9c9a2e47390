// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.

/** Defaults within defaults; the outermost counts. */
const DEEPEST = 8;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /:?[-?+]/y;

export interface InterpolationProblem {
  readonly code: 'compose-variable-syntax' | 'compose-variable-limit' | 'compose-variable-required' | 'compose-variable-unset';
  readonly message: string;
  readonly hint?: string;
  /** In the text; end exclusive. */
  readonly start: number;
  readonly end: number;
  /** What could stand there instead. */
  readonly replacement?: string;
}

export interface Interpolated {
  readonly text: string;
  readonly problems: readonly InterpolationProblem[];
}

type Part = string | Variable;

interface Variable {
  readonly name: string;
  /** `-`, `?`, `+`, each with `:` before it where empty counts as unset. */
  readonly operator: string | null;
  readonly word: readonly Part[];
  readonly start: number;
  readonly end: number;
}

/**
 * Puts variables in by the rules of the Compose Specification: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`,
 * `${NAME:?message}`, `${NAME?message}`, `${NAME:+other}`, `${NAME+other}`, nested, and `$$` for a dollar sign. A `$` before anything
 * else stays. What is put in is not read again. Linear in the text.
 */
export function interpolate(text: string, variable: (name: string) => string | undefined): Interpolated {
  if (!text.includes('$')) return { text, problems: [] };
  const problems: InterpolationProblem[] = [];
  const parts = parse({ text, at: 0, problems }, 0);
  return { text: evaluate(parts, { variable, problems }), problems };
}

interface Cursor {
  readonly text: string;
  at: number;
  readonly problems: InterpolationProblem[];
}

/** Up to the end, or within a variable (`depth` > 0) up to its `}`. */
function parse(cursor: Cursor, depth: number): readonly Part[] {
  const parts: Part[] = [];
  let plainFrom = cursor.at;
  const flush = (to: number) => {
    if (to > plainFrom) parts.push(cursor.text.slice(plainFrom, to));
  };
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at];
    if (char === '}' && depth > 0) break;
    if (char !== '$') {
      cursor.at += 1;
      continue;
    }
    const start = cursor.at;
    const next = cursor.text[start + 1];
    if (next === '$') {
      flush(start + 1);
      cursor.at = start + 2;
      plainFrom = cursor.at;
    } else if (next === '{') {
      flush(start);
      parts.push(...parseBraced(cursor, depth));
      plainFrom = cursor.at;
    } else {
      const name = matchAt(NAME, cursor.text, start + 1);
      cursor.at = start + 1 + name.length;
      if (name === '') continue;
      flush(start);
      parts.push({ name, operator: null, word: [], start, end: cursor.at });
      plainFrom = cursor.at;
    }
  }
  flush(cursor.at);
  return parts;
}

function parseBraced(cursor: Cursor, depth: number): readonly Part[] {
  const start = cursor.at;
  const name = matchAt(NAME, cursor.text, start + 2);
  cursor.at = start + 2 + name.length;
  const operator = matchAt(OPERATOR, cursor.text, cursor.at);
  cursor.at += operator.length;
  if (name === '') return giveUp(cursor, start, 'needs the name of a variable after “${”');
  if (depth >= DEEPEST) {
    const message = `Variables are nested deeper than ${DEEPEST}.`;
    cursor.problems.push({ code: 'compose-variable-limit', message, start, end: cursor.text.length });
    cursor.at = cursor.text.length;
    return [];
  }
  const word = operator === '' ? [] : parse(cursor, depth + 1);
  if (cursor.text[cursor.at] !== '}') {
    // The innermost tells what is missing; what is around it is unfinished for the same reason.
    if (cursor.problems.some(({ end }) => end === cursor.text.length)) return [];
    return giveUp(cursor, start, cursor.at < cursor.text.length ? 'cannot be read' : 'is not closed by “}”');
  }
  cursor.at += 1;
  return [{ name, operator: operator === '' ? null : operator, word, start, end: cursor.at }];
}

function giveUp(cursor: Cursor, start: number, why: string): readonly Part[] {
  const shown = cursor.text.slice(start, start + 40);
  const hint = 'Write ${NAME} or ${NAME:-default}; $$ stands for a dollar sign.';
  cursor.problems.push({ code: 'compose-variable-syntax', message: `“${shown}” ${why}.`, hint, start, end: cursor.text.length });
  cursor.at = cursor.text.length;
  return [];
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

interface Evaluation {
  readonly variable: (name: string) => string | undefined;
  readonly problems: InterpolationProblem[];
}

function evaluate(parts: readonly Part[], evaluation: Evaluation): string {
  return parts.map((part) => (typeof part === 'string' ? part : resolveVariable(part, evaluation))).join('');
}

/** Only the word that is needed is evaluated. */
function resolveVariable({ name, operator, word, start, end }: Variable, evaluation: Evaluation): string {
  const value = evaluation.variable(name);
  const given = value !== undefined && !(operator?.startsWith(':') && value === '');
  switch (operator?.at(-1)) {
    case '-':
      return given ? value : evaluate(word, evaluation);
    case '+':
      return given ? evaluate(word, evaluation) : '';
    case '?': {
      if (given) return value;
      const reason = evaluate(word, evaluation);
      const message = `The variable “${name}” is needed${reason === '' ? '' : `: ${reason}`}.`;
      evaluation.problems.push({ code: 'compose-variable-required', message, hint: HINT, start, end });
      return '';
    }
    default: {
      if (value !== undefined) return value;
      const message = `The variable “${name}” has no value.`;
      evaluation.problems.push({ code: 'compose-variable-unset', message, hint: HINT, start, end, replacement: `\${${name}:-}` });
      return '';
    }
  }
}

const HINT = 'Give it when you deploy (its field, or “--set”), or in “.env” beside the file.';
