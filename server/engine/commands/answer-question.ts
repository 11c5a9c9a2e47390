import type { Question } from '../../domain/entity/entity.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { stopEntity } from './entity-effectors.ts';
import { requireEntity } from './require-record.ts';
import { leaveSnapshot } from './snapshots/restore-snapshot.ts';

export interface AnswerInput {
  readonly entityId: EntityId;
  readonly choice: Question['choices'][number]['id'];
}

/** Answers the question that an entity asks. `wait` keeps it open. @throws ClockerError not-found | conflict (it asks nothing) */
export async function answerQuestion(context: EngineContext, cause: TaskCause, { entityId, choice }: AnswerInput): Promise<void> {
  const entity = requireEntity(context.store.view, entityId);
  if (!entity.question) throw nothingAsked(entity.name);
  if (!entity.question.choices.some(({ id }) => id === choice)) {
    const hint = `Its choices are ${entity.question.choices.map(({ id }) => id).join(', ')}.`;
    throw new ClockerError('input.invalid', { message: `${entity.name} does not offer ${choice}`, hint });
  }
  if (choice === 'wait') return;
  if (choice === 'stop') {
    await stopEntity(context, cause, { entityId });
    return;
  }
  if (choice === 'leave-snapshot') {
    await leaveSnapshot(context, cause, { entityId });
    return;
  }
  await durableCommit('entity.answer', () =>
    context.store.commit((draft) => {
      const latest = requireEntity(draft, entityId);
      if (!latest.question) throw nothingAsked(latest.name);
      draft.put('entity', { ...latest, question: null, dataHostId: null });
    }),
  );
  context.queue.enqueue(`entity:${entityId}`, 'user');
}

function nothingAsked(name: string): ClockerError {
  return new ClockerError('conflict', { message: `${name} asks nothing any more`, hint: 'Its host may have come back.' });
}
