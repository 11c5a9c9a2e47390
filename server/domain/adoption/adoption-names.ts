import type { ContainerDescription } from './container-description.ts';

const LOGICAL = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/;

export const COMPOSE_LABEL = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  number: 'com.docker.compose.container-number',
  oneOff: 'com.docker.compose.oneoff',
  dependsOn: 'com.docker.compose.depends_on',
} as const;

/** What an application calls things of the host: their names, without the project's in front where they are a project's. Equal names stay apart. */
export function nameThings(names: Iterable<string>, project: string | null): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of new Set(names)) {
    const short = project !== null && name.startsWith(`${project}_`) ? name.slice(project.length + 1) : name;
    const base = LOGICAL.test(short) ? short : 'external';
    let logical = base;
    for (let count = 2; taken.has(logical); count += 1) logical = `${base}-${count}`;
    taken.add(logical);
    found.set(name, logical);
  }
  return found;
}

/** Networks that people made: Docker's own three are asked for by a mode. */
export function userNetworksOf({ networks }: ContainerDescription): ContainerDescription['networks'] {
  return networks.filter(({ name }) => name !== 'bridge' && name !== 'host' && name !== 'none');
}

/** Of a project the name of its service; else that of the container. */
export function serviceNameOf({ labels, name }: ContainerDescription, project: string | null): string {
  return (project === null ? undefined : labels[COMPOSE_LABEL.service]) ?? name;
}

export function numberOf({ labels }: ContainerDescription): number {
  return Number(labels[COMPOSE_LABEL.number] ?? 0) || 0;
}

/** Lower case letters, digits, “-” and “_”, as Compose wants it. */
export function projectNameOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+|-+$/g, '');
  return plain === '' ? 'adopted' : plain;
}

/** `db:service_healthy:false,cache` → what it waits for of each; Compose writes it so. */
export function dependenciesOf({
  labels,
}: ContainerDescription): ReadonlyMap<string, { readonly condition: string; readonly restart: boolean }> {
  const found = new Map<string, { readonly condition: string; readonly restart: boolean }>();
  for (const item of (labels[COMPOSE_LABEL.dependsOn] ?? '').split(',')) {
    const [name = '', condition = 'service_started', restart = 'false'] = item.trim().split(':');
    if (name !== '') found.set(name, { condition: condition === '' ? 'service_started' : condition, restart: restart === 'true' });
  }
  return found;
}

/** The first 12 digits of its id: Docker’s own name for it, as its host name and as an alias. */
export function shortIdOf({ id }: ContainerDescription): string {
  return id.slice(0, 12);
}
