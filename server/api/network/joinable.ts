import { z } from 'zod';
import { type JoinableNetwork, networksOfEntity } from '../../engine/queries/networks-of-entity.ts';
import { answerList } from '../answer.ts';
import { missing } from '../error-map.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const joinable = procedure({
  permission: 'read',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: 'Networks of the application of an entity: which it is on, and which it could join',
  rest: 'GET /entities/{entityId}/networks',
})
  .output(answerList<JoinableNetwork>('By name'))
  .query(({ ctx: { services }, input }) => {
    const { view } = services.engine.store;
    const entity = view.get('entity', input.entityId);
    if (!entity) throw missing();
    return networksOfEntity(services.engine, view, entity);
  });
