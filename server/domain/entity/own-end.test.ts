import { describe, expect, it } from 'vitest';
import { anEntity, anInstance } from '../../testing/records.ts';
import type { Instance } from './instance.ts';
import { ownEnd } from './own-end.ts';
import type { RestartPolicy } from './restart-policy.ts';

const NO: RestartPolicy = { kind: 'no' };
const ON_FAILURE: RestartPolicy = { kind: 'on-failure', most: null };
const end = (policy: RestartPolicy, fields: Partial<Instance>, failures = 0, restartSerial = 0) =>
  ownEnd(
    { ...anEntity({ id: 'e' }), crash: { failures, lastAt: 0 }, restartSerial },
    { ...anInstance({ id: 'i', state: 'exited', startedAt: 1 }), stoppingSince: null, ...fields },
    policy,
  );

describe('ownEnd', () => {
  it('is a completion with exit code 0, where the policy does not want it up always', () => {
    expect([NO, ON_FAILURE, { kind: 'always' } as const].map((policy) => end(policy, { exitCode: 0 }))).toEqual([
      'completed',
      'completed',
      null,
    ]);
  });

  it('is a failure with any other, once there are no attempts left', () => {
    expect(end(NO, { exitCode: 1 })).toBe('failed');
    expect(end(NO, { exitCode: null })).toBe('failed');
    expect(end(ON_FAILURE, { exitCode: 1 }, 9)).toBeNull();
    expect([0, 1, 2, 3].map((failures) => end({ kind: 'on-failure', most: 2 }, { exitCode: 1 }, failures))).toEqual([
      null,
      null,
      'failed',
      'failed',
    ]);
  });

  it('is none while it runs, after a stop by us, and when it is to run once more', () => {
    expect(end(NO, { state: 'running', exitCode: null })).toBeNull();
    expect(end(NO, { exitCode: 0, stoppingSince: 5 })).toBeNull();
    expect(end(NO, { exitCode: 0 }, 0, 1)).toBeNull();
  });

  it('outlives the host it happened on, where it was known before', () => {
    expect(end(NO, { state: 'lost', exitCode: 0 })).toBe('completed');
    expect(end(NO, { state: 'lost', exitCode: null })).toBeNull();
  });
});
