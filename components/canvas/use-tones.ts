'use client';
import { useCallback } from 'react';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive } from '@/components/live/use-live.ts';
import type { Tone } from '@/components/ui/state-look.ts';
import { containerLook, countTones, type ToneCounts } from './container-look.ts';

/** How many of these containers have each tone; rendered again only when a number changes. */
export function useToneCounts(instanceIds: readonly string[]): ToneCounts {
  return useLive(
    ['entity', 'instance', 'host'],
    useCallback((tables: LiveTables) => countTones(instanceIds.map((id) => toneOf(tables, id) ?? 'off')), [instanceIds]),
  );
}

/** Null for a container that is gone. */
export function toneOf({ instance, entity, host }: LiveTables, instanceId: string): Tone | null {
  const own = instance.get(instanceId);
  const its = own && entity.get(own.entityId);
  return own && its ? containerLook({ instance: own, entity: its, host: host.get(own.hostId) }).tone : null;
}
