import { z } from 'zod';
import { answer } from '../answer.ts';
import { id } from '../inputs.ts';
import { onApplication } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { type DeletionPreview, toDeletionPreview } from './preview-deletion.ts';

export const deletionPreview = procedure({
  permission: 'read',
  scope: onApplication,
  input: z.strictObject({ applicationId: id }),
  summary: 'What deleting an application would remove',
  rest: 'GET /applications/{applicationId}/deletion',
})
  .output(answer<DeletionPreview>('Containers, volumes, ports and dependants'))
  .query(({ ctx: { services }, input }) => toDeletionPreview(services.engine.store.view, input.applicationId));
