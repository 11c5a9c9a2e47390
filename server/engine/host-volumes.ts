import { actsOn, type BlueprintType } from '../domain/blueprint/type-registry.ts';
import type { ContainerSpec } from '../domain/entity/container-spec.ts';
import type { Entity } from '../domain/entity/entity.ts';
import { HOST_VOLUMES } from '../domain/entity/host-access.ts';
import { archivesOf, foldersOfHost, type HostVolumes } from '../domain/entity/host-volumes.ts';
import type { StoreView } from '../ports/store.ts';
import { keptArchives } from './sources/kept-archives.ts';

/** Of a type that acts on it. */
interface Config {
  readonly [HOST_VOLUMES]?: HostVolumes;
}

interface Given {
  readonly entity: Entity;
  readonly type: BlueprintType;
  /** As the type has read it. */
  readonly config: unknown;
  readonly view: StoreView;
}

/** A container with folders of its host, and with archives as they were kept when it was deployed; or which of those was not. */
export function withHostVolumes(spec: ContainerSpec, { entity, type, config, view }: Given): ContainerSpec | { readonly missing: string } {
  const value = actsOn(type, HOST_VOLUMES) ? ((config as Config)[HOST_VOLUMES] ?? {}) : {};
  const archives = keptArchives(entity, archivesOf(value), view);
  if ('missing' in archives) return archives;
  const folders = foldersOfHost(value);
  return {
    ...spec,
    ...(folders.length === 0 ? {} : { options: { ...spec.options, hostFolders: [...(spec.options?.hostFolders ?? []), ...folders] } }),
    ...(archives.kept.length === 0 ? {} : { archives: archives.kept }),
  };
}
