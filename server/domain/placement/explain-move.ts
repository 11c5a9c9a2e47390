import type { ApplicationId, EntityId, HostId } from '../shared/ids.ts';
import type { Gain, MoveVerdict } from './judge-move.ts';
import type { MoveBoard } from './move-board.ts';

/** Entities that go from one host to another together, and why. */
export interface ProposedMove {
  readonly entities: readonly MovedEntity[];
  readonly from: HostId;
  readonly fromName: string;
  readonly to: HostId;
  readonly toName: string;
  /** `rule`: where they are they may not be; `better`: placement prefers the other host; `empties`: their host is left empty. */
  readonly cause: 'rule' | 'better' | 'empties';
  /** Why not where they are, why there, and what gets better: sentences. */
  readonly reasons: readonly string[];
}

export interface MovedEntity {
  readonly id: EntityId;
  readonly name: string;
  readonly applicationId: ApplicationId;
  readonly application: string;
}

/** Asked before the move is made on the board. */
export function explainMove(
  board: MoveBoard,
  ids: readonly EntityId[],
  { to, verdict }: { readonly to: HostId; readonly verdict: Extract<MoveVerdict, { readonly ok: true }> },
): ProposedMove {
  const [first] = ids;
  const from = first === undefined ? to : board.hostOf(first);
  const [fromName, toName] = [board.host(from).name, board.host(to).name];
  const entities = ids.map((id): MovedEntity => {
    const { name, applicationId, application } = board.placed(id).request;
    return { id, name, applicationId, application };
  });
  const name = (id: EntityId): string => board.placed(id).request.name;
  const rules = verdict.rules.map(({ id, by, reason }) => `${fromName} would not take ${name(id)} now, by ${by}: ${reason}`);
  const orderedBy = first === undefined ? null : board.ordersOf(first).orderedBy;
  const there =
    verdict.cause === 'empties'
      ? [`${toName} is older and has room: ${fromName} is left empty`]
      : [`${toName} is the first host that takes it: ${orderedBy?.text ?? 'the oldest host that fits'}`];
  const gains = verdict.gains.slice(0, 1).map((gain) => toldGain(gain, { fromName, toName, board, from, to }));
  return { entities, from, fromName, to, toName, cause: verdict.cause, reasons: [...rules, ...there, ...gains] };
}

interface Hosts {
  readonly fromName: string;
  readonly toName: string;
  readonly from: HostId;
  readonly to: HostId;
  readonly board: MoveBoard;
}

function toldGain({ order, before, after }: Gain, { fromName, toName, board, from, to }: Hosts): string {
  if (order.by === 'score') return `${fromName} has ${order.tell(before)} now, ${toName} will have ${order.tell(after)}`;
  const group = (hostId: HostId): string => order.groupOf(board.host(hostId)) ?? 'no known place';
  const count = (number: number): string => (Number.isFinite(number) ? String(number) : 'an unknown number');
  return `${count(before)} of its siblings are in ${group(from)} now, ${count(after)} will be in ${group(to)}`;
}
