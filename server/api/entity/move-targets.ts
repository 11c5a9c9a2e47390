import { z } from 'zod';
import { type MoveTargets, moveTargets as targetsOf } from '../../engine/queries/move-targets.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const moveTargets = procedure({
  permission: 'read',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: 'Which hosts would take an entity if it were moved there now, and why the others would not',
  rest: 'GET /entities/{entityId}/move',
})
  .output(answer<MoveTargets>('Hosts in the order in which they joined'))
  .query(({ ctx: { services }, input }) => targetsOf(services.engine, input));
