/**
 * What a `.dockerignore` leaves out, as Docker reads it: patterns from the root of the context, one a line; the last that matches a path, or a
 * folder that it is in, decides; `!` takes in again. Each path takes time linear in the patterns, whatever they are: no pattern becomes a
 * regular expression that could be made to run for ever.
 */
export interface DockerIgnore {
  leavesOut(path: string): boolean;
  /** True for a folder of which nothing can be taken in again: it need not be looked into. */
  leavesOutAll(folder: string): boolean;
}

interface Pattern {
  readonly segments: readonly string[];
  readonly takesIn: boolean;
}

export function parseDockerIgnore(text: string): DockerIgnore {
  const patterns = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap(parseLine);
  const leavesOut = (path: string): boolean => {
    const parts = path.split('/');
    let out = false;
    for (const { segments, takesIn } of patterns) if (out === takesIn && matchesPathOrFolder(segments, parts)) out = !takesIn;
    return out;
  };
  const takesNothingIn = patterns.every(({ takesIn }) => !takesIn);
  return { leavesOut, leavesOutAll: (folder) => takesNothingIn && leavesOut(folder) };
}

function parseLine(line: string): readonly Pattern[] {
  if (line.startsWith('#')) return [];
  const trimmed = line.trim();
  const takesIn = trimmed.startsWith('!');
  const segments: string[] = [];
  for (const part of (takesIn ? trimmed.slice(1).trim() : trimmed).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') segments.pop();
    // `**.log` is any number of folders, and then `*.log`.
    else if (/^\*\*./.test(part)) segments.push('**', part.replace(/^\*+/, '*'));
    else segments.push(part);
  }
  return segments.length === 0 ? [] : [{ segments, takesIn }];
}

/** A pattern that matches a folder is meant for all that is in it. */
function matchesPathOrFolder(segments: readonly string[], parts: readonly string[]): boolean {
  // Positions in the pattern that can be reached with the parts so far.
  let reached = behindFolders(new Set([0]), segments);
  for (const part of parts) {
    const next = new Set<number>();
    for (const at of reached) {
      const segment = segments[at];
      if (segment === '**') next.add(at);
      else if (segment !== undefined && matchesSegment(segment, part)) next.add(at + 1);
    }
    reached = behindFolders(next, segments);
    if (reached.has(segments.length)) return true;
  }
  return false;
}

/** `**` stands for no folder at all, too. */
function behindFolders(reached: Set<number>, segments: readonly string[]): Set<number> {
  for (const at of reached) if (segments[at] === '**') reached.add(at + 1);
  return reached;
}

/** `*`, `?`, `[a-z]`, `[^a]` and `\` as in Go's `filepath.Match`. Remembers one `*` only, as the last one decides. */
function matchesSegment(pattern: string, text: string): boolean {
  let [at, from] = [0, 0];
  let star: { readonly at: number; from: number } | null = null;
  while (from < text.length) {
    const end = at < pattern.length && pattern[at] !== '*' ? matchOne(pattern, at, text[from] ?? '') : null;
    if (end !== null) {
      at = end;
      from += 1;
    } else if (pattern[at] === '*') {
      star = { at: at + 1, from };
      at += 1;
    } else if (star !== null) {
      star.from += 1;
      at = star.at;
      from = star.from;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

/** Where the pattern goes on after one character; null where it does not match it. */
function matchOne(pattern: string, at: number, character: string): number | null {
  const sign = pattern[at];
  if (sign === '?') return at + 1;
  if (sign === '\\' && at + 1 < pattern.length) return pattern[at + 1] === character ? at + 2 : null;
  if (sign !== '[') return sign === character ? at + 1 : null;
  const close = pattern.indexOf(']', at + 2);
  if (close < 0) return character === '[' ? at + 1 : null;
  const written = pattern.slice(at + 1, close);
  const isNegated = written.startsWith('^');
  return isInClass(isNegated ? written.slice(1) : written, character) === isNegated ? null : close + 1;
}

function isInClass(written: string, character: string): boolean {
  for (let at = 0; at < written.length; at += 1) {
    const first = written[at] ?? '';
    const last = written[at + 1] === '-' ? written[at + 2] : undefined;
    if (last !== undefined && first <= character && character <= last) return true;
    if (last !== undefined) at += 2;
    else if (first === character) return true;
  }
  return false;
}
