import { describe, expect, it } from 'vitest';
import { restartPolicy, toRestartPolicy } from './restart-policy.ts';

describe('restart policies', () => {
  it.each([
    [undefined, { kind: 'always' }],
    ['unless-stopped', { kind: 'always' }],
    ['on-failure', { kind: 'on-failure', most: null }],
    ['on-failure:3', { kind: 'on-failure', most: 3 }],
    ['no', { kind: 'no' }],
    // What YAML 1.1 makes of a bare `no`.
    [false, { kind: 'no' }],
  ])('reads %s', (text, policy) => {
    expect(toRestartPolicy(text)).toEqual(policy);
  });

  it('refuses other words', () => {
    for (const text of ['never', 'on-failure:0', 'on-failure:', 'always:3', true])
      expect(restartPolicy.safeParse(text).success).toBe(false);
  });
});
