'use client';
import { MoveEntity } from '@/components/inspector/move-entity.tsx';
import { useRecord } from '@/components/live/use-live.ts';

/** A container that is asked to go elsewhere: to one host, or to any. */
export interface Moving {
  readonly instanceId: string;
  readonly hostId: string | null;
}

/** What goes with it and what stops is shown before anything moves. */
export function MoveContainer({ moving, onClose }: { moving: Moving; onClose: () => void }) {
  const instance = useRecord('instance', moving.instanceId);
  const entity = useRecord('entity', instance?.entityId);
  const host = useRecord('host', moving.hostId ?? undefined);
  return entity ? <MoveEntity entity={entity} onClose={onClose} {...(host ? { onto: host.id } : {})} /> : null;
}
