import { printYaml } from '../blueprint/print-yaml.ts';
import type { FoldedValue } from '../compose/fold-expression.ts';
import { escapeDollars, toPrint } from '../compose/printer.ts';
import type { PortBinding } from '../entity/instance.ts';
import { toRestartPolicy } from '../entity/restart-policy.ts';
import { canonicalJson } from '../shared/json.ts';
import { type AdoptionFinding, findingsOf, projectFinding } from './adoption-findings.ts';
import {
  COMPOSE_LABEL,
  dependenciesOf,
  nameThings,
  numberOf,
  projectNameOf,
  serviceNameOf,
  shortIdOf,
  userNetworksOf,
} from './adoption-names.ts';
import type { ContainerDescription } from './container-description.ts';
import { refuseDescribed } from './refuse-adoption.ts';
import { type ComposeServiceValue, restartOf, toComposeService } from './to-compose-service.ts';

/** One container, or all of a Compose project. */
export interface AdoptionSource {
  readonly kind: 'container' | 'project';
  readonly name: string;
}

/** A container and what it becomes. */
export interface AdoptedMember {
  readonly container: ContainerDescription;
  /** Id of its entity, or of its cluster, in the blueprint. */
  readonly service: string;
  /** Number in its cluster, from 1; null for one that stands alone. */
  readonly slot: number | null;
}

export interface AdoptionPlan {
  readonly name: string;
  /** A Compose file, in whose words containers are described; the blueprint is made of it. */
  readonly compose: string;
  readonly members: readonly AdoptedMember[];
  /** With an error nothing can be adopted. */
  readonly findings: readonly AdoptionFinding[];
}

/**
 * What the blueprint of running containers is, and what cannot be kept. Several containers of one service that differ in nothing but name, number and
 * port of the host are a cluster of so many; otherwise each is a service of its own. Containers of `docker compose run` are left where they are.
 */
export function planAdoption(
  source: AdoptionSource,
  containers: readonly ContainerDescription[],
  { cgroupVersion }: { readonly cgroupVersion: string },
): AdoptionPlan {
  const project = source.kind === 'project' ? source.name : null;
  const isOneOff = ({ labels }: ContainerDescription): boolean => project !== null && labels[COMPOSE_LABEL.oneOff] === 'True';
  const taken = containers.filter((container) => !isOneOff(container)).toSorted(byNumber);
  const networks = nameThings(
    taken.flatMap((one) => userNetworksOf(one).map(({ name }) => name)),
    project,
  );
  const volumes = nameThings(
    taken.flatMap(({ mounts }) => mounts.flatMap(({ type, name }) => (type === 'volume' && !/^[0-9a-f]{64}$/.test(name) ? [name] : []))),
    project,
  );
  const around = {
    networkAs: (name: string) => networks.get(name) ?? name,
    volumeAs: (name: string) => volumes.get(name) ?? name,
    cgroupVersion,
  };
  const services = toServices(taken, project, (container) => toComposeService(container, around));
  const known = groupBy(services, ({ family }) => family);
  const entries = services.map((service): readonly [string, FoldedValue] => [
    service.name,
    {
      ...service.value,
      ...portsOf(service),
      ...networksOf(service, around.networkAs),
      ...dependsOn(service, known),
      ...(service.containers.length > 1 ? { deploy: { replicas: service.containers.length } } : {}),
    },
  ]);
  const outside = (names: ReadonlyMap<string, string>): FoldedValue =>
    Object.fromEntries([...names].map(([name, logical]) => [logical, { external: true, name }]));
  const file = {
    name: projectNameOf(source.name),
    services: Object.fromEntries(entries),
    ...(networks.size === 0 ? {} : { networks: outside(networks) }),
    ...(volumes.size === 0 ? {} : { volumes: outside(volumes) }),
  };
  return {
    name: source.name,
    compose: printYaml({ entries: Object.entries(file).map(([key, value]) => ({ key, value: toPrint(escapeDollars(value)) })) }),
    members: services.flatMap(({ name, containers: members }) =>
      members.map((container, index) => ({ container, service: name, slot: members.length > 1 ? index + 1 : null })),
    ),
    findings: [
      ...taken.flatMap((container) => {
        const { status: state } = container;
        const refusal = refuseDescribed({ ...container, state }, toRestartPolicy(restartOf(container)));
        return refusal === null ? [] : [{ severity: 'error', where: container.name, message: `${container.name}: ${refusal}.` } as const];
      }),
      ...taken.flatMap((container) => findingsOf(container, project)),
      ...containers.filter(isOneOff).map(({ name }): AdoptionFinding => {
        return { severity: 'info', where: name, message: `${name} is of “docker compose run” and is left as it is.` };
      }),
      ...services.flatMap(apartFinding),
      ...(project === null ? [] : [projectFinding(project)]),
    ],
  };
}

interface Service {
  readonly name: string;
  /** The service of Compose that it is, or is a part of. */
  readonly family: string;
  readonly value: ComposeServiceValue;
  readonly containers: readonly ContainerDescription[];
  /** Others of its family are services of their own. */
  readonly isApart: boolean;
}

function toServices(
  containers: readonly ContainerDescription[],
  project: string | null,
  toValue: (container: ContainerDescription) => ComposeServiceValue,
): readonly Service[] {
  const families = groupBy(containers, (container) => serviceNameOf(container, project));
  const names = new Set(families.keys());
  return [...families].flatMap(([family, members]): readonly Service[] => {
    const [first, ...others] = members;
    if (first === undefined) return [];
    const value = toValue(first);
    const isAlike = others.every((other) => canonicalJson([toValue(other), shapeOf(other)]) === canonicalJson([value, shapeOf(first)]));
    if (isAlike) return [{ name: family, family, value, containers: members, isApart: false }];
    return members.map((container, index) => {
      let name = `${family}-${numberOf(container) || index + 1}`;
      while (names.has(name)) name = `${name}-x`;
      names.add(name);
      return { name, family, value: toValue(container), containers: [container], isApart: true };
    });
  });
}

/** What members of one cluster have in common besides what they say themselves. */
function shapeOf(container: ContainerDescription): unknown {
  const isGiven = (alias: string): boolean => alias !== container.name && alias !== shortIdOf(container);
  return {
    ports: container.ports.map(({ container: port, protocol, address }) => [port, protocol, address ?? '']).sort(),
    networks: userNetworksOf(container).map(({ name, aliases, address }) => [name, address, aliases.filter(isGiven).sort()]),
    dependsOn: [...dependenciesOf(container)],
    state: container.status,
    mode: modeOf(container),
  };
}

/** One port of the host for one container; for copies that have ports in a row the row, and else any free one. */
function portsOf({ containers }: Service): ComposeServiceValue {
  const [first] = containers;
  const isFixed = (one: ContainerDescription, port: PortBinding): boolean => one.fixedPorts.some((fixed) => isSamePort(fixed, port));
  const items = (first?.ports ?? []).map((port) => {
    const hosts = containers.flatMap((one) =>
      one.ports.filter((other) => isSameTarget(other, port) && isFixed(one, other)).map(({ host }) => host),
    );
    return formatPort(port, hosts.length >= containers.length && isRow(hosts, containers.length) ? rangeOf(hosts) : null);
  });
  return items.length === 0 ? {} : { ports: [...new Set(items)] };
}

function isSameTarget(one: PortBinding, other: PortBinding): boolean {
  return one.container === other.container && one.protocol === other.protocol && one.address === other.address;
}

function isSamePort(one: PortBinding, other: PortBinding): boolean {
  return isSameTarget(one, other) && one.host === other.host;
}

function isRow(hosts: readonly number[], count: number): boolean {
  return count === 1 || Math.max(...hosts) - Math.min(...hosts) + 1 === hosts.length;
}

function rangeOf(hosts: readonly number[]): string {
  const [from, to] = [Math.min(...hosts), Math.max(...hosts)];
  return from === to ? String(from) : `${from}-${to}`;
}

function formatPort({ container, protocol, address }: PortBinding, host: string | null): string {
  const at = address === undefined ? '' : `${address.includes(':') ? `[${address}]` : address}:`;
  return `${at}${host === null ? (at === '' ? '' : ':') : `${host}:`}${container}${protocol === 'udp' ? '/udp' : ''}`;
}

/** Its networks under the names by which others find it there; what Docker adds by itself is left away. */
function networksOf({ name, family, containers }: Service, networkAs: (name: string) => string): ComposeServiceValue {
  const [first] = containers;
  if (first === undefined) return {};
  const joined = userNetworksOf(first);
  if (joined.length === 0) return { network_mode: modeOf(first) };
  const isAlone = containers.length === 1;
  const entries = joined.map(({ name: network, aliases, address }, index): readonly [string, FoldedValue] => {
    const known = isAlone ? [first.name, ...aliases] : aliases.filter((alias) => alias !== first.name);
    const others = [...new Set([...known, family])].filter((alias) => alias !== name && alias !== shortIdOf(first));
    const settings = {
      ...(others.length === 0 ? {} : { aliases: others }),
      ...(address === '' ? {} : { ipv4_address: address }),
      ...(joined.length > 1 ? { priority: joined.length - index } : {}),
    };
    return [networkAs(network), Object.keys(settings).length === 0 ? null : settings];
  });
  return { networks: Object.fromEntries(entries) };
}

/** Docker's own networks; `default` is what a container has that asks for none. */
function modeOf({ networkMode }: ContainerDescription): string {
  return networkMode === 'default' || networkMode === '' ? 'bridge' : networkMode;
}

/** Services that are there: of one that was parted all its parts. */
function dependsOn({ containers }: Service, known: ReadonlyMap<string, readonly Service[]>): ComposeServiceValue {
  const [first] = containers;
  const wanted = first === undefined ? [] : [...dependenciesOf(first)];
  const found = wanted.flatMap(([family, { condition, restart }]) =>
    (known.get(family) ?? []).map(({ name }): readonly [string, FoldedValue] => [name, { condition, ...(restart ? { restart } : {}) }]),
  );
  return found.length === 0 ? {} : { depends_on: Object.fromEntries(found) };
}

function apartFinding({ name, family, isApart }: Service): readonly AdoptionFinding[] {
  if (!isApart) return [];
  return [{ severity: 'info', where: name, message: `Containers of ${family} differ, so that ${name} is a service of its own.` }];
}

function byNumber(one: ContainerDescription, other: ContainerDescription): number {
  return numberOf(one) - numberOf(other) || (one.name < other.name ? -1 : 1);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
