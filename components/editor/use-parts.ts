'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { type PartType, toPartTypes } from './part-types.ts';

const FOREVER = { staleTime: Number.POSITIVE_INFINITY };

/** All that can be put into a blueprint. */
export function useParts(): { readonly parts: readonly PartType[]; readonly error: unknown; readonly retry: () => void } {
  const trpc = useTRPC();
  const shipped = useQuery(trpc.catalog.types.queryOptions(undefined, FOREVER));
  const entities = useQuery(trpc.entity.types.queryOptions(undefined, FOREVER));
  const added = useRecords('catalogItem');
  const parts = useMemo(
    () => (shipped.data && entities.data ? toPartTypes(shipped.data, entities.data, added) : []),
    [shipped.data, entities.data, added],
  );
  const retry = () => {
    void shipped.refetch();
    void entities.refetch();
  };
  return { parts, error: shipped.error ?? entities.error, retry };
}
