import { afterEach, expect, it, vi } from 'vitest';
import { sampleOf } from './sample-of.ts';

const PARTS = ['a', 'b', 'c'] as const;

afterEach(() => vi.unstubAllEnvs());

it('takes as many as it is told, the same for a commit, and each in its turn', () => {
  vi.stubEnv('CLOCKER_TEST_FULL', '');
  const taken = new Set<string>();
  for (let seed = 1; seed <= 50; seed++) {
    vi.stubEnv('CLOCKER_TEST_SEED', `${seed}`);
    const sample = sampleOf('suite', PARTS, 1);
    expect(sample).toHaveLength(1);
    expect(sampleOf('suite', PARTS, 1)).toEqual(sample);
    for (const part of sample) taken.add(part);
  }
  expect(taken.size).toBe(3);
});

it('takes all where the long suites are run whole, or nothing says which commit it is', () => {
  vi.stubEnv('CLOCKER_TEST_SEED', '1');
  vi.stubEnv('CLOCKER_TEST_FULL', '1');
  expect(sampleOf('suite', PARTS, 1)).toEqual(PARTS);
  vi.stubEnv('CLOCKER_TEST_FULL', '');
  vi.stubEnv('CLOCKER_TEST_SEED', '');
  expect(sampleOf('suite', PARTS, 1)).toEqual(PARTS);
});
