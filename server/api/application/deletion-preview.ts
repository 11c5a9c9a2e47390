import { z } from 'zod';
import { type DeletionPreview, previewDeletion } from '../../engine/queries/deletion-preview.ts';
import { mayOn } from '../access.ts';
import { answer } from '../answer.ts';
import { id } from '../inputs.ts';
import { applicationChain, onApplication } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface DeletionPreviewAnswer extends DeletionPreview {
  /** Dependants in applications that the caller may not see: only their number is told. */
  readonly hiddenDependants: number;
}

export const deletionPreview = procedure({
  permission: 'read',
  scope: onApplication,
  input: z.strictObject({ applicationId: id }),
  summary: 'What deleting an application would remove',
  rest: 'GET /applications/{applicationId}/deletion',
})
  .output(answer<DeletionPreviewAnswer>('Containers, volumes, ports and dependants'))
  .query(({ ctx: { services, principal }, input }): DeletionPreviewAnswer => {
    const { view } = services.engine.store;
    const preview = previewDeletion(view, input.applicationId);
    const isSeen = ({ applicationId }: { readonly applicationId: string }): boolean => {
      const chain = applicationChain(view, applicationId);
      return chain !== null && mayOn(principal, 'read', chain);
    };
    const dependants = preview.dependants.filter(isSeen);
    const clouds = preview.clouds.map((cloud) => ({
      ...cloud,
      applications: cloud.applications.map((each) => (isSeen(each) ? each : { ...each, name: 'an application that you may not see' })),
    }));
    return { ...preview, clouds, dependants, hiddenDependants: preview.dependants.length - dependants.length };
  });
