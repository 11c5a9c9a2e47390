import { SENSOR, type Sensors } from './entity.ts';
import type { Host } from './host.ts';
import type { Instance } from './instance.ts';

/** Ports that are taken to speak HTTP: the first that a container has gives its `main.uri`. */
const HTTP_PORTS: readonly number[] = [80, 8080, 8000, 3000];

/** Sensors that every container type publishes, `main.uri` where it has a port that speaks HTTP. `<n>` stands for a port. */
export const CONTAINER_SENSORS = [
  { name: SENSOR.state, type: 'string', description: 'State: RUNNING, STOPPED, ON_FIRE …' },
  { name: SENSOR.isUp, type: 'boolean', description: 'True while it serves' },
  { name: SENSOR.hostAddress, type: 'string', description: 'Address of its host' },
  { name: SENSOR.hostName, type: 'string', description: 'Name of its host' },
  { name: 'host.hostname', type: 'string', description: 'Where others reach its host: the same as host.address' },
  { name: 'host.subnet.hostname', type: 'string', description: 'Where its ports are reached by other hosts: the same as host.address' },
  { name: SENSOR.subnetAddress, type: 'string', description: 'Address of its container in the network of its host' },
  { name: 'network.<name>.address', type: 'string', description: 'Address of its container on a network that reaches all hosts' },
  { name: SENSOR.containerId, type: 'string', description: 'Docker’s id of its container' },
  { name: SENSOR.containerName, type: 'string', description: 'Name of its container' },
  { name: SENSOR.exitCode, type: 'number', description: 'Exit code of its container, once that has ended' },
  { name: SENSOR.imageName, type: 'string', description: 'Image it runs' },
  { name: 'docker.port.<n>', type: 'number', description: 'Port on the host that leads to this port of the container' },
  { name: 'mapped.docker.port.<n>', type: 'string', description: 'The same with the host’s address: host:port' },
  { name: SENSOR.mainUri, type: 'string', description: 'Where a browser finds it' },
  { name: 'docker.container.cpu', type: 'number', description: 'CPU it uses, 1 is one CPU', unit: 'ratio' },
  { name: 'docker.container.memory', type: 'number', description: 'Memory it uses', unit: 'bytes' },
] as const;

/** What follows from where and as what it runs. UDP ports are not told. */
export function containerSensors(instance: Instance, host: Host): Sensors {
  const ports = instance.ports.filter((binding) => binding.protocol === 'tcp');
  const open = ports.filter((binding) => binding.address === undefined);
  const web = HTTP_PORTS.map((port) => open.find((binding) => binding.container === port)).find((binding) => binding !== undefined);
  return {
    [SENSOR.hostAddress]: host.address,
    [SENSOR.hostName]: host.name,
    'host.hostname': host.address,
    'host.subnet.hostname': host.address,
    [SENSOR.containerId]: instance.containerId,
    [SENSOR.containerName]: instance.containerName,
    [SENSOR.imageName]: instance.spec.image,
    ...Object.fromEntries(
      ports.flatMap((binding) => [
        [`docker.port.${binding.container}`, binding.host],
        [`mapped.docker.port.${binding.container}`, toHostPort(binding.address ?? host.address, binding.host)],
      ]),
    ),
    ...(web === undefined ? {} : { [SENSOR.mainUri]: `http://${toHostPort(host.address, web.host)}/` }),
  };
}

/** Host port of a TCP port of the container; undefined when it has none. */
export function mappedPort(instance: Instance, container: number): number | undefined {
  return instance.ports.find((binding) => binding.container === container && binding.protocol === 'tcp')?.host;
}

/** `address:port`, IPv6 addresses in brackets. */
export function toHostPort(address: string, port: number): string {
  return address.includes(':') && !address.startsWith('[') ? `[${address}]:${port}` : `${address}:${port}`;
}
