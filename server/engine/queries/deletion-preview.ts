import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { ApplicationId } from '../../domain/shared/ids.ts';
import type { StoreView } from '../../ports/store.ts';

export interface DeletionPreview {
  readonly containers: readonly { readonly entity: string; readonly host: string; readonly name: string; readonly state: string }[];
  readonly volumes: readonly { readonly entity: string; readonly host: string; readonly name: string; readonly volumeName: string }[];
  readonly ports: readonly { readonly host: string; readonly port: number; readonly protocol: 'tcp' | 'udp'; readonly entity: string }[];
  /** Entities of other applications whose config names an address of this one. */
  readonly dependants: readonly { readonly applicationId: ApplicationId; readonly application: string; readonly entity: string }[];
}

/** What a deletion would take away. Volumes go only when the deletion says so. @throws ClockerError not-found */
export function previewDeletion(view: StoreView, applicationId: ApplicationId): DeletionPreview {
  if (!view.get('application', applicationId)) throw new ClockerError('not-found', { message: `There is no application ${applicationId}` });
  const entities = view.entitiesOf(applicationId);
  const hostName = (id: string): string => view.get('host', id)?.name ?? id;
  const rows = entities.flatMap((entity) => view.instancesOf(entity.id).map((instance) => ({ entity: entity.name, instance })));
  const names = new Map<string, string>(entities.map((entity) => [entity.id, entity.name]));
  const volumes = [...view.all('volume').values()].filter((volume) => volume.applicationId === applicationId);
  const ports = rows.flatMap(({ entity, instance }) =>
    instance.ports.map(({ host: port, protocol }) => ({ host: hostName(instance.hostId), port, protocol, entity })),
  );
  return {
    containers: rows.map(({ entity, instance }) => ({
      entity,
      host: hostName(instance.hostId),
      name: instance.containerName,
      state: instance.state,
    })),
    volumes: volumes.map((volume) => ({
      entity: names.get(volume.entityId) ?? volume.entityId,
      host: hostName(volume.hostId),
      name: volume.logicalName,
      volumeName: volume.volumeName,
    })),
    ports,
    dependants: dependantsOf(view, applicationId, addressesOf(view, applicationId)),
  };
}

/** `address:port` of everything that the application offers on its hosts. */
function addressesOf(view: StoreView, applicationId: ApplicationId): readonly string[] {
  return view.entitiesOf(applicationId).flatMap((entity) =>
    view.instancesOf(entity.id).flatMap((instance) => {
      const address = view.get('host', instance.hostId)?.address;
      return address ? instance.ports.map((port) => `${address}:${port.host}`) : [];
    }),
  );
}

function dependantsOf(view: StoreView, applicationId: ApplicationId, addresses: readonly string[]): DeletionPreview['dependants'] {
  if (addresses.length === 0) return [];
  return [...view.all('entity').values()].flatMap((entity) => {
    if (entity.applicationId === applicationId) return [];
    const config = JSON.stringify(entity.spec.config);
    const names = addresses.some((address) => new RegExp(`${escapeRegExp(address)}(?![0-9])`).test(config));
    const application = view.get('application', entity.applicationId);
    return names && application ? [{ applicationId: application.id, application: application.name, entity: entity.name }] : [];
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
