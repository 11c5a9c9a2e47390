import { z } from 'zod';
import { answerQuestion } from '../../engine/commands/answer-question.ts';
import { answer as answerOf } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const answer = procedure({
  permission: 'operate',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>(), choice: z.enum(['wait', 'start-empty', 'leave-snapshot', 'stop']) }),
  summary: 'Answer what an entity asks, for instance when its data is on a lost host',
  rest: 'POST /entities/{entityId}/answer',
})
  .output(answerOf<{ readonly ok: true }>('Done'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    await answerQuestion(services.engine, userCause(principal), input);
    return { ok: true as const };
  });
