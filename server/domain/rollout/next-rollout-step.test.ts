import { describe, expect, it } from 'vitest';
import type { Rollout } from '../entity/application.ts';
import { nextRolloutStep, type StepHealth } from './next-rollout-step.ts';

const NOW = 100_000;
const HEALTHY: StepHealth = { healthy: true, failure: null };
const COMING: StepHealth = { healthy: false, failure: null };

type Step = readonly [granted: number | null, done: number | null];

function rollout(steps: readonly Step[], settings: Partial<Rollout['settings']> = {}): Rollout {
  return {
    settings: { batch: 2, order: 'stop-first', delayMs: 0, healthTimeoutMs: 10_000, ...settings },
    steps: steps.map(([grantedAt, doneAt], index) => ({ entityId: `e${index}`, grantedAt, doneAt })),
  } as unknown as Rollout;
}

const decide = (plan: Rollout, healths: readonly (StepHealth | 'gone')[]) =>
  nextRolloutStep(plan, (id) => healths[Number(id.slice(1))] ?? 'gone', NOW);

describe('nextRolloutStep', () => {
  it('grants a batch, and the next place as soon as one is healthy', () => {
    expect(
      decide(
        rollout([
          [null, null],
          [null, null],
          [null, null],
        ]),
        [COMING, COMING, COMING],
      ),
    ).toEqual({ kind: 'grant', entityIds: ['e0', 'e1'] });
    expect(
      decide(
        rollout([
          [NOW, null],
          [NOW, null],
          [null, null],
        ]),
        [HEALTHY, COMING, COMING],
      ),
    ).toEqual({ kind: 'mark-done', entityIds: ['e0'] });
    expect(
      decide(
        rollout([
          [NOW, NOW],
          [NOW, null],
          [null, null],
        ]),
        [HEALTHY, COMING, COMING],
      ),
    ).toEqual({ kind: 'grant', entityIds: ['e2'] });
  });

  it('pauses between batches', () => {
    const plan = rollout(
      [
        [NOW - 500, NOW - 400],
        [null, null],
      ],
      { batch: 1, delayMs: 1_000 },
    );
    expect(decide(plan, [HEALTHY, COMING])).toEqual({ kind: 'wait', lookAgainAt: NOW + 600 });
  });

  it('turns back on a failure or when the time is over', () => {
    expect(decide(rollout([[NOW, null]]), [{ healthy: false, failure: 'web-1: no such image' }])).toEqual({
      kind: 'revert',
      because: 'web-1: no such image',
    });
    expect(decide(rollout([[NOW - 10_000, null]]), [COMING])).toEqual({ kind: 'revert', because: 'not up 10 s after its turn' });
    expect(decide(rollout([[NOW - 9_999, null]]), [COMING])).toEqual({ kind: 'wait', lookAgainAt: NOW + 1 });
  });

  it('finishes when all are healthy or gone', () => {
    expect(
      decide(
        rollout([
          [NOW, NOW],
          [NOW, NOW],
        ]),
        [HEALTHY, 'gone'],
      ),
    ).toEqual({ kind: 'finish' });
    expect(decide(rollout([]), [])).toEqual({ kind: 'finish' });
  });
});
