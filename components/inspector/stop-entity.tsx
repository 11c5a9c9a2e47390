'use client';
import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { stopVictims } from '@/components/applications/deletion-victims.ts';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { ActDialog } from '@/components/ui/act-dialog.tsx';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { stopEffects } from '@/server/domain/entity/stop-effects.ts';

/** Asks before an entity and all below it stop, and lists what that ends. Containers and data stay, so no name is typed. */
export function StopEntity({ entity, onClose }: { entity: Pick<Entity, 'id' | 'name'>; onClose: () => void }) {
  const trpc = useTRPC();
  const stop = useMutation(trpc.entity.stop.mutationOptions({ onSuccess: onClose }));
  const effects = useLive(
    ['application', 'entity', 'instance', 'host'],
    useCallback((tables: LiveTables) => stopEffects(entity.id, tables), [entity.id]),
  );
  return (
    <ActDialog
      act={stop}
      onClose={onClose}
      title={`Stop ${entity.name}?`}
      description="Containers and their data stay; Start brings the same ones back."
      victims={stopVictims(effects)}
      action={`Stop ${entity.name}`}
      onConfirm={() => stop.mutate({ entityId: entity.id })}
    />
  );
}
