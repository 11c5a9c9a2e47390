import type { ProposedMove } from '@/server/domain/placement/explain-move.ts';
import type { MoveProposal } from '@/server/domain/placement/propose-moves.ts';

export interface HostLoad {
  readonly hostId: string;
  readonly name: string;
  readonly before: number;
  /** Once the chosen moves are made. */
  readonly after: number;
}

/** Names a move among those proposed. */
export function moveKey({ entities, to }: ProposedMove): string {
  return `${entities[0]?.id ?? ''} ${to}`;
}

/** Containers of the hosts that the proposal touches, by the moves that are chosen of it. */
export function loadsAfter({ hosts, moves }: MoveProposal, isChosen: (move: ProposedMove) => boolean): readonly HostLoad[] {
  const after = new Map<string, number>(hosts.map(({ hostId, before }) => [hostId, before]));
  const add = (hostId: string, count: number): void => {
    after.set(hostId, (after.get(hostId) ?? 0) + count);
  };
  for (const { entities, from, to } of moves.filter(isChosen)) {
    add(from, -entities.length);
    add(to, entities.length);
  }
  return hosts.map(({ hostId, name, before }) => ({ hostId, name, before, after: after.get(hostId) ?? before }));
}
