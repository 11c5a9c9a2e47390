import type { Rollout } from '../entity/application.ts';
import type { EntityId } from '../shared/ids.ts';

/** How one entity of a rollout fares since its grant. */
export interface StepHealth {
  /** Its container is of the new generation, and up. */
  readonly healthy: boolean;
  /** Failed beyond hope, in one sentence; null while it may still come up. */
  readonly failure: string | null;
}

export type RolloutStep =
  | { readonly kind: 'grant'; readonly entityIds: readonly EntityId[] }
  | { readonly kind: 'mark-done'; readonly entityIds: readonly EntityId[] }
  | { readonly kind: 'finish' }
  | { readonly kind: 'revert'; readonly because: string }
  | { readonly kind: 'wait'; readonly lookAgainAt?: number };

/**
 * The next step of an update: a batch is granted when the one before is healthy and the pause is over; an entity that is not up in
 * time, or fails, turns the whole update back. Entities that are gone count as done.
 */
export function nextRolloutStep(rollout: Rollout, healthOf: (entityId: EntityId) => StepHealth | 'gone', now: number): RolloutStep {
  const open = rollout.steps.filter((step) => step.grantedAt !== null && step.doneAt === null);
  const settled = open.filter((step) => isSettled(healthOf(step.entityId)));
  if (settled.length > 0) return { kind: 'mark-done', entityIds: settled.map((step) => step.entityId) };

  for (const step of open) {
    const failure = failureOf(step, healthOf(step.entityId), rollout, now);
    if (failure) return { kind: 'revert', because: failure };
  }
  const waiting = rollout.steps.filter((step) => step.grantedAt === null);
  if (waiting.length === 0 && open.length === 0) return { kind: 'finish' };
  const timeoutAt = Math.min(...open.map((step) => (step.grantedAt ?? now) + rollout.settings.healthTimeoutMs));
  const room = rollout.settings.batch - open.length;
  if (waiting.length === 0 || room <= 0 || (open.length > 0 && rollout.settings.delayMs > 0)) {
    return { kind: 'wait', ...(Number.isFinite(timeoutAt) ? { lookAgainAt: timeoutAt } : {}) };
  }
  const pauseUntil = lastDoneAt(rollout) + rollout.settings.delayMs;
  if (now < pauseUntil) return { kind: 'wait', lookAgainAt: pauseUntil };
  return { kind: 'grant', entityIds: waiting.slice(0, room).map((step) => step.entityId) };
}

function isSettled(health: StepHealth | 'gone'): boolean {
  return health === 'gone' || health.healthy;
}

function failureOf(step: Rollout['steps'][number], health: StepHealth | 'gone', rollout: Rollout, now: number): string | null {
  if (health === 'gone') return null;
  if (health.failure) return health.failure;
  const late = step.grantedAt !== null && now >= step.grantedAt + rollout.settings.healthTimeoutMs;
  return late ? `not up ${Math.round(rollout.settings.healthTimeoutMs / 1000)} s after its turn` : null;
}

function lastDoneAt(rollout: Rollout): number {
  return rollout.steps.reduce((latest, step) => Math.max(latest, step.doneAt ?? Number.NEGATIVE_INFINITY), Number.NEGATIVE_INFINITY);
}
