import type { BlueprintInput } from './blueprint-input.ts';
import type { DiagnosticMeaning } from './codes/diagnostic-meaning.ts';
import type { Diagnostic } from './diagnostic.ts';
import { DIAGNOSTICS, type DiagnosticCode } from './diagnostic-codes.ts';

/** Offsets in the text, UTF-16 units, end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  /** Name of another file of the input; absent in the main text. */
  readonly file?: string;
  /** Path in the text of another language, `services.web.ports[0]`: findings say it instead of the path in CAMP. */
  readonly path?: string;
}

/** The place where a range begins. */
export function startOf(range: TextRange): TextRange {
  return { ...range, end: range.start };
}

interface FindingDetails {
  readonly range: TextRange;
  /** `services[0].brooklyn.config.docker.memory` */
  readonly path: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly fix?: Diagnostic['fix'] | undefined;
}

/** Collects diagnostics of one text and turns offsets into lines and columns. The same thing at the same place is said once. */
export interface Findings {
  add(code: DiagnosticCode, details: FindingDetails): void;
  /** True when nothing of severity `error` was added. */
  readonly clean: boolean;
  /** True when nothing was added that refuses a deploy without being an error. */
  readonly deployable: boolean;
  /** True when more would not be shown: hints that take time are not worth it any more. */
  readonly full: boolean;
  /** The text at a range, as it is written. */
  written(range: TextRange): string;
  /** In the order of the text, at most 200, errors before others, and one that says there are more. */
  list(): readonly Diagnostic[];
}

/** Of a whole input. */
export interface InputFindings extends Findings {
  /** Where a range stands, as a finding about it would tell. */
  place(range: TextRange, path: string): FindingPlace;
}

export type FindingPlace = Pick<Diagnostic, 'file' | 'line' | 'column' | 'endLine' | 'endColumn' | 'path'>;

const MOST_FINDINGS = 200;
/** UTF-16 units of a message or a path. */
const MOST_MESSAGE = 1000;

/** The same collection for what is found in another file of the input. */
export function inFile(findings: Findings, file: string): Findings {
  return {
    add: (code, details) => findings.add(code, { ...details, range: { ...details.range, file } }),
    get full() {
      return findings.full;
    },
    get clean() {
      return findings.clean;
    },
    get deployable() {
      return findings.deployable;
    },
    written: (range) => findings.written({ ...range, file }),
    list: () => findings.list(),
  };
}

/**
 * `input`: the main text and the files that ranges may name. `elsewhere`: texts of other names, as items of the catalog; of those
 * only errors are told, since who uses them cannot mend the rest.
 */
export function createFindings(
  input: Pick<BlueprintInput, 'text' | 'files'>,
  elsewhere: (file: string) => string | undefined = () => undefined,
): InputFindings {
  const found: (Diagnostic & { readonly offset: number })[] = [];
  const textOf = (file: string | undefined) => ownText(input, file) ?? (file === undefined ? undefined : elsewhere(file)) ?? '';
  const lineStarts = createLineIndex(textOf);
  const said = new Set<string>();
  let errors = 0;
  let keptErrors = 0;
  let refusals = 0;
  let left = 0;
  return {
    add(code, details) {
      const { severity, refusesDeploy }: DiagnosticMeaning = DIAGNOSTICS[code];
      if (severity === 'error') errors += 1;
      if (refusesDeploy === true) refusals += 1;
      const { start, end, file } = details.range;
      if (severity !== 'error' && file !== undefined && elsewhere(file) !== undefined) return;
      const what = `${code} ${start} ${end} ${file ?? ''} ${details.message}`;
      if (said.has(what)) return;
      // Errors are kept beside as many others: they are what has to be mended.
      const kept = severity === 'error' ? keptErrors : found.length - keptErrors;
      if (kept >= MOST_FINDINGS) {
        left += 1;
        return;
      }
      said.add(what);
      if (severity === 'error') keptErrors += 1;
      found.push({ offset: start, ...toDiagnostic(code, details, lineStarts) });
    },
    get full() {
      return found.length >= MOST_FINDINGS;
    },
    get clean() {
      return errors === 0;
    },
    get deployable() {
      return refusals === 0;
    },
    written: ({ start, end, file }) => textOf(file).slice(start, end),
    place: (range, path) => toPlace(range, path, lineStarts),
    list() {
      const room = MOST_FINDINGS - keptErrors;
      const others = found.filter(({ severity }) => severity !== 'error').slice(0, room);
      const shown = [...found.filter(({ severity }) => severity === 'error'), ...others];
      const sorted = shown
        .toSorted((a, b) => byText(a.file, b.file) || a.offset - b.offset)
        .map(({ offset: _, ...diagnostic }) => diagnostic);
      const more = left + found.length - shown.length;
      if (more === 0) return sorted;
      const message = `${more} more findings are not shown.`;
      return [...sorted, toDiagnostic('too-many-findings', { range: { start: 0, end: 0 }, path: '', message }, lineStarts)];
    },
  };
}

/** The main text first, then other files by name. */
function byText(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Text of the user in quotes for a message: at most 80 characters, control characters as `\u{…}`. */
export function quoteText(text: string): string {
  return `“${showControls(shorten(text, 80))}”`;
}

/** Characters that are not seen, or do something to a terminal or page, as `\u{…}`. */
function showControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}

/** At most so many UTF-16 units; no character is cut in half. */
function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** `services[0]` + `name` → `services[0].name`; numbers are positions in a list. */
export function joinPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

interface Lines {
  /** Offsets at which lines begin. */
  readonly starts: readonly number[];
  /** Of the whole text: the library of YAML may say a place behind it. */
  readonly length: number;
}

type LineIndex = (file: string | undefined) => Lines;

/** The lines of a file, worked out when they are first asked for. */
function createLineIndex(textOf: (file: string | undefined) => string): LineIndex {
  const known = new Map<string | undefined, Lines>();
  return (file) => {
    const found = known.get(file);
    if (found !== undefined) return found;
    const text = textOf(file);
    const lines = { starts: toLineStarts(text), length: text.length };
    known.set(file, lines);
    return lines;
  };
}

function ownText({ text, files = {} }: Pick<BlueprintInput, 'text' | 'files'>, file: string | undefined): string | undefined {
  return file === undefined ? text : Object.hasOwn(files, file) ? files[file] : undefined;
}

function toDiagnostic(code: DiagnosticCode, details: FindingDetails, lines: LineIndex): Diagnostic {
  const hint = details.hint ?? remedyOf(code);
  return {
    code,
    severity: DIAGNOSTICS[code].severity,
    message: showControls(shorten(details.message, MOST_MESSAGE)),
    ...toPlace(details.range, details.path, lines),
    ...(hint ? { hint } : {}),
    ...(details.fix ? { fix: details.fix } : {}),
  };
}

function toPlace(range: TextRange, path: string, lines: LineIndex): FindingPlace {
  const { file } = range;
  const { starts, length } = lines(file);
  const start = toPosition(Math.min(range.start, length), starts);
  const end = toPosition(Math.min(Math.max(range.end, range.start), length), starts);
  return {
    ...(file === undefined ? {} : { file }),
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    path: shorten(range.path ?? path, MOST_MESSAGE),
  };
}

/** For an error that brings no hint of its own: what its code says to do, where that is more than to read the message. */
function remedyOf(code: DiagnosticCode): string | undefined {
  const { severity, remedy }: DiagnosticMeaning = DIAGNOSTICS[code];
  if (severity !== 'error' || /^The (?:message|hint)\b/.test(remedy)) return undefined;
  return remedy.replace(/`([^`]*)`/g, '“$1”');
}

function toLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function toPosition(offset: number, lineStarts: readonly number[]): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
