/** Ids are branded so that one kind is never passed for another. They are ULID-like strings made by the engine (`ports/ids.ts`). */
export type Id<Kind extends string> = string & { readonly __kind: Kind };

export type ApplicationId = Id<'application'>;
export type EntityId = Id<'entity'>;
export type InstanceId = Id<'instance'>;
export type CloudId = Id<'cloud'>;
export type HostId = Id<'host'>;
export type CredentialId = Id<'credential'>;
export type TaskId = Id<'task'>;
export type RolloutId = Id<'rollout'>;
export type SnapshotId = Id<'snapshot'>;
