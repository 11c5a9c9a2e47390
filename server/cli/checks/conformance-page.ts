import type { DiagnosticMeaning } from '../../domain/blueprint/codes/diagnostic-meaning.ts';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { DIAGNOSTICS, type DiagnosticCode } from '../../domain/blueprint/diagnostic-codes.ts';
import { type CorpusOutcome, missingTypes } from './corpus-outcomes.ts';

/** What is not acted on yet changes with each version and is no matter of understanding: it is told where types and keys are. */
const NOT_COUNTED: readonly string[] = ['type-planned', 'type-unverified', 'key-planned', 'key-not-honoured'];

const BEGIN = '<!-- from here on written by npm run docs -->';

/** The page with its tables replaced by these outcomes. */
export function withOutcomes(page: string, outcomes: readonly CorpusOutcome[]): string {
  const head = page.slice(0, page.indexOf(BEGIN));
  const folders = [...Map.groupBy(outcomes, ({ file }) => topFolder(file))];
  const rows = folders.map(([folder, own]) => `| ${folder} | ${WORDS.map((word) => count(own, word)).join(' | ')} | ${own.length} |`);
  const all = `| all | ${WORDS.map((word) => count(outcomes, word)).join(' | ')} | ${outcomes.length} |`;
  const summary = [`| folder | ${WORDS.join(' | ')} | files |`, `|---|${'---|'.repeat(WORDS.length + 1)}`, ...rows, all];
  const tables = folders.map(([folder, own]) =>
    [
      `## ${folder}`,
      '',
      '| file | format | outcome | codes | what to do |',
      '|---|---|---|---|---|',
      ...own.map((outcome) => toRow(outcome, folder)),
    ].join('\n'),
  );
  return `${head}${BEGIN}\n${summary.join('\n')}\n\n${tables.join('\n\n')}\n`;
}

const WORDS = ['plans', 'plans with warnings', 'catalog', 'refused'] as const;

export function outcomeWord({ result }: CorpusOutcome): (typeof WORDS)[number] {
  if (!result.ok) return 'refused';
  if ('items' in result) return 'catalog';
  return counted(result).length === 0 ? 'plans' : 'plans with warnings';
}

/** What a person can do about a file that is refused; empty for the others. */
export function whatToDo({ result, needs }: CorpusOutcome): string {
  if (result.ok) return '';
  if (needs.length > 0) {
    const catalogs = needs.map(({ file, whole }) => `\`${file}\`${whole ? '' : ' (without its items that are refused)'}`);
    return `Add ${catalogs.join(' and ')} to the catalog first: then it ${'items' in result ? 'can be added' : 'plans'}.`;
  }
  const errors = result.diagnostics.filter(({ code, severity }) => severity === 'error' && code !== 'unknown-type');
  const firsts = [...Map.groupBy(errors, ({ code }) => code).values()].flatMap(([first]) => (first === undefined ? [] : [toRemedy(first)]));
  const types = Map.groupBy(missingTypes(result.diagnostics), whatIsMissing);
  const missing = [...types].map(([what, names]) => `${names.map((name) => `\`${simple(name)}\``).join(', ')}: ${what}.`);
  return [...missing, ...firsts].join(' ');
}

/** What the finding itself says to do, else what its code says. */
function toRemedy({ code, hint }: Diagnostic): string {
  if (code === 'blueprint-fragment' && hint !== undefined) {
    const lines = hint.split('\n').map((line) => `\`${line.trim()}\``);
    return `Put it into a blueprint: ${lines.join(' → ')}.`;
  }
  if (hint !== undefined && !hint.includes('\n')) return hint;
  return isCode(code) ? remedyOf(code) : '';
}

/** Why Clocker has no such type. */
const MISSING: readonly (readonly [RegExp, string])[] = [
  [/workflow/i, 'Brooklyn’s workflows are not run here; a shell command can take the place of a short one'],
  [/kubectl/, 'containers are not run by kubectl here; a service of `docker:IMAGE` can take its place'],
  [/Windows/, 'Windows machines are not managed here'],
  [/jclouds|[Ss]oft[Ll]ayer/, 'machines are not made by the API of a provider here; remove it and add the hosts to a cloud'],
  [/mesos|marathon/i, 'Mesos is not managed here'],
  [/test\.framework|^test-case|^assert-/, 'tests are not run as blueprints here; deploy what is tested, and look at its sensors'],
  [/(?:^|\.)tests?\.|osgi|CliTest|camp\.brooklyn\.|example\.yaml/, 'a Java class of a test suite; take another type'],
];

function whatIsMissing(name: string): string {
  return (
    MISSING.find(([pattern]) => pattern.test(name))?.[1] ??
    'no type that ships, nor of a catalog in the corpus; add one of the name to the catalog'
  );
}

/** A Java class without its package. */
function simple(name: string): string {
  return name.replace(/^(?:[a-z][\w]*\.)+(?=[A-Z])/, '');
}

function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(DIAGNOSTICS, code);
}

function remedyOf(code: DiagnosticCode): string {
  const { remedy }: DiagnosticMeaning = DIAGNOSTICS[code];
  return remedy;
}

function count(outcomes: readonly CorpusOutcome[], word: string): number {
  return outcomes.filter((outcome) => outcomeWord(outcome) === word).length;
}

function topFolder(file: string): string {
  return file.slice(0, file.indexOf('/'));
}

function toRow(outcome: CorpusOutcome, folder: string): string {
  const { file, format, result } = outcome;
  const word = outcomeWord(outcome);
  const size = 'items' in result && result.ok ? ` of ${result.items.length}` : '';
  const codes = counted(result).map(([code, times]) => (times === 1 ? code : `${code} × ${times}`));
  const cells = [file.slice(folder.length + 1), format, `${word}${size}`, codes.join(', '), whatToDo(outcome)];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`.replace(/\|\s+(?=\|)/g, '| ');
}

/** Codes with how often each occurs, in the order of the text. */
function counted({ diagnostics }: CorpusOutcome['result']): readonly (readonly [string, number])[] {
  const codes = diagnostics.map(({ code }) => code).filter((code) => !NOT_COUNTED.includes(code));
  return [...Map.groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length]);
}
