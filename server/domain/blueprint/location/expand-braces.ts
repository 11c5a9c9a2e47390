export interface BraceOptions {
  /** Texts that it may stand for. */
  readonly most: number;
  /** Whether `1-3` in braces counts, or stands for itself. */
  readonly ranges: 'counted' | 'literal';
}

/** `user@h{1,2-5}` → `user@h1`, `user@h2` … `user@h5`, in that order; a range counts up and keeps leading zeros (`{01-12}`). */
export function expandBraces(text: string, { most, ranges }: BraceOptions): BraceExpansion {
  if ((text.match(/\{/g)?.length ?? 0) > MOST_BRACES) return { ok: false, message: `has more than ${MOST_BRACES} braces` };
  const parts = readParts(text);
  if (parts === null) return { ok: false, message: 'has a brace without its partner' };
  const texts: string[] = [];
  for (const expanded of expandAll(parts, 0, ranges)) {
    if (expanded === null) return { ok: false, message: 'has a range that counts down' };
    if (texts.length === most) return { ok: false, message: `stands for more than ${most.toLocaleString('en')} texts` };
    texts.push(expanded);
  }
  return { ok: true, texts };
}

export type BraceExpansion = { readonly ok: true; readonly texts: readonly string[] } | { readonly ok: false; readonly message: string };

const MOST_BRACES = 32;

/** Literal text, or the choices between braces. */
type Part = string | readonly (readonly Part[])[];

function readParts(text: string): readonly Part[] | null {
  const top: Part[] = [];
  const open: { readonly choices: (readonly Part[])[]; parts: Part[] }[] = [];
  let parts = top;
  for (const [token] of text.matchAll(/[{},]|[^{},]+/g)) {
    const inner = open.at(-1);
    if (token === '{') {
      parts = [];
      open.push({ choices: [], parts });
    } else if (token === '}') {
      if (inner === undefined) return null;
      const choices = [...inner.choices, parts];
      open.pop();
      parts = open.at(-1)?.parts ?? top;
      parts.push(choices);
    } else if (token === ',' && inner !== undefined) {
      inner.choices.push(parts);
      parts = [];
      inner.parts = parts;
    } else parts.push(token);
  }
  return open.length === 0 ? top : null;
}

/** Null for what cannot be expanded. */
function* expandAll(parts: readonly Part[], from: number, ranges: BraceOptions['ranges']): Generator<string | null> {
  const part = parts[from];
  if (part === undefined) {
    yield '';
    return;
  }
  for (const head of typeof part === 'string' ? [part] : expandChoices(part, ranges)) {
    if (head === null) yield null;
    else for (const tail of expandAll(parts, from + 1, ranges)) yield tail === null ? null : head + tail;
  }
}

function* expandChoices(choices: readonly (readonly Part[])[], ranges: BraceOptions['ranges']): Generator<string | null> {
  for (const choice of choices) {
    const [only] = choice;
    const range =
      ranges === 'counted' && choice.length === 1 && typeof only === 'string' ? /^\s*(\d{1,9})\s*-\s*(\d{1,9})\s*$/.exec(only) : null;
    if (range === null) yield* expandAll(choice, 0, ranges);
    else yield* countUp(range[1] ?? '', range[2] ?? '');
  }
}

function* countUp(first: string, last: string): Generator<string | null> {
  if (Number(first) > Number(last)) yield null;
  const width = Math.min(first.length, last.length);
  for (let number = Number(first); number <= Number(last); number += 1) yield String(number).padStart(width, '0');
}
