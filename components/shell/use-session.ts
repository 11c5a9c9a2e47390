'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc.ts';
import type { Permission } from '@/server/ports/auth.ts';

/** Who is signed in. Kept for five minutes; undefined while it is asked for. */
export function useSession() {
  const trpc = useTRPC();
  return useQuery(trpc.session.me.queryOptions(undefined, { staleTime: 300_000, retry: false }));
}

/** Whether to offer something. The server decides by itself; this only keeps buttons away that would be refused. */
export function useMay(permission: Permission): boolean {
  return useSession().data?.permissions.includes(permission) ?? false;
}
