'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { HostId } from '@/server/domain/shared/ids.ts';

export interface MoveEntityProps {
  entity: Entity;
  /** The host that is chosen at first; without it placement chooses. */
  onto?: HostId | null;
  onClose: () => void;
}

/** Where an entity is to go: to any other host, or to one of those that would take it now. */
export function MoveEntity({ entity, onto = null, onClose }: MoveEntityProps) {
  const trpc = useTRPC();
  const [to, setTo] = useState(onto);
  const targets = useQuery(trpc.entity.moveTargets.queryOptions({ entityId: entity.id }, { staleTime: 0, gcTime: 0 }));
  const move = useMutation(trpc.entity.move.mutationOptions({ onSuccess: onClose }));
  const { from = null, together = [], stopsFirst = [], hosts = [], problem = null } = targets.data ?? {};
  const refused = hosts.some(({ hostId, reason }) => hostId === to && reason !== null);
  const isAnywhere = hosts.some(({ reason }) => reason === null);
  return (
    <FormDialog
      title={`Move ${entity.name}${from === null ? '' : ` away from ${from}`}`}
      action="Move"
      disabled={targets.isError || problem !== null || refused}
      busy={move.isPending || targets.isPending}
      error={move.error}
      onSubmit={() => move.mutate({ entityId: entity.id, ...(to === null ? {} : { toHostId: to }) })}
      onClose={onClose}
    >
      <div className="col-span-2 flex flex-col gap-3">
        <p className="text-ink-2">
          {stopsFirst.length === 0
            ? 'It starts on the other host before it stops where it is; load balancers follow, other addresses change.'
            : `${stopsFirst.join(', ')} ${stopsFirst.length === 1 ? 'keeps its network addresses: it stops' : 'keep their network addresses: they stop'} here once all is ready there, with a short outage until the start there.`}
        </p>
        {together.length > 0 ? (
          <p className="text-ink-2">
            {formatCount(together.length, 'other')} {together.length === 1 ? 'has' : 'have'} to be with it, and will go too:{' '}
            {together.join(', ')}.
          </p>
        ) : null}
        {targets.isPending ? <SkeletonRows rows={3} /> : null}
        {targets.error ? <ErrorState compact error={toErrorView(targets.error)} /> : null}
        {problem === null ? null : <p>{problem}.</p>}
        {targets.data && problem === null ? (
          <fieldset className="flex flex-col gap-2">
            <legend className="pb-1 font-medium">To</legend>
            <Choice
              checked={to === null}
              onChoose={() => setTo(null)}
              hint={isAnywhere ? '' : 'No host takes it now: it waits, and serves where it is.'}
            >
              The host that placement chooses
            </Choice>
            {hosts.map(({ hostId, host, reason }) => (
              <Choice
                key={hostId}
                checked={to === hostId}
                onChoose={() => setTo(hostId)}
                hint={reason ?? 'fits'}
                disabled={reason !== null}
              >
                {host}
              </Choice>
            ))}
          </fieldset>
        ) : null}
      </div>
    </FormDialog>
  );
}

interface ChoiceProps {
  checked: boolean;
  onChoose: () => void;
  hint: string;
  disabled?: boolean;
  children: ReactNode;
}

function Choice({ checked, onChoose, hint, disabled = false, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        type="radio"
        name="to"
        checked={checked}
        disabled={disabled}
        onChange={onChoose}
        className="mt-1 size-3.5 shrink-0 accent-accent"
        aria-describedby={hint === '' ? undefined : `${id}-hint`}
      />
      <span className="min-w-0">
        <label htmlFor={id} className={disabled ? 'text-ink-3' : ''}>
          {children}
        </label>
        {hint === '' ? null : (
          <span id={`${id}-hint`} className="block break-words text-ink-3 text-sm">
            {hint}
          </span>
        )}
      </span>
    </div>
  );
}
