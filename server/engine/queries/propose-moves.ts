import { type MoveProposal, proposeMoves as propose } from '../../domain/placement/propose-moves.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { CloudId } from '../../domain/shared/ids.ts';
import type { EngineContext } from '../engine-context.ts';
import { moveInput } from './move-input.ts';

/** What is measured tells only afterwards what a move has done: so many come to a host or leave it at once. */
const MOST_MEASURED = 2;

/** Moves that bring a cloud to where placement would put its containers now, `limit` at most. @throws ClockerError not-found */
export function proposeMoves(
  context: EngineContext,
  { cloudId, limit }: { readonly cloudId: CloudId; readonly limit: number },
): MoveProposal {
  const { view } = context.store;
  const cloud = view.get('cloud', cloudId);
  if (!cloud) throw new ClockerError('not-found', { message: `There is no cloud ${cloudId}` });
  return propose({ ...moveInput(context, view, cloud), limit, mostMeasured: MOST_MEASURED });
}
