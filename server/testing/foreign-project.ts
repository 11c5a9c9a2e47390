import type { SimulatedContainer, SimulatedMachine } from '../adapters/simulated/simulated-machine.ts';
import { BARE_CONTAINER, type ContainerSpec } from '../domain/entity/container-spec.ts';
import type { PortBinding } from '../domain/entity/instance.ts';

export interface ForeignContainer {
  readonly name: string;
  readonly image?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: PortBinding;
  /** Name on the machine → path in the container. */
  readonly volumes?: Readonly<Record<string, string>>;
  /** Name on the machine → aliases. */
  readonly networks?: Readonly<Record<string, readonly string[]>>;
}

/** A running container that others made, with its volumes and networks. */
export function runForeign(machine: SimulatedMachine, given: ForeignContainer): SimulatedContainer {
  const { name, image = 'nginx:1', labels = {}, env = {}, port, volumes = {}, networks = {} } = given;
  for (const volume of Object.keys(volumes)) machine.volumes.set(volume, {});
  for (const network of Object.keys(networks)) machine.networks.set(network, { name: network, definition: {}, labels: {} });
  machine.images.add(image);
  const spec: ContainerSpec = {
    ...BARE_CONTAINER,
    ...{ image, labels, env },
    ports: port ? [{ container: port.container, protocol: port.protocol, host: { from: port.host, to: port.host } }] : [],
    volumes: Object.entries(volumes).map(([volume, path]) => ({ name: volume, path, readOnly: false })),
    networks: Object.entries(networks).map(([network, aliases]) => ({ name: network, aliases, definition: {} })),
  };
  const same = (things: object): Readonly<Record<string, string>> => Object.fromEntries(Object.keys(things).map((key) => [key, key]));
  const container = machine.add({
    ...{ name, spec, ports: port ? [port] : [], labels },
    ...{ volumeNames: same(volumes), networkNames: same(networks) },
  });
  machine.start(container);
  return container;
}

/** Labels that Docker Compose gives. */
export function composeLabels(
  project: string,
  service: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    'com.docker.compose.project': project,
    'com.docker.compose.service': service,
    'com.docker.compose.container-number': '1',
    'com.docker.compose.oneoff': 'False',
    ...more,
  };
}

/** Two copies of a web server, and a database with a volume that they wait for, as `docker compose` makes them. */
export function runProject(
  machine: SimulatedMachine,
  { project = 'blog', published = true }: { readonly project?: string; readonly published?: boolean } = {},
): readonly SimulatedContainer[] {
  const network = `${project}_default`;
  const web = (number: number): SimulatedContainer =>
    runForeign(machine, {
      name: `${project}-web-${number}`,
      labels: composeLabels(project, 'web', {
        'com.docker.compose.container-number': String(number),
        'com.docker.compose.depends_on': 'db:service_started:false',
      }),
      env: { DB_PASSWORD: 'hunter2' },
      ...(published ? { port: { container: 80, host: 8_080 + number, protocol: 'tcp' } } : {}),
      networks: { [network]: ['web', `${project}-web-${number}`] },
    });
  const db = runForeign(machine, {
    name: `${project}-db-1`,
    image: 'postgres:16',
    labels: composeLabels(project, 'db'),
    volumes: { [`${project}_data`]: '/var/lib/postgresql/data' },
    networks: { [network]: ['db', `${project}-db-1`] },
  });
  return [db, web(1), web(2)];
}
