import { z } from 'zod';
import { answerList } from '../answer.ts';
import { id } from '../inputs.ts';
import { onSubject } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface SensorPoint {
  readonly at: number;
  readonly value: number;
}

const time = z.number().int().min(0);

export const sensorHistory = procedure({
  permission: 'read',
  scope: onSubject,
  input: z.strictObject({ subjectId: id, sensor: z.string().min(1).max(200), fromMs: time, toMs: time }),
  summary: 'A numeric sensor of an entity or host over time, as fine as it was kept',
  rest: 'GET /subjects/{subjectId}/history',
})
  .output(answerList<SensorPoint>('Points, oldest first'))
  .query(({ ctx: { services }, input }) => services.engine.history.read(input));
