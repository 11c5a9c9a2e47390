import type { AdjunctAction } from '../../domain/adjunct/behaviour.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId, TaskId } from '../../domain/shared/ids.ts';
import type { StoreView } from '../../ports/store.ts';
import { invokeEffector } from '../commands/invoke-effector.ts';
import type { EngineContext } from '../engine-context.ts';
import { requireDone, taskEnd } from '../queries/task-end.ts';
import { suspendAdjunct } from './change-adjunct.ts';
import { notify } from './notify.ts';

export interface Performing {
  /** The entity that the adjunct is attached to. */
  readonly entityId: EntityId;
  /** What a person is told who has done it. */
  readonly cause: TaskCause;
  readonly action: AdjunctAction;
  /** Done once for one id, however often it is called. */
  readonly taskId: TaskId;
  readonly signal: AbortSignal;
}

/** Does what a policy has decided, by the command that a person's button calls. @throws ClockerError of that command */
export async function performAction(context: EngineContext, { entityId, cause, action, taskId, signal }: Performing): Promise<void> {
  if ('entityId' in action) requireSameApplication(context.store.view, entityId, action.entityId);
  switch (action.kind) {
    case 'effector': {
      const { effector, parameters = {} } = action;
      await invokeEffector(context, cause, { entityId: action.entityId, effector, parameters, taskId });
      context.tasks.note(taskId, action.why);
      if (!action.awaited) return;
      const ended = await taskEnd(context, { taskId, signal, atMostMs: LONGEST_CALL_MS });
      signal.throwIfAborted();
      requireDone(ended, effector);
      return;
    }
    case 'problem':
      await context.store.commit((draft) => {
        const entity = draft.get('entity', action.entityId);
        if (!entity) return;
        const { [action.code]: _, ...others } = entity.problems;
        draft.put('entity', { ...entity, problems: action.text === null ? others : { ...others, [action.code]: action.text } });
      });
      return;
    case 'webhook':
    case 'mail':
      await notify(context, { entityId, cause, taskId }, action);
      return;
    case 'suspend':
    case 'resume':
      await suspendAdjunct(context, cause, { entityId, key: action.key, suspended: action.kind === 'suspend', why: action.why });
  }
}

/** A call that is awaited, and goes on after this, has failed for who waits. Milliseconds. */
const LONGEST_CALL_MS = 5 * 60_000;

/** A policy reaches no further than the application that it is in, whatever its config says. */
function requireSameApplication(view: StoreView, own: EntityId, other: EntityId): void {
  const [here, there] = [own, other].map((id) => view.get('entity', id)?.applicationId);
  if (there === undefined || here === there) return;
  throw new ClockerError('conflict', { message: 'It acts on another application', hint: 'A policy can act on its own application only.' });
}
