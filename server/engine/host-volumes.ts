import type { BlueprintType } from '../domain/blueprint/type-registry.ts';
import type { ContainerSpec } from '../domain/entity/container-spec.ts';
import type { Entity } from '../domain/entity/entity.ts';
import { HOST_VOLUMES } from '../domain/entity/host-access.ts';
import { archivesOf, foldersOfHost, type HostVolumes, hostVolumes } from '../domain/entity/host-volumes.ts';
import type { StoreView } from '../ports/store.ts';
import { keptArchives } from './sources/kept-archives.ts';

interface Given {
  readonly entity: Entity;
  readonly type: BlueprintType;
  readonly config: unknown;
  readonly view: StoreView;
}

/** Whether containers of a type are given what `docker.host.volumes` names. */
export function takesHostVolumes({ config, plannedKeys = {} }: Pick<BlueprintType, 'config' | 'plannedKeys'>): boolean {
  return 'shape' in config && Object.hasOwn(config.shape as object, HOST_VOLUMES) && !Object.hasOwn(plannedKeys, HOST_VOLUMES);
}

/** A container with folders of its host, and with archives as they were kept when it was deployed; or which of those was not. */
export function withHostVolumes(spec: ContainerSpec, { entity, type, config, view }: Given): ContainerSpec | { readonly missing: string } {
  const value = takesHostVolumes(type) ? volumesIn(config) : {};
  const archives = keptArchives(entity, archivesOf(value), view);
  if ('missing' in archives) return archives;
  const folders = foldersOfHost(value);
  return {
    ...spec,
    ...(folders.length === 0 ? {} : { options: { ...spec.options, hostFolders: [...(spec.options?.hostFolders ?? []), ...folders] } }),
    ...(archives.kept.length === 0 ? {} : { archives: archives.kept }),
  };
}

function volumesIn(config: unknown): HostVolumes {
  return hostVolumes.safeParse((config as Readonly<Record<string, unknown>>)[HOST_VOLUMES]).data ?? {};
}
