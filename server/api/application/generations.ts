import { z } from 'zod';
import { answerList } from '../answer.ts';
import { id } from '../inputs.ts';
import type { PublicRecords } from '../masking/record-views.ts';
import { onApplication } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const generations = procedure({
  permission: 'read',
  scope: onApplication,
  input: z.strictObject({ applicationId: id }),
  summary: 'Every kept version of an application’s blueprint; secret values read ***',
  rest: 'GET /applications/{applicationId}/generations',
})
  .output(answerList<PublicRecords['generation']>('Generations, newest first'))
  .query(({ ctx: { services }, input }) =>
    [...services.engine.store.view.all('generation').values()]
      .filter((generation) => generation.applicationId === input.applicationId)
      .sort((a, b) => b.number - a.number)
      .map((generation) => services.views.view('generation', generation)),
  );
