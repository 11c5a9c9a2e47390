'use client';
import { useMutation } from '@tanstack/react-query';
import { useRecordValue } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Progress } from '@/components/ui/progress.tsx';
import type { Tone } from '@/components/ui/state-look.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { CloudRebalance, RebalanceMove } from '@/server/domain/entity/host.ts';

const TONES: Readonly<Record<RebalanceMove['state'], Tone>> = { waiting: 'off', moving: 'busy', done: 'ok', skipped: 'warn' };

export interface RebalanceProgressProps {
  name: string;
  rebalance: CloudRebalance;
  onClose: () => void;
}

/** The moves that are under way, as they go on. */
export function RebalanceProgress({ name, rebalance, onClose }: RebalanceProgressProps) {
  const trpc = useTRPC();
  const cancel = useMutation(trpc.task.cancel.mutationOptions());
  const { moves, taskId } = rebalance;
  const ended = moves.filter(({ state }) => state === 'done' || state === 'skipped').length;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      className="max-w-2xl"
      title={`Rebalancing ${name}`}
      description={`${ended} of ${formatCount(moves.length, 'move')} done, two at a time. It goes on when this is closed; see Activity.`}
      footer={
        <>
          <Button onClick={() => cancel.mutate({ taskId })} busy={cancel.isPending}>
            Move no more
          </Button>
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {cancel.error ? <ErrorState compact error={toErrorView(cancel.error)} /> : null}
        <Progress value={ended / moves.length} label={`Rebalancing ${name}`} />
        <ul aria-label="Moves under way" aria-live="polite" className="flex flex-col gap-1">
          {moves.map((move) => (
            <MoveLine key={`${move.entityIds.join()} ${move.to}`} move={move} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function MoveLine({ move: { entityIds, from, to, state, reason } }: { move: RebalanceMove }) {
  const first = useRecordValue('entity', entityIds[0], ({ name }) => name);
  const [source, target] = [useRecordValue('host', from, ({ name }) => name), useRecordValue('host', to, ({ name }) => name)];
  const others = entityIds.length - 1;
  return (
    <li className="flex flex-wrap items-center gap-2">
      <Badge tone={TONES[state]}>{state}</Badge>
      <span className="font-medium">{first ?? 'a container'}</span>
      {others > 0 ? <span className="text-ink-3">and {formatCount(others, 'other')}</span> : null}
      <span>
        {source ?? from} → {target ?? to}
      </span>
      {reason ? <span className="basis-full break-words pl-1 text-ink-2 text-sm">{reason}</span> : null}
    </li>
  );
}
