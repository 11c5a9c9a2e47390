'use client';
import { StateBadge, StateIcon } from '@/components/ui/state-badge.tsx';
import { entityLook } from '@/components/ui/state-look.ts';
import { Time } from '@/components/ui/time.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { useLastKnown } from './use-last-known.ts';

/** The state of an entity. Where hosts do not answer it says how old the last reading is, and what it was. */
export function EntityBadge({ entity }: { entity: Entity }) {
  const lastKnown = useLastKnown(entity.id);
  const look = entityLook(entity, lastKnown);
  if (!lastKnown) return <StateBadge look={look} />;
  const { unknown, total, since } = lastKnown;
  const last = unknown === total ? `was ${entity.actual}` : `${unknown} of ${total} unknown`;
  return (
    <StateBadge
      look={look}
      note={
        <>
          {last}, <Time at={since} />
        </>
      }
    />
  );
}

export function EntityIcon({ entity }: { entity: Entity }) {
  return <StateIcon look={entityLook(entity, useLastKnown(entity.id))} label />;
}
