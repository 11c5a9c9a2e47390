'use client';
import { useMemo } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import type { Drawing } from '@/server/domain/blueprint-edit/edit-session.ts';
import type { EntitySpec } from '@/server/domain/entity/entity-spec.ts';
import type { PreviewedDecision } from '@/server/engine/queries/preview-placement.ts';
import { type GhostHost, ghostsOf } from './ghosts.ts';
import { keyAround, keysByPath, partPlaces } from './part-paths.ts';

/** The plan of a text, and where its containers would go. */
export interface PlannedPlaces {
  readonly root: EntitySpec;
  readonly placement: readonly PreviewedDecision[];
}

export const NO_GHOSTS: readonly GhostHost[] = [];

/** Hosts with the containers of a plan, joined to the parts that they would be made of. */
export function useGhosts(drawing: Drawing | null, planned: PlannedPlaces | undefined): readonly GhostHost[] {
  const hosts = useRecords('host');
  return useMemo(() => {
    if (drawing === null || planned === undefined) return NO_GHOSTS;
    const keys = keysByPath(partPlaces(drawing, planned.root));
    return ghostsOf(planned.placement, {
      hostName: (id) => hosts.find((host) => host.id === id)?.name ?? id,
      partAt: (path) => keyAround(path, keys),
    });
  }, [drawing, planned, hosts]);
}
