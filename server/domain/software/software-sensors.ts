import { containerSensors, mappedPort, toHostPort } from '../entity/container-sensors.ts';
import { SENSOR, type Sensors } from '../entity/entity.ts';
import type { Host } from '../entity/host.ts';
import type { Instance } from '../entity/instance.ts';
import type { ProcessSpec } from './process-spec.ts';

interface Place {
  readonly instance: Instance;
  readonly host: Host;
}

/** What follows from where software runs, whatever it is. Ports are those of its host: in a container the ones that lead to its own. */
export function softwareSensors(process: ProcessSpec, ports: ReadonlyMap<string, number>, { instance, host }: Place): Sensors {
  const { place, env } = process;
  const isMachine = place.kind === 'machine';
  const subnet = isMachine ? host.address : instance.bridgeAddress;
  const mapped = [...ports].flatMap(([key, port]) => {
    const own = mappedPort(instance, port);
    return own === undefined ? [] : [[key, own] as const];
  });
  const web = mapped.find(([key]) => key === 'http.port')?.[1];
  return {
    ...(isMachine ? machineSensors(host) : containerSensors(instance, host)),
    ...(subnet === null ? {} : { [SENSOR.subnetAddress]: subnet }),
    ...(env.DOWNLOAD_URL === undefined ? {} : { 'download.url': env.DOWNLOAD_URL }),
    'install.dir': place.installDir,
    'expandedinstall.dir': place.expandedDir,
    'run.dir': place.runDir,
    ...Object.fromEntries(
      mapped.flatMap(([key, port]) => [
        [key, port],
        [`mapped.${key}`, toHostPort(host.address, port)],
      ]),
    ),
    ...(web === undefined ? {} : { [SENSOR.mainUri]: `http://${toHostPort(host.address, web)}/` }),
  };
}

function machineSensors(host: Host): Sensors {
  return {
    [SENSOR.hostAddress]: host.address,
    [SENSOR.hostName]: host.name,
    'host.hostname': host.address,
    'host.subnet.hostname': host.address,
    'host.sshAddress': `${host.user}@${toHostPort(host.address, host.port)}`,
  };
}
