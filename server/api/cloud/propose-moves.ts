import { z } from 'zod';
import type { MoveProposal } from '../../domain/placement/propose-moves.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import { proposeMoves as propose } from '../../engine/queries/propose-moves.ts';
import { mayOn } from '../access.ts';
import { answer } from '../answer.ts';
import { idOf } from '../inputs.ts';
import { entityChain, onCloud } from '../scopes.ts';
import { procedure } from '../trpc.ts';

export const proposeMoves = procedure({
  permission: 'read',
  scope: onCloud,
  input: z.strictObject({ cloudId: idOf<'cloud'>(), limit: z.number().int().min(1).max(100).default(20) }),
  summary: 'Which containers placement would put on other hosts of a cloud now, and why',
  rest: 'GET /clouds/{cloudId}/moves',
})
  .output(answer<MoveProposal>('Moves in the order in which they are to be made'))
  .query(({ ctx: { services, principal }, input }) => {
    const { engine } = services;
    const proposal = propose(engine, input);
    const maySee = (id: EntityId): boolean => {
      const chain = entityChain(engine.store.view, id);
      return chain !== null && mayOn(principal, 'read', chain);
    };
    const moves = proposal.moves.filter(({ entities }) => entities.every(({ id }) => maySee(id)));
    const hidden = proposal.moves.length - moves.length;
    const notes = hidden === 0 ? [] : [`${hidden} more ${hidden === 1 ? 'is' : 'are'} of applications that you may not see.`];
    return { ...proposal, moves, stuck: proposal.stuck.filter(({ id }) => maySee(id)), notes: [...proposal.notes, ...notes] };
  });
