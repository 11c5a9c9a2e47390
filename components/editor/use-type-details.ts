'use client';
import { skipToken, useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc.ts';
import type { TypeDetails } from '@/server/api/catalog/type.ts';
import type { PartType } from './part-types.ts';

/** What a type that ships takes and gives; undefined for one that somebody added, and while it is asked for. */
export function useTypeDetails(part: PartType | undefined): {
  readonly data: TypeDetails | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
} {
  const isShipped = part !== undefined && part.group !== 'Added to the catalog';
  const query = useQuery(
    useTRPC().catalog.type.queryOptions(isShipped ? { id: part.id } : skipToken, { staleTime: Number.POSITIVE_INFINITY }),
  );
  return { data: query.data, error: query.error, isPending: isShipped && query.isPending };
}
