'use client';
import { useMutation } from '@tanstack/react-query';
import { History, Pause, Play, Settings2, Unplug } from 'lucide-react';
import { useState } from 'react';
import { useRecord } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import { ActsMenu } from '@/components/ui/acts-menu.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { DropdownItem } from '@/components/ui/dropdown.tsx';
import { notify } from '@/components/ui/notify.ts';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { Time } from '@/components/ui/time.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { AdjunctView } from '@/server/engine/queries/adjuncts-of.ts';
import { adjunctLook } from './adjunct-look.ts';
import { EditAdjunct } from './edit-adjunct.tsx';
import { RehearseAdjunct } from './rehearse-adjunct.tsx';
import { SuspendAdjunct } from './suspend-adjunct.tsx';

type Asking = 'suspend' | 'edit' | 'rehearse' | 'detach' | null;

/** One policy, enricher or sensor: its state in colour, icon and words, and what it sees now. */
export function AdjunctCard({ entity, adjunct }: { entity: Entity; adjunct: AdjunctView }) {
  const trpc = useTRPC();
  const mayOperate = useMay('operate');
  const [asking, setAsking] = useState<Asking>(null);
  const live = useRecord('adjunct', adjunct.id);
  const highlight = live?.highlight ?? adjunct.highlight;
  const ref = { entityId: entity.id, adjunct: adjunct.key };
  const resume = useMutation(trpc.adjunct.resume.mutationOptions({ onError: (error) => notify.failure(toErrorView(error)) }));
  const detach = useMutation(trpc.adjunct.detach.mutationOptions({ onSuccess: () => setAsking(null) }));
  const works = adjunct.acts.includes('decides') || adjunct.acts.includes('feeds');
  const close = (): void => setAsking(null);
  return (
    <li className="flex flex-col gap-1 px-3 py-2">
      <div className="flex min-h-row flex-wrap items-center gap-2">
        <span className="font-medium">{adjunct.title}</span>
        {works ? <StateBadge look={adjunctLook({ suspended: adjunct.suspended, highlight })} /> : null}
        {adjunct.added ? <Badge>attached here</Badge> : null}
        {adjunct.changed.length > 0 ? <Badge>changed here</Badge> : null}
        <span className="ml-auto flex items-center">
          <ActsMenu name={adjunct.title}>
            {mayOperate && works && adjunct.suspended ? (
              <DropdownItem icon={<Play aria-hidden />} onSelect={() => resume.mutate(ref)}>
                Resume
              </DropdownItem>
            ) : null}
            {mayOperate && works && !adjunct.suspended ? (
              <DropdownItem icon={<Pause aria-hidden />} onSelect={() => setAsking('suspend')}>
                Suspend…
              </DropdownItem>
            ) : null}
            {mayOperate && works ? (
              <DropdownItem icon={<Settings2 aria-hidden />} onSelect={() => setAsking('edit')}>
                Edit…
              </DropdownItem>
            ) : null}
            {adjunct.kind === 'policy' && adjunct.acts.includes('decides') ? (
              <DropdownItem icon={<History aria-hidden />} onSelect={() => setAsking('rehearse')}>
                Rehearse…
              </DropdownItem>
            ) : null}
            {mayOperate && adjunct.added ? (
              <DropdownItem icon={<Unplug aria-hidden />} onSelect={() => setAsking('detach')}>
                Detach…
              </DropdownItem>
            ) : null}
          </ActsMenu>
        </span>
      </div>
      {highlight ? (
        <p className="text-ink-2 text-sm">
          {highlight.text}{' '}
          <span className="text-ink-3">
            · <Time at={highlight.at} />
          </span>
        </p>
      ) : (
        <p className="text-ink-3 text-sm">{adjunct.description}</p>
      )}
      {adjunct.suspended ? (
        <p className="text-ink-3 text-sm">
          Suspended by {adjunct.suspended.by} <Time at={adjunct.suspended.at} />
          {adjunct.suspended.why === '' ? '' : `: ${adjunct.suspended.why}`}
        </p>
      ) : null}
      {asking === 'suspend' ? <SuspendAdjunct adjunct={adjunct} onClose={close} /> : null}
      {asking === 'edit' ? <EditAdjunct adjunct={adjunct} onClose={close} /> : null}
      {asking === 'rehearse' ? <RehearseAdjunct adjunct={adjunct} onClose={close} /> : null}
      {asking === 'detach' ? (
        <ActDialog
          act={detach}
          onClose={close}
          title={`Detach ${adjunct.title} from ${entity.name}?`}
          description="It works no more, and what it remembers is forgotten. It was attached here, and stands in no blueprint."
          victims={[]}
          action={`Detach ${adjunct.title}`}
          onConfirm={() => detach.mutate(ref)}
        />
      ) : null}
    </li>
  );
}
