import { quoteText } from '../../../domain/blueprint/findings.ts';
import { imageArtifact } from './image-artifact.ts';
import { hasScripts } from './implementations.ts';
import type { Links } from './link-nodes.ts';
import type { Template } from './template.ts';
import type { NodeTemplate, Topology } from './topology.ts';

/** What a node becomes. */
export type Role =
  /** `same-server`, around what is hosted on it. */
  | 'machine'
  /** `vanilla-process` with the node’s scripts. */
  | 'software'
  /** A container of an image. */
  | 'container'
  /** `haproxy`. */
  | 'balancer'
  /** `virtual-network`. */
  | 'network'
  /** A type of Clocker, Brooklyn or the catalog by its own name. */
  | 'direct'
  /** Nothing of its own: a Docker host is one of the cloud’s, a volume and a port belong to what uses them. */
  | 'runtime'
  | 'volume'
  | 'port'
  | 'unknown';

export interface Roles {
  of(node: NodeTemplate): Role;
  /** The type in CAMP of a node that is a type by itself. */
  directType(node: NodeTemplate): string;
  /** The id of its entity; null for a node that becomes none. */
  idOf(node: NodeTemplate): string | null;
  /** The node whose entity answers for this one: itself, or what runs on a host of the cloud. */
  standIn(node: NodeTemplate): NodeTemplate | null;
  /** The node in whose entity its entity is nested. */
  parentOf(node: NodeTemplate): NodeTemplate | null;
}

export function assignRoles(topology: Topology, links: Links, template: Template): Roles {
  const roles = new Map([...topology.nodes.values()].map((node) => [node, roleOf(node, template)]));
  const of = (node: NodeTemplate): Role => roles.get(node)?.role ?? 'unknown';
  const hosted = (node: NodeTemplate) =>
    links
      .to(node)
      .filter((link) => link.kind === 'host')
      .map((link) => link.source);
  const onlyHostsContainers = (node: NodeTemplate) => {
    const guests = hosted(node);
    return guests.length > 0 && guests.every((guest) => ['container', 'runtime', 'balancer'].includes(of(guest)));
  };
  const becomesEntity = (node: NodeTemplate) => {
    const role = of(node);
    return role === 'machine' ? !onlyHostsContainers(node) : !['runtime', 'volume', 'port'].includes(role);
  };
  const entities = [...topology.nodes.values()].filter(becomesEntity);
  const known = new Set(entities);
  const isEntity = (node: NodeTemplate) => known.has(node);
  const ids = toIds(entities.map((node) => node.name));
  const standIn = (node: NodeTemplate): NodeTemplate | null => {
    const pending = [node];
    for (const next of pending) {
      if (isEntity(next)) return next;
      pending.push(...hosted(next));
    }
    return null;
  };
  return {
    of,
    directType: (node) => roles.get(node)?.type ?? node.typeName,
    idOf: (node) => (isEntity(node) ? (ids.get(node.name) ?? null) : null),
    standIn,
    parentOf(node) {
      if (['container', 'balancer', 'network'].includes(of(node))) return null;
      for (let host = links.hostOf(node); host !== null; host = links.hostOf(host)) {
        if (of(host) === 'container' || of(host) === 'balancer') return null;
        if (isEntity(host)) return host;
      }
      return null;
    },
  };
}

interface Assigned {
  readonly role: Role;
  readonly type: string;
}

const BROOKLYN = /^(?:org\.apache\.|io\.)?brooklyn\.(?!nodes\.)|^(?:io\.)?clocker\./;

const NORMATIVE_ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ['tosca.nodes.Container.Application', 'container'],
  ['tosca.nodes.Container.Runtime', 'runtime'],
  ['tosca.nodes.Abstract.Compute', 'machine'],
  ['tosca.nodes.Abstract.Storage', 'volume'],
  ['tosca.nodes.network.Network', 'network'],
  ['tosca.nodes.network.Port', 'port'],
  ['tosca.nodes.network.FloatingIP', 'port'],
  ['tosca.nodes.LoadBalancer', 'balancer'],
  ['tosca.nodes.SoftwareComponent', 'software'],
  ['tosca.nodes.Root', 'software'],
]);

/** The nearest of its types that means something here. */
function roleOf(node: NodeTemplate, template: Template): Assigned {
  const ancestry = node.type?.ancestry ?? [node.typeName];
  for (const name of ancestry) {
    if (template.entityKindOf(name) !== undefined || BROOKLYN.test(name)) return { role: 'direct', type: name };
    const role = NORMATIVE_ROLES.get(name);
    if (role === undefined) continue;
    if (role === 'balancer' && hasScripts(node)) return { role: 'software', type: name };
    const runsImage = role === 'software' && imageArtifact(node, template) !== null;
    return { role: runsImage ? 'container' : role, type: name };
  }
  if (node.type !== null) return { role: 'software', type: node.typeName };
  addUnknownType(node, template);
  return { role: 'unknown', type: node.typeName };
}

/** The planner says the same at the same place, with what CAMP knows as hint; the first is kept. */
function addUnknownType({ typeName, typeRange }: NodeTemplate, { types, findings }: Template): void {
  const hint = types.nearest('node_types', typeName);
  const message = `There is no type ${quoteText(typeName)}.`;
  if (hint !== undefined) findings.add('unknown-type', { range: typeRange, path: '', message, hint });
}

/** Ids of CAMP by name of the node: without what an id may not have, each once. */
function toIds(names: readonly string[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>(names.filter((name) => toId(name) === name));
  const counts = new Map<string, number>();
  for (const name of names) {
    const plain = toId(name) || 'node';
    let id = plain;
    let count = counts.get(plain) ?? 1;
    while (id !== name && taken.has(id)) {
      count += 1;
      id = `${plain.slice(0, 55)}-${count}`;
    }
    counts.set(plain, count);
    taken.add(id);
    ids.set(name, id);
  }
  return ids;
}

function toId(name: string): string {
  return name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63);
}
