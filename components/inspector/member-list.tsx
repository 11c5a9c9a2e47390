'use client';
import Link from 'next/link';
import { useRecords } from '@/components/live/use-live.ts';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { entityLook } from '@/components/ui/state-look.ts';
import { QUARANTINE_GROUP } from '@/server/domain/cluster/members.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';

/** Members of a group that stand elsewhere in its application, or that a quarantine keeps, with the reason. Nothing for what has children only. */
export function MemberList({ entity }: { entity: Entity }) {
  const members = useRecords('entity', (one) => isMemberOf(one, entity));
  const keeps = entity.type === QUARANTINE_GROUP;
  if (!keeps && entity.members === undefined) return null;
  return (
    <section aria-label="Members">
      <h2 className="mb-1 text-sm font-semibold">{keeps ? 'Kept members' : 'Members'}</h2>
      {members.length === 0 ? (
        <p className="text-ink-2">{keeps ? 'None: every member that did not come up has been started again or expunged.' : 'None.'}</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {members.toSorted(bySlotThenAge).map((member) => (
            <li key={member.id} className="flex flex-wrap items-center gap-2">
              <Link
                href={`/applications/${member.applicationId}?entity=${member.id}`}
                className="text-accent-text underline underline-offset-2"
              >
                {member.name}
              </Link>
              <StateBadge look={entityLook(member, null)} />
              {member.quarantine ? <span className="min-w-0 text-sm break-words text-ink-2">{member.quarantine.reason}</span> : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function isMemberOf(one: Entity, group: Entity): boolean {
  if (group.type === QUARANTINE_GROUP) return one.parentId === group.parentId && one.quarantine !== undefined;
  return group.members?.includes(one.id) === true;
}

function bySlotThenAge(a: Entity, b: Entity): number {
  return (a.slot ?? 0) - (b.slot ?? 0) || (a.id < b.id ? -1 : 1);
}
