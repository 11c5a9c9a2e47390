import type { Dependant } from '../../domain/entity/dependants.ts';
import type { Cloud, HostState } from '../../domain/entity/host.ts';
import { type ContainerVictim, stopEffects } from '../../domain/entity/stop-effects.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { isPushed } from '../../domain/snapshot/snapshot.ts';
import type { StoreView } from '../../ports/store.ts';
import { applicationsOn } from '../clouds/applications-on.ts';
import { cloudOf } from '../clouds/cloud-hosts.ts';

export interface DeletionPreview {
  readonly containers: readonly ContainerVictim[];
  /** Kept unless the deletion says otherwise. */
  readonly volumes: readonly { readonly entity: string; readonly host: string; readonly name: string; readonly volumeName: string }[];
  readonly ports: readonly { readonly host: string; readonly port: number; readonly protocol: 'tcp' | 'udp'; readonly entity: string }[];
  /** They go with it. */
  readonly snapshots: readonly {
    readonly entity: string;
    readonly host: string;
    readonly image: string;
    readonly pushedAs: string | null;
  }[];
  /** Its Docker clouds: hosts that are given back, and other applications on them. */
  readonly clouds: readonly CloudVictim[];
  /** Entities of other applications that do not do without this one. */
  readonly dependants: readonly Dependant[];
}

export interface CloudVictim {
  readonly cloud: string;
  readonly hosts: readonly { readonly name: string; readonly state: HostState; readonly foreignContainers: number }[];
  /** Stopped with it, or deleted where the deletion says so. */
  readonly applications: readonly { readonly applicationId: string; readonly name: string; readonly containers: number }[];
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
    clouds: view.entitiesOf(applicationId).flatMap((entity) => {
      const cloud = cloudOf(view, entity.id);
      return cloud ? [toVictim(view, cloud, applicationId)] : [];
    }),
    volumes: volumes.map((volume) => ({
      entity: entityName(volume.entityId),
      host: hostName(volume.hostId),
      name: volume.logicalName,
      volumeName: volume.volumeName,
    })),
    snapshots: [...view.all('snapshot').values()]
      .filter((snapshot) => snapshot.applicationId === applicationId)
      .map((snapshot) => ({
        entity: snapshot.entityName,
        host: hostName(snapshot.hostId),
        image: snapshot.image,
        pushedAs: isPushed(snapshot) ? (snapshot.push?.reference ?? null) : null,
      })),
    ports: instances.flatMap(({ ports, hostId, entityId }) =>
      ports.map((port) => ({ host: hostName(hostId), port: port.host, protocol: port.protocol, entity: entityName(entityId) })),
    ),
  };
}

function toVictim(view: StoreView, cloud: Cloud, applicationId: string): CloudVictim {
  const hosts = view.hostsOf(cloud.id).filter(({ origin }) => origin !== undefined);
  const count = (id: string): number =>
    hosts.reduce((sum, host) => sum + view.instancesOn(host.id).filter((instance) => instance.applicationId === id).length, 0);
  return {
    cloud: cloud.name,
    hosts: hosts.map(({ name, state, foreignContainers }) => ({ name, state, foreignContainers })),
    applications: applicationsOn(view, cloud, applicationId).map(({ id, name }) => ({ applicationId: id, name, containers: count(id) })),
  };
}
