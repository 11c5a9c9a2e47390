import type { EntityId, HostId, InstanceId } from '../../domain/shared/ids.ts';
import { createImageCache, type ImageCache } from './entity-images.ts';

/** What the entity side remembers between steps. Nothing here is needed after a restart: it only saves calls. */
export interface EntityMemory {
  readonly images: ImageCache;
  /** When an instance may be probed again, milliseconds since the epoch. */
  readonly probeAt: Map<InstanceId, number>;
  /** When the last connection through a load balancer that dropped it had ended, by instance, milliseconds since the epoch. */
  readonly droppedAt: Map<InstanceId, number>;
  /** Instances that a load balancer has dropped and may still have connections to. */
  readonly draining: Set<InstanceId>;
  /** Process ids of containers as seen at their start, on their hosts. */
  readonly pids: Map<InstanceId, number>;
  /** Instances whose image was asked for at the registry. */
  readonly pulledFor: Set<InstanceId>;
  /** Load balancers by application id; kept by the change router. */
  readonly balancers: Map<string, Set<EntityId>>;
  /** Entities that need a host, by cloud id. */
  readonly unplaced: Map<string, Set<EntityId>>;
  forgetInstance(instanceId: InstanceId): void;
  /** A host that was away may have lost its images. */
  forgetHost(hostId: HostId): void;
}

export function createEntityMemory(): EntityMemory {
  const probeAt = new Map<InstanceId, number>();
  const droppedAt = new Map<InstanceId, number>();
  const draining = new Set<InstanceId>();
  const pids = new Map<InstanceId, number>();
  const pulledFor = new Set<InstanceId>();
  const images = createImageCache();
  return {
    images,
    pulledFor,
    probeAt,
    droppedAt,
    draining,
    pids,
    balancers: new Map(),
    unplaced: new Map(),
    forgetInstance(instanceId) {
      probeAt.delete(instanceId);
      droppedAt.delete(instanceId);
      draining.delete(instanceId);
      pids.delete(instanceId);
      pulledFor.delete(instanceId);
    },
    forgetHost: (hostId) => images.forgetHost(hostId),
  };
}
