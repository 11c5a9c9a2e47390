import { findComponent } from '../domain/blueprint/find-entity.ts';
import { NO_CRASH } from '../domain/entity/crash-back-off.ts';
import type { Entity } from '../domain/entity/entity.ts';
import type { Draft } from '../ports/store.ts';
import { isAtOrAbove } from './subtree.ts';

/** Those that asked to be restarted with what they depend on (`restart: true`), where they are to run and are not among the restarted. */
export function restartDependants(draft: Draft, restarted: readonly Entity[], except: ReadonlySet<string> = new Set()): void {
  const [first] = restarted;
  if (!first) return;
  const ids = new Set<string>(restarted.map(({ id }) => id));
  for (const entity of draft.entitiesOf(first.applicationId)) {
    if (ids.has(entity.id) || except.has(entity.id) || entity.goal !== 'running') continue;
    const follows = (entity.spec.dependsOn ?? []).some(({ on, restart }) => {
      const other = restart ? findComponent(entity, on, draft) : undefined;
      return other !== undefined && restarted.some((one) => isAtOrAbove(draft, other, one));
    });
    if (follows) draft.put('entity', { ...entity, restartSerial: entity.restartSerial + 1, crash: NO_CRASH });
  }
}
