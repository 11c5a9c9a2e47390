'use client';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { notify } from '@/components/ui/notify.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';

/** The acts on one entity. What they do is watched in Activity; a refusal is told at once. */
export function useEffector(entityId: string) {
  const trpc = useTRPC();
  const onError = (error: unknown) => notify.failure(toErrorView(error));
  const start = useMutation(trpc.entity.start.mutationOptions({ onError }));
  const restart = useMutation(trpc.entity.restart.mutationOptions({ onError }));
  const resize = useMutation(trpc.entity.resize.mutationOptions({ onError }));
  return {
    start: () => start.mutate({ entityId }),
    restart: () => restart.mutate({ entityId }),
    resize: (size: number) => resize.mutate({ entityId, size }),
    busy: start.isPending || restart.isPending || resize.isPending,
  };
}
