import { quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import type { Model } from './model.ts';
import { capabilityProperties } from './node-properties.ts';
import { addNotSupported } from './read-values.ts';
import { serviceAt } from './service.ts';
import type { NodeTemplate } from './topology.ts';

/** How many there are of a node. */
export interface Instances {
  readonly range: TextRange;
  readonly initial: SourceNode;
  readonly most: SourceNode | null;
}

export interface Scaling {
  /** Null for a node of which there is one. */
  of(node: NodeTemplate): Instances | null;
  /** The id of what stands for all of a node: its cluster, or itself. */
  outerIdOf(node: NodeTemplate, model: Model): string | null;
}

/** Nodes of which there are several, by their capability “scalable”, that of a host that is not made, or a policy. */
export function readScaling(byPolicy: ReadonlyMap<NodeTemplate, Instances>, model: Model): Scaling {
  const instances = new Map<NodeTemplate, Instances>();
  for (const node of model.topology.nodes.values()) {
    const given = byPolicy.get(node) ?? ofCapability(node, model);
    if (given === null) continue;
    for (const root of rootsOf(node, model)) if (!instances.has(root)) instances.set(root, given);
  }
  return {
    of: (node) => instances.get(node) ?? null,
    outerIdOf(node, { roles }) {
      const entity = roles.standIn(node);
      const id = entity === null ? null : roles.idOf(entity);
      return id !== null && entity !== null && instances.has(entity) ? clusterId(id) : id;
    },
  };
}

/** Copies of a service. What it waits for, where it goes and what is attached to it is said of the cluster. */
export function clusterAt(member: SourceMap, node: NodeTemplate, instances: Instances, keys: readonly SourceEntry[]): SourceMap {
  const { range } = node;
  const id = textOf(member.entries.get('id')?.value) ?? node.name;
  const spec = mapAt(range, [entryAt(range, '$brooklyn:entitySpec', member)]);
  return serviceAt({
    range,
    type: scalarAt(range, 'dynamic-cluster'),
    id: clusterId(id),
    name: node.title,
    keys,
    config: [
      entryAt(instances.range, 'cluster.initial.size', instances.initial),
      ...(instances.most === null ? [] : [entryAt(instances.range, 'cluster.max.size', instances.most)]),
      entryAt(range, 'dynamiccluster.memberspec', spec),
    ],
  });
}

/** The entities at the top that a node stands for: of one that is hosted, its host; of a host of the cloud, what runs there. */
function rootsOf(node: NodeTemplate, model: Model): readonly NodeTemplate[] {
  const { roles, links } = model;
  if (roles.idOf(node) === null) {
    const guests = links
      .to(node)
      .filter(({ kind }) => kind === 'host')
      .map(({ source }) => source);
    return guests.flatMap((guest) => rootsOf(guest, model));
  }
  let root = node;
  for (let host = roles.parentOf(root); host !== null; host = roles.parentOf(root)) root = host;
  return [root];
}

function ofCapability(node: NodeTemplate, model: Model): Instances | null {
  const capability = node.type?.capabilities.get('scalable');
  if (capability === undefined || !node.capabilities.has('scalable')) return null;
  const properties = capabilityProperties(node, capability, model);
  return toInstances(
    {
      least: properties.get('min_instances')?.value,
      initial: properties.get('default_instances')?.value,
      most: properties.get('max_instances')?.value,
    },
    node.capabilities.get('scalable')?.range ?? node.range,
    model,
  );
}

/** Null for one of which there is never more than one. */
export function toInstances(
  {
    least,
    initial,
    most,
  }: { readonly least: SourceNode | undefined; readonly initial: SourceNode | undefined; readonly most: SourceNode | undefined },
  range: TextRange,
  { template: { findings } }: Pick<Model, 'template'>,
): Instances | null {
  const start = initial ?? least;
  const [from, first, to] = [numberOf(least), numberOf(start), numberOf(most)];
  if (start === undefined || ((first ?? 1) <= 1 && (to ?? 1) <= 1)) return null;
  if ((from !== null && first !== null && from > first) || (to !== null && first !== null && first > to)) {
    const message = `There are to be ${first} to begin with, which is not within ${from ?? 0} and ${to ?? 'any number'}.`;
    findings.add('tosca-value', { range: start.range, path: '', message });
  }
  if (from !== null && from > 1 && first !== null && from < first) {
    addNotSupported(
      { range: least?.range ?? range },
      `That there are never fewer than ${quoteText(String(from))} is not kept by itself`,
      findings,
    );
  }
  return { range, initial: start, most: most === undefined || !Number.isFinite(to) ? null : most };
}

function numberOf(node: SourceNode | undefined): number | null {
  return node === undefined ? null : Number(textOf(node) ?? Number.NaN);
}

function clusterId(id: string): string {
  return `${id.slice(0, 54)}-cluster`;
}
