'use client';
import { useCallback } from 'react';
import { type LastKnown, lastKnownOf } from '@/server/domain/entity/last-known.ts';
import type { LiveTables } from './live-state.ts';
import { useLive } from './use-live.ts';

/** How much of an entity's state is only the last that was known, because hosts do not answer; null where none is. */
export function useLastKnown(entityId: string): LastKnown | null {
  const known = useLive(
    ['entity', 'instance', 'host'],
    useCallback(
      (tables: LiveTables) => {
        const found = lastKnownOf(entityId, tables);
        return found && ([found.total, found.unknown, found.since] as const);
      },
      [entityId],
    ),
  );
  return known && { total: known[0], unknown: known[1], since: known[2] };
}
