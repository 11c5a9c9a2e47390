import { expect, it } from 'vitest';
import { countPlaywright, countVitest, planSuites } from './suites.ts';

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
