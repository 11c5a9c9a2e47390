import type { EntityId, HostId, InstanceId } from '../../domain/shared/ids.ts';
import { createImageCache, type ImageCache } from './entity-images.ts';

/** What the entity side remembers between steps. Nothing here is needed after a restart: it only saves calls. */
export interface EntityMemory {
  readonly images: ImageCache;
  /** When an instance may be probed again, milliseconds since the epoch. */
  readonly probeAt: Map<InstanceId, number>;
  /** When a load balancer dropped an instance, milliseconds since the epoch. */
  readonly droppedAt: Map<InstanceId, number>;
  /** Entities that need a host, by cloud id. */
  readonly unplaced: Map<string, Set<EntityId>>;
  forgetInstance(instanceId: InstanceId): void;
  /** A host that was away may have lost its images. */
  forgetHost(hostId: HostId): void;
}

export function createEntityMemory(): EntityMemory {
  const probeAt = new Map<InstanceId, number>();
  const droppedAt = new Map<InstanceId, number>();
  const images = createImageCache();
  return {
    images,
    probeAt,
    droppedAt,
    unplaced: new Map(),
    forgetInstance(instanceId) {
      probeAt.delete(instanceId);
      droppedAt.delete(instanceId);
    },
    forgetHost: (hostId) => images.forgetHost(hostId),
  };
}
