import { z } from 'zod';
import type { Snapshot } from '../../domain/snapshot/snapshot.ts';
import { mayOn } from '../access.ts';
import { answerList } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { anywhere, applicationChain, SYSTEM } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const list = procedure({
  permission: 'read',
  scope: anywhere,
  input: z.strictObject({ applicationId: idOf<'application'>().optional(), entityId: idOf<'entity'>().optional() }).optional(),
  summary: 'Snapshots of containers that the caller may read, with the names of the secrets in them',
  rest: 'GET /snapshots',
})
  .output(answerList<Snapshot>('Snapshots, newest first'))
  .query(({ ctx: { principal, services }, input }) => {
    const { view } = services.engine.store;
    return [...view.all('snapshot').values()]
      .filter(({ applicationId, entityId }) => {
        const isWanted = applicationId === (input?.applicationId ?? applicationId) && entityId === (input?.entityId ?? entityId);
        return isWanted && mayOn(principal, 'read', applicationChain(view, applicationId) ?? SYSTEM);
      })
      .sort((a, b) => b.at - a.at);
  });
