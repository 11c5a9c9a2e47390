import type { ApplicationPlan } from '../../domain/blueprint/application-plan.ts';
import { type ConfigValue, isDeferred } from '../../domain/blueprint/config-value.ts';
import { dependencyOrder } from '../../domain/blueprint/dependency-order.ts';
import { declaresBy, effectiveConfig, effectiveKeys } from '../../domain/blueprint/effective-config.ts';
import { ancestorNodes, nodesOf, type SpecNode, toSpecTree } from '../../domain/blueprint/spec-tree.ts';
import type { ContainerSpec, PortSpec } from '../../domain/entity/container-spec.ts';
import { toVolumeDefinitions } from '../../domain/entity/container-volumes.ts';
import { plannedSize } from '../../domain/entity-types/cluster-config.ts';
import { groupOf, type TiedEntity } from '../../domain/network/decide-home.ts';
import type { EntityTypePlugin } from '../../ports/entity-type.ts';

/** What a plan would make, as far as it stands in the blueprint: what an expression gives is known only once the application runs. */
export interface PlanSummary {
  /** Paths of the entities, each after what it waits for. */
  readonly order: readonly string[];
  readonly images: readonly { readonly image: string; readonly entities: readonly string[] }[];
  readonly networks: readonly { readonly name: string; readonly entities: readonly string[] }[];
  readonly ports: readonly PlannedPort[];
  readonly placement: readonly PlannedPlacement[];
}

export interface PlannedPort extends PortSpec {
  readonly entity: string;
}

/** Where an entity's containers may go. */
export interface PlannedPlacement {
  readonly entity: string;
  /** How many there are at first; null where an expression says. */
  readonly containers: number | null;
  /** As the blueprint names it; null is where the application is deployed to. */
  readonly location: string | null;
  readonly memoryBytes: number | null;
  readonly cpus: number | null;
  /**
   * Entities that have to be on the same host, because a network or volume that they share does not reach beyond it; the entity itself
   * when all of its containers have to.
   */
  readonly sameHostAs: readonly string[];
}

export type ContainerTypes = ReadonlyMap<string, EntityTypePlugin>;

interface PlannedContainer {
  readonly node: SpecNode;
  readonly spec: ContainerSpec;
}

/** Entities are named by their paths, as in the findings. */
export function summarizePlan(plan: ApplicationPlan, types: ContainerTypes): PlanSummary {
  const order = dependencyOrder(plan).map(({ path }) => path);
  const rank = new Map(order.map((path, index) => [path, index]));
  const containers = [...nodesOf(toSpecTree(plan.root))]
    .flatMap((node) => toContainer(node, types) ?? [])
    .sort((a, b) => (rank.get(a.node.spec.path) ?? 0) - (rank.get(b.node.spec.path) ?? 0));
  const shared = toVolumeDefinitions(known(plan.root.config['docker.volumes']));
  const tied = containers.map(({ node, spec }): TiedEntity => {
    const volumes = spec.volumes.filter(({ name }) => Object.hasOwn(shared, name));
    const ending = (spec.networks ?? []).filter(({ definition }) => definition.shared === undefined);
    const ties = [...ending.map(({ name }) => `network ${name}`), ...volumes.map(({ name }) => `volume ${name}`)];
    return { id: node.spec.path, name: node.spec.name, ties, dataHostId: null, hostId: null, since: 0 };
  });
  return {
    order,
    images: grouped(containers, ({ spec }) => [spec.image]).map(([image, entities]) => ({ image, entities })),
    networks: grouped(containers, ({ spec }) => (spec.networks ?? []).map(({ name }) => name)).map(([name, entities]) => ({
      name,
      entities,
    })),
    ports: containers.flatMap(({ node, spec }) => spec.ports.map((port) => ({ entity: node.spec.path, ...port }))),
    placement: containers.map(({ node, spec }, index) => {
      const self = tied[index];
      const { path } = node.spec;
      const containers = containersOf(node);
      const together = self === undefined || self.ties.length === 0 ? [] : groupOf(self, tied).map(({ id }) => id);
      return {
        entity: path,
        containers,
        location: locationOf(node) ?? plan.location,
        memoryBytes: spec.memoryBytes,
        cpus: spec.cpus,
        sameHostAs: self !== undefined && self.ties.length > 0 && containers !== 1 ? [path, ...together] : together,
      };
    }),
  };
}

/** Undefined for what is no container, or cannot be told without what its expressions give. */
function toContainer(node: SpecNode, types: ContainerTypes): PlannedContainer | undefined {
  const type = types.get(node.spec.type);
  if (!type?.container) return undefined;
  const chain = [node, ...ancestorNodes(node)];
  const declares = declaresBy(types);
  const config: Record<string, unknown> = {};
  for (const key of effectiveKeys(chain, declares)) {
    const value = known(effectiveConfig(key, chain, declares)?.parts[0].value);
    if (value !== undefined) config[key] = value;
  }
  const parsed = type.config.safeParse(config);
  return parsed.success ? { node, spec: type.container.toSpec(parsed.data) } : undefined;
}

/** Without what expressions give, at any depth of maps; lists with one are left out. */
function known(value: ConfigValue | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isDeferred(value)) return undefined;
  if (Array.isArray(value)) {
    const items = value.map(known);
    return items.includes(undefined) ? undefined : items;
  }
  const items = Object.entries(value).map(([key, item]) => [key, known(item)] as const);
  return Object.fromEntries(items.filter(([, item]) => item !== undefined));
}

function grouped(
  containers: readonly PlannedContainer[],
  keysOf: (container: PlannedContainer) => readonly string[],
): readonly (readonly [string, readonly string[]])[] {
  const found = new Map<string, string[]>();
  for (const container of containers) {
    for (const key of keysOf(container)) found.set(key, [...(found.get(key) ?? []), container.node.spec.path]);
  }
  return [...found];
}

/** Of a member: as many as its cluster has, in each of the clusters around it. */
function containersOf(node: SpecNode): number | null {
  let count = 1;
  for (let at = node; at.parent !== null; at = at.parent) {
    const { memberSpec, firstMemberSpec, config } = at.parent.spec;
    const isFirst = firstMemberSpec === at.spec;
    if (!isFirst && memberSpec !== at.spec) continue;
    const size = plannedSize(config) ?? 1;
    if (typeof size !== 'number') return null;
    const firsts = firstMemberSpec === undefined ? 0 : Math.min(size, 1);
    count *= isFirst ? firsts : size - firsts;
  }
  return count;
}

function locationOf(node: SpecNode): string | null {
  return [node, ...ancestorNodes(node)].find(({ spec }) => spec.location)?.spec.location ?? null;
}

/** For people, two spaces in; what there is none of is left out. */
export function toSummaryLines({ order, images, networks, ports, placement }: PlanSummary, plan: ApplicationPlan): readonly string[] {
  const names = new Map([...nodesOf(toSpecTree(plan.root))].map(({ spec }) => [spec.path, spec.name]));
  const name = (path: string) => names.get(path) ?? path;
  const list = (paths: readonly string[]) => paths.map(name).join(', ');
  const starts = order.filter((path) => path !== plan.root.path);
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['starts', starts.length === 0 ? [] : [list(starts)]],
    ['images', images.map(({ image, entities }) => `${image} (${list(entities)})`)],
    ['networks', networks.map((network) => `${network.name} (${list(network.entities)})`)],
    ['ports', ports.map((port) => `${toPortText(port)} (${name(port.entity)})`)],
    ['placement', placement.map((one) => `${name(one.entity)}: ${toPlacementText(one, list)}`)],
  ];
  return parts.flatMap(([title, [first, ...more]]) =>
    first === undefined ? [] : [`  ${`${title}:`.padEnd(11)}${first}`, ...more.map((line) => `${' '.repeat(13)}${line}`)],
  );
}

function toPortText({ container, protocol, host, address }: PlannedPort): string {
  const range = host === null ? 'a free port' : host.from === host.to ? `${host.from}` : `${host.from}-${host.to}`;
  return `${address === undefined ? '' : `${address}:`}${range} → ${container}/${protocol}`;
}

function toPlacementText(one: PlannedPlacement, list: (paths: readonly string[]) => string): string {
  const count = one.containers === null ? 'containers' : one.containers === 1 ? '1 container' : `${one.containers} containers`;
  const limits = [
    one.memoryBytes === null ? [] : [`${Math.ceil(one.memoryBytes / 1024 ** 2)} MiB`],
    one.cpus === null ? [] : [`${one.cpus} CPU`],
  ].flat();
  const each = limits.length === 0 ? '' : ` of ${limits.join(', ')}`;
  const others = one.sameHostAs.filter((path) => path !== one.entity);
  const together = others.length > 0 ? `, on the host of ${list(others)}` : one.sameHostAs.length > 0 ? ', all on one host' : '';
  return `${count}${each}${one.location === null ? '' : ` in ${one.location}`}${together}`;
}
