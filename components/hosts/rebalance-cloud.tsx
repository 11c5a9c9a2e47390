'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useRecord } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Cloud } from '@/server/domain/entity/host.ts';
import type { MoveProposal } from '@/server/domain/placement/propose-moves.ts';
import { loadsAfter, moveKey } from './chosen-moves.ts';
import { RebalanceProgress } from './rebalance-progress.tsx';

export interface RebalanceCloudProps {
  cloud: Cloud;
  onClose: () => void;
}

/** Proposes moves and makes those that are chosen; while some are under way, shows how far they are. */
export function RebalanceCloud({ cloud, onClose }: RebalanceCloudProps) {
  const rebalance = (useRecord('cloud', cloud.id) ?? cloud).rebalance;
  return rebalance ? (
    <RebalanceProgress name={cloud.name} rebalance={rebalance} onClose={onClose} />
  ) : (
    <ChooseMoves cloud={cloud} onClose={onClose} />
  );
}

function ChooseMoves({ cloud, onClose }: RebalanceCloudProps) {
  const trpc = useTRPC();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const options = trpc.cloud.proposeMoves.queryOptions({ cloudId: cloud.id }, { staleTime: 0, gcTime: 0 });
  const proposal = useQuery(options);
  const apply = useMutation(trpc.cloud.rebalance.mutationOptions());
  const chosen = proposal.data?.moves.filter((move) => !left.has(moveKey(move))) ?? [];
  const leave = (key: string, isLeft: boolean) =>
    setLeft((before) => new Set(isLeft ? [...before, key] : [...before].filter((one) => one !== key)));
  const again = () => {
    setLeft(new Set());
    apply.reset();
    void proposal.refetch();
  };
  const begin = () => {
    const moves = chosen.flatMap(({ entities: [first], to }) => (first ? [{ entityId: first.id, toHostId: to }] : []));
    apply.mutate({ cloudId: cloud.id, moves });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      className="max-w-2xl"
      title={`Rebalance ${cloud.name}`}
      description="Where placement would put containers now. Each starts on the other host before it stops where it is; load balancers follow, other addresses change."
      footer={
        <>
          <Button onClick={again} busy={proposal.isFetching}>
            Look again
          </Button>
          <Button onClick={onClose}>{chosen.length > 0 ? 'Cancel' : 'Close'}</Button>
          {proposal.data && proposal.data.moves.length > 0 ? (
            <Button variant="primary" onClick={begin} busy={apply.isPending} disabled={chosen.length === 0}>
              Make {formatCount(chosen.length, 'move')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="flex flex-col gap-4" aria-live="polite">
        {apply.error ? <ErrorState compact error={toErrorView(apply.error)} /> : null}
        {proposal.isPending ? <SkeletonRows rows={4} /> : null}
        {proposal.error ? <ErrorState compact error={toErrorView(proposal.error)} /> : null}
        {proposal.data ? <Proposal proposal={proposal.data} left={left} onLeave={leave} /> : null}
      </div>
    </Dialog>
  );
}

interface ProposalProps {
  proposal: MoveProposal;
  /** Keys of the moves that are not to be made. */
  left: ReadonlySet<string>;
  onLeave: (key: string, isLeft: boolean) => void;
}

function Proposal({ proposal, left, onLeave }: ProposalProps) {
  const { moves, stuck, notes, more } = proposal;
  const isRight = stuck.length === 0 && notes.length === 0;
  return (
    <>
      {moves.length === 0 ? (
        <p>{isRight ? 'Nothing to move: every container is where placement would put it.' : 'Nothing to move.'}</p>
      ) : (
        <>
          <ul aria-label="Proposed moves" className="flex flex-col gap-3">
            {moves.map((move) => (
              <li key={moveKey(move)}>
                <Checkbox
                  checked={!left.has(moveKey(move))}
                  onChange={(isChosen) => onLeave(moveKey(move), !isChosen)}
                  label={
                    <>
                      <span className="font-medium">{move.entities.map(({ name }) => name).join(', ')}</span>{' '}
                      <span className="text-ink-3">{move.entities[0]?.application}</span> {move.fromName} → {move.toName}
                    </>
                  }
                  hint={move.reasons.map((reason) => (
                    <span key={reason} className="block break-words">
                      {reason}
                    </span>
                  ))}
                />
              </li>
            ))}
          </ul>
          <LoadTable loads={loadsAfter(proposal, (move) => !left.has(moveKey(move)))} />
        </>
      )}
      {stuck.length > 0 ? (
        <section className="text-sm">
          <h3 className="font-medium">No host takes these</h3>
          <ul aria-label="Without another host" className="text-ink-2">
            {stuck.map(({ id, name, reason }) => (
              <li key={id} className="break-words">
                {name}: {reason}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {[...notes, ...(more ? ['There is more to move: look again after these.'] : [])].map((note) => (
        <p key={note} className="text-ink-2 text-sm">
          {note}
        </p>
      ))}
    </>
  );
}

function LoadTable({ loads }: { loads: ReturnType<typeof loadsAfter> }) {
  return (
    <table aria-label="Containers of hosts" className="w-full text-sm">
      <thead>
        <tr className="text-left text-ink-3 text-xs">
          <th scope="col" className="font-medium">
            Host
          </th>
          <th scope="col" className="text-right font-medium">
            Containers now
          </th>
          <th scope="col" className="text-right font-medium">
            Then
          </th>
        </tr>
      </thead>
      <tbody>
        {loads.map(({ hostId, name, before, after }) => (
          <tr key={hostId}>
            <td>{name}</td>
            <td className="tabular text-right">{before}</td>
            <td className="tabular text-right">{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
