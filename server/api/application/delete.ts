import { z } from 'zod';
import { deleteApplication } from '../../engine/commands/delete-application.ts';
import { previewDeletion } from '../../engine/queries/deletion-preview.ts';
import { type TaskAnswer, taskAnswer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { onApplication, SYSTEM } from '../scopes.ts';
import { procedure, requireScopes } from '../trpc.ts';
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
  .mutation(({ ctx: { services, principal }, input }): Promise<TaskAnswer> => {
    const { clouds } = previewDeletion(services.engine.store.view, input.applicationId);
    // With a Docker cloud goes what others run on it: that is for who may make one.
    if (clouds.length > 0) requireScopes(principal, 'administer', [SYSTEM]);
    return deleteApplication(services.engine, userCause(principal), input);
  });
