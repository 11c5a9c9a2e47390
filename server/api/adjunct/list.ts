import { z } from 'zod';
import { type AdjunctView, adjunctsOf } from '../../engine/queries/adjuncts-of.ts';
import { answerList } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { maskValue } from '../masking/mask-value.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'read',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: 'Policies, enrichers, sensors and effectors of an entity, and what they say',
  rest: 'GET /entities/{entityId}/adjuncts',
})
  .output(answerList<AdjunctView>('In the order in which they work'))
  .query(({ ctx: { services }, input }) =>
    adjunctsOf(services.engine, input.entityId).map((view) => ({ ...view, config: maskValue(view.config, services.views.secretKeys) })),
  );
