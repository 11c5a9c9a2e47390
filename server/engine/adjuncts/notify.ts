import type { AdjunctAction } from '../../domain/adjunct/behaviour.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { Refusal } from '../../ports/notifier.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { newTask } from '../task-runner.ts';
import type { Performing } from './perform-action.ts';

export type Notification = Extract<AdjunctAction, { readonly kind: 'webhook' | 'mail' }>;

/**
 * Tells it, as a task of that id: what the records say was told is not told again. Where the console dies between the two, it is told again
 * with the same id. @throws ClockerError notification.failed
 */
export async function notify(
  context: EngineContext,
  { entityId, cause, taskId }: Omit<Performing, 'action' | 'signal'>,
  notification: Notification,
): Promise<void> {
  const isNew = await durableCommit('adjunct.notify', () =>
    context.store.commit((draft) => {
      const known = draft.get('task', taskId);
      if (known?.status === 'failed') throw toError({ why: known.error?.message ?? 'nobody knows why', retryable: true });
      if (known && known.status !== 'interrupted') return false;
      const applicationId = draft.get('entity', entityId)?.applicationId ?? null;
      const start = { name: notification.why, cause, applicationId, entityId };
      draft.put('task', newTask(start, { id: taskId, now: context.clock.now(), effect: null }));
      return true;
    }),
  );
  if (!isNew) return;
  try {
    const refusal = await tell(context, notification);
    if (refusal !== null) throw toError(refusal);
    await context.tasks.finish(taskId, {});
  } catch (error) {
    await context.tasks.finish(taskId, { error });
    throw error;
  }
}

async function tell({ secretTexts, notifier }: EngineContext, notification: Notification): Promise<Refusal> {
  return notification.kind === 'webhook'
    ? await secretTexts.reveal(notification.request, (request) => notifier.post(request))
    : await secretTexts.reveal(notification.message, (message) => notifier.mail(message));
}

function toError({ why, retryable }: NonNullable<Refusal>): ClockerError {
  return new ClockerError('notification.failed', { message: `It was not taken: ${why}`, retryable });
}
