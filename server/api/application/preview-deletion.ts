import type { StoreView } from '../../ports/store.ts';

export interface DeletionPreview {
  readonly containers: readonly { readonly name: string; readonly entity: string; readonly host: string }[];
  /** Kept unless the delete says otherwise. */
  readonly volumes: readonly { readonly name: string; readonly entity: string; readonly host: string }[];
  readonly ports: readonly { readonly host: string; readonly port: number; readonly protocol: 'tcp' | 'udp' }[];
  /** Other applications whose blueprint names this one. */
  readonly dependants: readonly { readonly id: string; readonly name: string }[];
}

export function toDeletionPreview(view: StoreView, applicationId: string): DeletionPreview {
  const hostName = (hostId: string) => view.get('host', hostId)?.name ?? hostId;
  const entityName = (entityId: string) => view.get('entity', entityId)?.name ?? entityId;
  const instances = view.entitiesOf(applicationId).flatMap((entity) => view.instancesOf(entity.id));
  const volumes = [...view.all('volume').values()].filter((volume) => volume.applicationId === applicationId);
  return {
    containers: instances.map((instance) => ({
      name: instance.containerName,
      entity: entityName(instance.entityId),
      host: hostName(instance.hostId),
    })),
    volumes: volumes.map((volume) => ({ name: volume.volumeName, entity: entityName(volume.entityId), host: hostName(volume.hostId) })),
    ports: instances.flatMap((instance) =>
      instance.ports.map((port) => ({ host: hostName(instance.hostId), port: port.host, protocol: port.protocol })),
    ),
    dependants: [],
  };
}
