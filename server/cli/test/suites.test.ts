import { expect, it } from 'vitest';
import { countPlaywright, countVitest, failuresOfPlaywright, failuresOfVitest, planSuites } from './suites.ts';

it('counts a test file that cannot be loaded as failed', () => {
  const counts = countVitest({ numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numFailedTestSuites: 1 });
  expect(counts).toEqual({ passed: 3, failed: 1, skipped: 1 });
});

it('counts a flaky browser test as failed', () => {
  expect(countPlaywright({ stats: { expected: 5, unexpected: 0, flaky: 1, skipped: 0 } })).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

it('reads no counts from a report that is not one', () => {
  expect(countVitest({})).toBeNull();
  expect(countPlaywright(null)).toBeNull();
});

it('runs the long suites whole only when asked', () => {
  const crash = (full: boolean) => planSuites({ full, seed: 'a', reports: 'r' }).find((suite) => suite.name === 'crash');
  expect(crash(true)?.env?.CLOCKER_TEST_FULL).toBe('1');
  expect(crash(false)?.env?.CLOCKER_TEST_FULL).toBe('');
});

it('names what failed, a line each', () => {
  const file = (name: string, status: string, more: object) => ({
    name: `${process.cwd()}/${name}`,
    status,
    assertionResults: [],
    ...more,
  });
  const failed = {
    status: 'failed',
    fullName: 'hosts are drained',
    failureMessages: ['\u001B[31mError: 3 is not 4\u001B[39m\n    at a.ts:1'],
  };
  const testResults = [
    file('a.test.ts', 'failed', { assertionResults: [{ status: 'passed', fullName: 'fine' }, failed] }),
    file('b.test.ts', 'failed', { message: 'Cannot find module\nmore' }),
    file('c.test.ts', 'passed', {}),
  ];
  expect(failuresOfVitest({ testResults })).toEqual(['a.test.ts › hosts are drained: Error: 3 is not 4', 'b.test.ts: Cannot find module']);
  const spec = (title: string, ok: boolean) => ({ title, ok, file: 'hosts.spec.ts', line: 7 });
  const suites = [{ specs: [spec('fine', true)], suites: [{ specs: [spec('a host is drained', false)] }] }];
  expect(failuresOfPlaywright({ suites })).toEqual(['hosts.spec.ts:7 › a host is drained']);
  expect(failuresOfVitest(null)).toEqual([]);
});
