import type { Adjunct } from '../adjunct/adjunct.ts';
import type { ArtifactRule } from '../artifact/artifact-rule.ts';
import type { CatalogItem } from '../catalog/catalog.ts';
import type { Application, Generation, Rollout } from '../entity/application.ts';
import type { Entity } from '../entity/entity.ts';
import type { Cloud, Credential, Host } from '../entity/host.ts';
import type { HostImage } from '../entity/host-image.ts';
import type { Instance } from '../entity/instance.ts';
import type { LiveInstance } from '../entity/live-instance.ts';
import type { Task } from '../entity/task.ts';
import type { NetworkRecord } from '../network/network-record.ts';
import type { VirtualNetwork } from '../network/virtual-network.ts';
import type { PlacementDecision } from '../placement/placement.ts';
import type { Registry } from '../registry/registry.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { SecretRecord } from './secret-record.ts';

/** Host port or other thing that only one owner may have. Record id: `port:<hostId>:<protocol>:<port>`. */
export interface Lease {
  readonly id: string;
  readonly ownerId: string;
  readonly at: number;
}

/** Named volume made on a host for an entity. Record id: `<hostId>:<volume name>`. */
export interface VolumeRecord {
  readonly id: string;
  readonly hostId: string;
  readonly entityId: string;
  readonly applicationId: string;
  readonly volumeName: string;
  readonly logicalName: string;
  readonly createdAt: number;
  /** On a machine without Docker: the folder that is in the place of a volume, and has a file that says whose it is. */
  readonly folder?: string;
  /** True from before it is made until it is known to be there: where its entity goes in between, it is removed all the same. */
  readonly planned?: boolean;
  /** True where its entity was deleted with its volumes while the host was lost: it is removed when the host comes back. */
  readonly condemned?: boolean;
}

/** A version of a type that somebody added. Record id: `<symbolic name>:<version>`. */
export interface CatalogRecord extends CatalogItem {
  readonly id: string;
  readonly addedAt: number;
  readonly addedBy: string;
}

/** Every kind of durable record. The store keeps each as one JSON document under (kind, id). */
export interface Records {
  application: Application;
  generation: Generation;
  rollout: Rollout;
  entity: Entity;
  instance: Instance;
  cloud: Cloud;
  host: Host;
  credential: Credential;
  task: Task;
  decision: PlacementDecision;
  lease: Lease;
  volume: VolumeRecord;
  catalogItem: CatalogRecord;
  network: NetworkRecord;
  virtualNetwork: VirtualNetwork;
  secret: SecretRecord;
  registry: Registry;
  image: HostImage;
  artifactRule: ArtifactRule;
  snapshot: Snapshot;
  adjunct: Adjunct;
}

export type Kind = keyof Records;

/** Records as those who follow all of a kind are told them: of containers an outline. */
export type FollowedRecords = Omit<Records, 'instance'> & { readonly instance: LiveInstance };

/** Whole tables of some kinds, by id. The console's live tables are such. */
export type RecordMaps<K extends Kind> = { readonly [P in K]: ReadonlyMap<string, FollowedRecords[P]> };

/** Reads the current records. What holds them (the store, a draft, the console's tables) is no concern of the domain. */
export interface RecordReader {
  get<K extends Kind>(kind: K, id: string): Records[K] | undefined;
  all<K extends Kind>(kind: K): ReadonlyMap<string, Records[K]>;
}

export const KINDS = [
  'application',
  'generation',
  'rollout',
  'entity',
  'instance',
  'cloud',
  'host',
  'credential',
  'task',
  'decision',
  'lease',
  'volume',
  'catalogItem',
  'network',
  'virtualNetwork',
  'secret',
  'registry',
  'image',
  'artifactRule',
  'snapshot',
  'adjunct',
] as const satisfies readonly Kind[];
