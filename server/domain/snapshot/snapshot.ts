import type { ContainerSpec } from '../entity/container-spec.ts';
import type { ApplicationId, EntityId, HostId, InstanceId, SnapshotId } from '../shared/ids.ts';
import type { SecretParts } from './secret-parts.ts';

/**
 * An image of what an entity's container had written into its own file system, on the host of that container.
 *
 *   taking ─► ready ─► removing ─► row deleted
 *      └───► failed ──────┘
 *
 * taking    intent is committed; the image may or may not be on the host yet
 * failed    there is none, or it is not known to be whole: `problem` tells why
 * removing  the image goes as soon as its host can be reached
 */
export interface Snapshot {
  readonly id: SnapshotId;
  readonly applicationId: ApplicationId;
  readonly entityId: EntityId;
  /** As the entity was called then: the snapshot may outlive it. */
  readonly entityName: string;
  readonly instanceId: InstanceId;
  readonly hostId: HostId;
  /** `clocker/snapshot:<id, lower case>` */
  readonly image: string;
  /** What the container was of. */
  readonly takenOf: string;
  readonly state: 'taking' | 'ready' | 'failed' | 'removing';
  /** Why it failed, or cannot be removed yet; empty otherwise. */
  readonly problem: string;
  /** The container stood still meanwhile. */
  readonly pause: boolean;
  /** With the layers that it shares with others; null until it is taken. */
  readonly sizeBytes: number | null;
  /** In a person's words; may be empty. */
  readonly note: string;
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly secrets: SnapshotSecrets;
  /** Named volumes of the container: they are not in it. */
  readonly volumes: readonly string[];
  /** Absent until somebody asks for it: it leaves its host in no other way. */
  readonly push?: SnapshotPush;
}

/** Names of secrets, never the secrets. */
export interface SnapshotSecrets extends SecretParts {
  /** What the entity's config reads of the installation's secrets, as `provider/name`. */
  readonly read: readonly string[];
}

export interface SnapshotPush {
  readonly state: 'wanted' | 'failed' | 'done';
  /** Name in the registry of its cloud. */
  readonly reference: string;
  readonly problem: string;
  readonly by: string;
}

/** An entity's choice to run from a snapshot. */
export interface RestoredFrom {
  readonly id: SnapshotId;
  /** Image of the blueprint then. Once it asks for another, that is taken. */
  readonly insteadOf: string;
  /** Differs from one restore to the next: each makes another container. */
  readonly serial: number;
}

const REPOSITORY = 'clocker/snapshot';

export function snapshotImage(id: SnapshotId): string {
  return `${REPOSITORY}:${id.toLowerCase()}`;
}

/** The spec with the snapshot's image in the place of its own; as it is where the blueprint asks for another image by now. */
export function withSnapshot(spec: ContainerSpec, restored: RestoredFrom | undefined): ContainerSpec {
  if (restored === undefined || restored.insteadOf !== spec.image) return spec;
  const { build: _, ...rest } = spec;
  return { ...rest, image: snapshotImage(restored.id), snapshot: { id: restored.id, serial: restored.serial } };
}

/** Any host can have it. */
export function isPushed({ push }: Snapshot): boolean {
  return push?.state === 'done';
}
