import { z } from 'zod';
import { requireEntity } from '../../engine/commands/require-record.ts';
import { effectorsOf } from '../../engine/effectors/added-effectors.ts';
import { answerList } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { type EffectorView, toEffectorView } from './types.ts';

export const effectors = procedure({
  permission: 'read',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: 'What an entity can be asked to do: effectors of its type, and those that its blueprint adds',
  rest: 'GET /entities/{entityId}/effectors',
})
  .output(answerList<EffectorView>('Effectors with the schemas of their parameters'))
  .query(({ ctx: { services }, input }) =>
    effectorsOf(services.engine, requireEntity(services.engine.store.view, input.entityId)).map(toEffectorView),
  );
