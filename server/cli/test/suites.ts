import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** How a suite's outcome is read: one test by its exit code, or counted from a report. */
export type Report = 'exit-code' | 'vitest' | 'playwright';

export interface Suite {
  readonly name: string;
  readonly argv: readonly string[];
  readonly report: Report;
  /** Milliseconds after which the suite is ended and counts as failed. */
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const minutes = (count: number) => count * 60_000;

/** Everything `npm test` runs, in order; `full` takes the long suites whole. */
export function planSuites(options: { readonly full: boolean; readonly seed: string; readonly reports: string }): readonly Suite[] {
  const vitest = (project: string) => [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${options.reports}/${project}.json`,
  ];
  const sampling = { CLOCKER_TEST_SEED: options.seed, CLOCKER_TEST_FULL: options.full ? '1' : '' };
  return [
    { name: 'format and lint', argv: ['biome', 'check', '--error-on-warnings'], report: 'exit-code', timeoutMs: minutes(3) },
    { name: 'page types', argv: ['next', 'typegen'], report: 'exit-code', timeoutMs: minutes(3) },
    { name: 'types', argv: ['node', 'node_modules/@typescript/native/bin/tsc', '--noEmit'], report: 'exit-code', timeoutMs: minutes(5) },
    { name: 'dependency rules', argv: ['node', 'server/cli/checks/dependency-rules.ts'], report: 'exit-code', timeoutMs: minutes(3) },
    { name: 'dead code', argv: ['knip'], report: 'exit-code', timeoutMs: minutes(3) },
    { name: 'unit', argv: vitest('unit'), report: 'vitest', timeoutMs: minutes(options.full ? 60 : 10), env: sampling },
    { name: 'ui', argv: vitest('ui'), report: 'vitest', timeoutMs: minutes(10) },
    { name: 'build', argv: ['node', 'server/cli/build.ts'], report: 'exit-code', timeoutMs: minutes(10) },
    { name: 'contract', argv: vitest('contract'), report: 'vitest', timeoutMs: minutes(options.full ? 75 : 50), env: sampling },
    { name: 'e2e', argv: ['playwright', 'test', '--reporter=list,json'], report: 'playwright', timeoutMs: minutes(40), env: sampling },
    { name: 'crash', argv: vitest('crash'), report: 'vitest', timeoutMs: minutes(options.full ? 75 : 25), env: sampling },
  ];
}

export function countVitest(report: unknown): Counts | null {
  const counts = numbers(report, ['numPassedTests', 'numFailedTests', 'numPendingTests', 'numFailedTestSuites']);
  if (!counts) return null;
  const [passed = 0, failed = 0, skipped = 0, failedFiles = 0] = counts;
  // A file that cannot be loaded has no failed test in it; it must not pass for that.
  return { passed, failed: failed === 0 && failedFiles > 0 ? failedFiles : failed, skipped };
}

export function countPlaywright(report: unknown): Counts | null {
  const counts = numbers(isObject(report) ? report.stats : null, ['expected', 'unexpected', 'flaky', 'skipped']);
  if (!counts) return null;
  const [expected = 0, unexpected = 0, flaky = 0, skipped = 0] = counts;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** What failed in a vitest report, a line each: the file, the test, and the first line of its reason. A file that cannot be loaded is one. */
export function failuresOfVitest(report: unknown): readonly string[] {
  return listed(report, 'testResults').flatMap((file) => {
    const name = path.relative(process.cwd(), text(file, 'name'));
    const failed = listed(file, 'assertionResults').filter((test) => text(test, 'status') === 'failed');
    if (failed.length === 0) return text(file, 'status') === 'failed' ? [`${name}: ${firstLine(text(file, 'message'))}`] : [];
    return failed.map((test) => `${name} › ${text(test, 'fullName')}: ${firstLine(String(listed(test, 'failureMessages')[0] ?? ''))}`);
  });
}

/** The same of a Playwright report, whose suites are in suites. */
export function failuresOfPlaywright(report: unknown): readonly string[] {
  const specs = listed(report, 'specs').filter((spec) => isObject(spec) && spec.ok === false);
  return [
    ...specs.map((spec) => `${text(spec, 'file')}:${text(spec, 'line')} › ${text(spec, 'title')}`),
    ...listed(report, 'suites').flatMap(failuresOfPlaywright),
  ];
}

function listed(from: unknown, key: string): readonly unknown[] {
  const value = isObject(from) ? from[key] : null;
  return Array.isArray(value) ? value : [];
}

function text(from: unknown, key: string): string {
  return isObject(from) ? String(from[key] ?? '') : '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function firstLine(message: string): string {
  return stripVTControlCharacters(message).trim().split('\n')[0] ?? '';
}

function numbers(from: unknown, keys: readonly string[]): number[] | null {
  if (!isObject(from)) return null;
  const values = keys.map((key) => from[key]);
  return values.every((value) => typeof value === 'number') ? values.map(Number) : null;
}
