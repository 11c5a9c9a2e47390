import { type Entity, SENSOR, type Sensors } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import type { StoreView } from '../../ports/store.ts';
import { cloudOf, membersOf } from './cloud-hosts.ts';

/** Clocker's sensors of a Docker cloud that follow from the records. Those of its headroom are written by the headroom watch. */
export function cloudSensors(view: StoreView, entity: Entity): Sensors {
  const cloud = cloudOf(view, entity.id);
  if (!cloud) return {};
  const hosts = view.hostsOf(cloud.id);
  const containers = hosts.map((host) => view.instancesOn(host.id).length);
  const slots = view.childrenOf(entity.id).map(({ slot }) => slot ?? 0);
  const before = entity.sensors['docker.hosts.counter'];
  return {
    'entity.dynamicLocation': cloud.name,
    'entity.dynamicLocation.spec': `docker:${entity.id}:(name="${cloud.name}")`,
    'docker.hosts': hosts.map(({ name }) => name).sort(),
    'docker.hosts.total': membersOf(view, entity).length,
    'docker.hosts.ready': hosts.filter(({ state }) => state === 'ready').length,
    'docker.hosts.failed': membersOf(view, entity).filter((member) => member.actual === 'ON_FIRE').length,
    'docker.hosts.idle': hosts.filter((host, index) => containers[index] === 0 && host.foreignContainers === 0).length,
    'docker.hosts.counter': Math.max(typeof before === 'number' ? before : 0, ...slots),
    'docker.containers.total': containers.reduce((sum, count) => sum + count, 0),
    'docker.containers.counter': cloud.placements,
    'docker.containers.idle': hosts.reduce((sum, host) => sum + host.foreignContainers, 0),
    'docker.buckets': buckets(view, hosts),
    [SENSOR.mainUri]: '/hosts',
  };
}

/** Containers by the name of their application. */
function buckets(view: StoreView, hosts: readonly Host[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { applicationId } of hosts.flatMap((host) => view.instancesOn(host.id))) {
    const name = view.get('application', applicationId)?.name ?? applicationId;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function hostSensors(view: StoreView, host: Host): Sensors {
  return {
    'docker.host.name': host.name,
    'docker.host.id': host.id,
    'docker.containers.total': view.instancesOn(host.id).length,
    'docker.containers.idle': host.foreignContainers,
    [SENSOR.hostAddress]: host.address,
    [SENSOR.hostName]: host.name,
  };
}
