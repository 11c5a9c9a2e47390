'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { HostRoom } from '@/server/engine/queries/room-for.ts';

/** How many more of a service would fit on each host. Asked again when it has grown or shrunk. */
export function RoomList({ entity }: { entity: Entity }) {
  const client = useTRPCClient();
  const { id: entityId, size, instanceId } = entity;
  const room = useQuery({
    queryKey: ['room', entityId, size, instanceId],
    queryFn: ({ signal }) => client.entity.room.query({ entityId }, { signal }),
    placeholderData: keepPreviousData,
  });
  if (room.isPending) return <SkeletonRows rows={3} />;
  if (room.isError) return <ErrorState compact error={toErrorView(room.error)} />;
  const { hosts, others, problem } = room.data;
  if (hosts.length === 0) return <p className="text-ink-2 text-sm">{problem ?? 'Nothing of it runs in a container.'}</p>;
  return (
    <>
      <p className="mb-1 text-ink-2 text-sm">{summaryOf(hosts)}</p>
      <ul aria-label="Room by host" className="flex flex-col gap-1 text-sm">
        {hosts.map(({ hostId, host, reason, ...counted }) => (
          <li key={hostId} className="flex items-baseline gap-2">
            <Link href={`/hosts/${hostId}`} className="shrink-0 text-accent-text underline underline-offset-2">
              {host}
            </Link>
            <span className="shrink-0 tabular">{wordsOf(counted)}</span>
            {reason === null ? null : <span className="min-w-0 break-words text-ink-3">then: {reason}</span>}
          </li>
        ))}
      </ul>
      {others > 0 ? <p className="text-ink-3 text-sm">{formatCount(others, 'host')} more not looked at</p> : null}
    </>
  );
}

function wordsOf({ count, isMore }: Pick<HostRoom, 'count' | 'isMore'>): string {
  if (count === 0) return 'none';
  return isMore ? `${count} more or above` : `${count} more`;
}

function summaryOf(hosts: readonly HostRoom[]): string {
  const total = hosts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 'No host takes another one now.';
  return hosts.some(({ isMore }) => isMore) ? `At least ${total} more would fit.` : `${total} more would fit.`;
}
