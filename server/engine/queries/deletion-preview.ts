import type { Dependant } from '../../domain/entity/dependants.ts';
import { type ContainerVictim, stopEffects } from '../../domain/entity/stop-effects.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { StoreView } from '../../ports/store.ts';

export interface DeletionPreview {
  readonly containers: readonly ContainerVictim[];
  /** Kept unless the deletion says otherwise. */
  readonly volumes: readonly { readonly entity: string; readonly host: string; readonly name: string; readonly volumeName: string }[];
  readonly ports: readonly { readonly host: string; readonly port: number; readonly protocol: 'tcp' | 'udp'; readonly entity: string }[];
  /** Entities of other applications that do not do without this one. */
  readonly dependants: readonly Dependant[];
}

/** What a deletion would take away. @throws ClockerError not-found */
export function previewDeletion(view: StoreView, applicationId: string): DeletionPreview {
  const application = view.get('application', applicationId);
  if (!application) throw new ClockerError('not-found', { message: `There is no application ${applicationId}` });
  const tables = {
    application: view.all('application'),
    entity: view.all('entity'),
    instance: view.all('instance'),
    host: view.all('host'),
  };
  const hostName = (id: string): string => view.get('host', id)?.name ?? id;
  const entityName = (id: string): string => view.get('entity', id)?.name ?? id;
  const instances = view.entitiesOf(applicationId).flatMap((entity) => view.instancesOf(entity.id));
  const volumes = [...view.all('volume').values()].filter((volume) => volume.applicationId === applicationId);
  return {
    ...stopEffects(application.rootId, tables),
    volumes: volumes.map((volume) => ({
      entity: entityName(volume.entityId),
      host: hostName(volume.hostId),
      name: volume.logicalName,
      volumeName: volume.volumeName,
    })),
    ports: instances.flatMap(({ ports, hostId, entityId }) =>
      ports.map((port) => ({ host: hostName(hostId), port: port.host, protocol: port.protocol, entity: entityName(entityId) })),
    ),
  };
}
