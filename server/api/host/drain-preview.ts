import { z } from 'zod';
import type { EntityId } from '../../domain/shared/ids.ts';
import { drainPreview as preview } from '../../engine/queries/drain-preview.ts';
import { answer } from '../answer.ts';
import { missing } from '../error-map.ts';
import { idOf } from '../inputs.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export interface DrainLine {
  readonly entityId: EntityId;
  readonly name: string;
  readonly application: string;
  readonly leaves: boolean;
  /** What becomes of it, or why it stays. */
  readonly text: string;
}

export const drainPreview = procedure({
  permission: 'read',
  scope: onHost,
  input: z.strictObject({ hostId: idOf<'host'>() }),
  summary: 'What leaves a host when it is drained, and what stays and why',
  rest: 'GET /hosts/{hostId}/drain',
})
  .output(answer<readonly DrainLine[]>('What has a container there, oldest first'))
  .query(({ ctx: { services }, input }) => {
    const { view } = services.engine.store;
    const host = view.get('host', input.hostId);
    if (!host) throw missing();
    return preview(services.engine, view, host).map(({ entity, verdict }) => ({
      entityId: entity.id,
      name: entity.name,
      application: view.get('application', entity.applicationId)?.name ?? '',
      leaves: verdict.leaves,
      text: verdict.leaves ? verdict.how : verdict.why,
    }));
  });
