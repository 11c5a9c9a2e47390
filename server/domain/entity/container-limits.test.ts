import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addLimitIssues, type LimitConfig, limitShape, toLimitOptions } from './container-limits.ts';

const config = z.object(limitShape).superRefine(addLimitIssues);
const problems = (given: LimitConfig) =>
  config.safeParse(given).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('limits', () => {
  it('reserve CPUs by weight, as Kubernetes does', () => {
    expect(toLimitOptions({ 'docker.cpus.reservation': '0.25' })).toEqual({ cpuShares: 256 });
    expect(toLimitOptions({ 'docker.cpus.reservation': 2, 'docker.cpu.shares': 10 })).toEqual({ cpuShares: 10 });
  });

  it('count memory and swap together, and -1 as no limit', () => {
    expect(toLimitOptions({ 'docker.memory.swap': '1g' })).toEqual({ memorySwapBytes: 1_073_741_824 });
    expect(toLimitOptions({ 'docker.memory.swap': -1 })).toEqual({ memorySwapBytes: -1 });
  });

  it('say what Docker would refuse only when the container is made', () => {
    expect(problems({ 'docker.memory': '64m', 'docker.memory.reservation': '65m' })).toEqual([
      'docker.memory.reservation: is more than docker.memory',
    ]);
    expect(problems({ 'docker.memory.swap': '64m' })).toEqual(['docker.memory.swap: needs docker.memory beside it']);
    expect(problems({ 'docker.memory': '64m', 'docker.memory.swap': '32m' })[0]).toContain('cannot be less');
    expect(problems({ 'docker.memory': '64m', 'docker.memory.swap': '64m', 'docker.memory.reservation': '32m' })).toEqual([]);
  });
});
