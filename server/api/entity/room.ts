import { z } from 'zod';
import { type Room, roomFor } from '../../engine/queries/room-for.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onEntity } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const room = procedure({
  permission: 'read',
  scope: onEntity,
  input: z.strictObject({ entityId: idOf<'entity'>() }),
  summary: 'How many more containers of a service each host would take now, and what stands against more',
  rest: 'GET /entities/{entityId}/room',
})
  .output(answer<Room>('Room by host'))
  .query(({ ctx: { services }, input }) => roomFor(services.engine, input.entityId));
