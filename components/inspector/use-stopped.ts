'use client';
import { useCallback } from 'react';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive } from '@/components/live/use-live.ts';

/** `web 1 on host2` for each running container of an entity and of all below it: what a stop ends. */
export function useStopped(entityId: string): readonly string[] {
  return useLive(
    ['entity', 'instance', 'host'],
    useCallback((tables: LiveTables) => stoppedBy(entityId, tables), [entityId]),
  );
}

function stoppedBy(entityId: string, { entity, instance, host }: LiveTables): readonly string[] {
  const isBelow = (id: string | null): boolean => id !== null && (id === entityId || isBelow(entity.get(id)?.parentId ?? null));
  return [...instance.values()]
    .filter((each) => each.state === 'running' && isBelow(each.entityId))
    .map((each) => `${entity.get(each.entityId)?.name ?? each.containerName} on ${host.get(each.hostId)?.name ?? 'an unknown host'}`)
    .sort();
}
