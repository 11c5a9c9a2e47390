import type { Entity } from './entity.ts';
import type { Instance } from './instance.ts';
import type { RestartPolicy } from './restart-policy.ts';

/** A container that ended by itself and is to stay so: with exit code 0, or not. */
export type OwnEnd = 'completed' | 'failed';

/** How an entity's container ended for good; null while it runs, was stopped by us, is to be healed or to run once more. */
export function ownEnd(entity: Entity, instance: Instance | undefined, policy: RestartPolicy): OwnEnd | null {
  if (!instance || policy.kind === 'always' || instance.stoppingSince !== null) return null;
  if (entity.restartSerial > instance.restartSerial || !hasEnded(instance)) return null;
  if (instance.exitCode === 0 && instance.startedAt !== null) return 'completed';
  if (policy.kind === 'no') return 'failed';
  return policy.most !== null && entity.crash.failures >= policy.most ? 'failed' : null;
}

/** On a lost host only what had ended before is known to have ended. */
function hasEnded({ state, exitCode }: Instance): boolean {
  return state === 'exited' || (state === 'lost' && exitCode !== null);
}
