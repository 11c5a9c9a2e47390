import { z } from 'zod';
import { effectorsOf } from '../../engine/commands/invoke-effector.ts';
import { answerList } from '../answer.ts';
import { missing } from '../error-map.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { type EffectorView, toEffectorView } from './types.ts';

export const effectors = procedure({
  permission: 'read',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: 'Effectors of an entity that can be called, with the schema of their parameters',
  rest: 'GET /entities/{entityId}/effectors',
})
  .output(answerList<EffectorView>('Effectors, in the order of its type'))
  .query(({ ctx: { services }, input }) => {
    const entity = services.engine.store.view.get('entity', input.entityId);
    if (!entity) throw missing();
    return effectorsOf(services.engine, entity).map(toEffectorView);
  });
