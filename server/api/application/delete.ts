import { z } from 'zod';
import { deleteApplication } from '../../engine/commands/delete-application.ts';
import { type TaskAnswer, taskAnswer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onApplication } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export const remove = procedure({
  permission: 'operate',
  scope: onApplication,
  input: z.strictObject({
    applicationId: idOf<'application'>(),
    removeVolumes: z.boolean(),
    onClouds: z.enum(['stop', 'delete']).exactOptional(),
  }),
  summary: 'Delete an application; its volumes stay unless removeVolumes is true',
  rest: 'DELETE /applications/{applicationId}',
})
  .output(taskAnswer)
  .mutation(
    ({ ctx: { services, principal }, input }): Promise<TaskAnswer> => deleteApplication(services.engine, userCause(principal), input),
  );
