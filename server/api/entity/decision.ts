import { z } from 'zod';
import type { PlacementDecision } from '../../domain/placement/placement.ts';
import { answer } from '../answer.ts';
import { missing } from '../error-map.ts';
import { id } from '../inputs.ts';
import { onInstance } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const decision = procedure({
  permission: 'read',
  scope: onInstance,
  input: z.strictObject({ instanceId: id }),
  summary: 'Why a container is on its host and which hosts were refused',
  rest: 'GET /instances/{instanceId}/decision',
})
  .output(answer<PlacementDecision>('The decision'))
  .query(({ ctx: { services }, input }) => {
    const { view } = services.engine.store;
    const decisionId = view.get('instance', input.instanceId)?.decisionId;
    const found = decisionId ? view.get('decision', decisionId) : undefined;
    if (!found) throw missing();
    return found;
  });
