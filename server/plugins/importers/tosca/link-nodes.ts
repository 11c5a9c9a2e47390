import { quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { type SourceEntry, type SourceMap, textOf } from '../../../domain/blueprint/source-node.ts';
import { breakCircles } from './break-circles.ts';
import type { InterfaceDefinition, RequirementDefinition, ResolvedType } from './definitions.ts';
import { indexCandidates } from './index-candidates.ts';
import { mergeInterfaces } from './inherit-type.ts';
import type { Template } from './template.ts';
import type { NodeTemplate, RelationshipAssignment, RequirementAssignment, Topology } from './topology.ts';

export type LinkKind = 'host' | 'attach' | 'network' | 'connect' | 'depend';

/** A requirement that is met: one node needs another. */
export interface Link {
  readonly kind: LinkKind;
  readonly source: NodeTemplate;
  readonly target: NodeTemplate;
  readonly requirement: string;
  /** Of the target, where it can be told. */
  readonly capability: string | null;
  readonly relationshipType: ResolvedType | null;
  readonly properties: ReadonlyMap<string, SourceEntry>;
  readonly interfaces: ReadonlyMap<string, InterfaceDefinition>;
  /** Of the requirement’s name. */
  readonly range: TextRange;
}

/** A host that is described and not named. */
interface WantedHost {
  readonly source: NodeTemplate;
  readonly filter: SourceMap;
}

export interface Links {
  readonly all: readonly Link[];
  /** What the node needs. */
  from(node: NodeTemplate): readonly Link[];
  /** What needs the node. */
  to(node: NodeTemplate): readonly Link[];
  hostOf(node: NodeTemplate): NodeTemplate | null;
  /** How the host of a node is described that is not named. */
  wantedHostOf(node: NodeTemplate): SourceMap | null;
}

/** Finds for each requirement the node that meets it. */
export function linkNodes(topology: Topology, template: Template): Links {
  const candidates = indexCandidates(topology, template);
  const all: Link[] = [];
  const wanted: WantedHost[] = [];
  for (const source of topology.nodes.values()) {
    for (const requirement of source.requirements) {
      const definition = source.type?.requirements.get(requirement.name) ?? null;
      if (definition === null && source.type !== null) addUndeclared(requirement, source.type, template);
      const target = findTarget({ source, requirement, definition }, candidates, topology, template);
      if (target !== null) all.push(toLink({ source, requirement, definition }, target, topology, template));
      else if (requirement.filter !== null && requirement.name === 'host') wanted.push({ source, filter: requirement.filter });
    }
    const parent = parentOf(source, topology);
    if (parent !== null) all.push(parent);
  }
  return indexLinks(all, wanted, template);
}

export interface Need {
  readonly source: NodeTemplate;
  readonly requirement: RequirementAssignment;
  readonly definition: RequirementDefinition | null;
}

function findTarget(
  need: Need,
  candidates: ReturnType<typeof indexCandidates>,
  topology: Topology,
  template: Template,
): NodeTemplate | null {
  const { requirement } = need;
  const named = requirement.node === null ? undefined : topology.nodes.get(requirement.node);
  if (named !== undefined) return named;
  const isType = requirement.node !== null && template.types.find('node_types', requirement.node) !== undefined;
  if (requirement.node !== null && !isType) {
    const near = nearestNames(requirement.node, topology.nodes.keys());
    template.findings.add('tosca-unknown-node', {
      range: requirement.nodeRange,
      path: '',
      message: `There is no node ${quoteText(requirement.node)}.`,
      hint: sayNearest(near) ?? `The nodes are ${[...topology.nodes.keys()].slice(0, 10).join(', ')}.`,
      fix: near[0] === undefined ? undefined : { title: `Write ${near[0]}`, text: near[0] },
    });
    return null;
  }
  const [first, second] = candidates.fitting(need);
  if (first === undefined && requirement.name !== 'host') {
    const message = `No node of the topology meets the requirement ${quoteText(requirement.name)}.`;
    template.findings.add('tosca-requirement', { range: requirement.range, path: '', message, hint: 'Name the node that does.' });
  }
  if (first !== undefined && second !== undefined) {
    const message = `Several nodes meet the requirement ${quoteText(requirement.name)}; ${quoteText(first.name)} is taken.`;
    template.findings.add('tosca-requirement', { range: requirement.range, path: '', message, hint: 'Name the node that is meant.' });
  }
  return first ?? null;
}

function toLink({ source, requirement, definition }: Need, target: NodeTemplate, topology: Topology, template: Template): Link {
  const { types } = template;
  const given = requirement.relationship;
  const shared = given?.type == null ? undefined : topology.relationships.get(given.type);
  const typeName = shared?.type ?? (shared === undefined ? given?.type : null) ?? definition?.relationship ?? null;
  const range = given?.range ?? requirement.range;
  const type =
    typeName === null ? undefined : given?.type == null ? types.find('relationship_types', typeName) : needType(typeName, range, template);
  const parts: readonly (RelationshipAssignment | undefined)[] = [shared, given ?? undefined];
  let interfaces = type?.interfaces ?? new Map<string, InterfaceDefinition>();
  for (const part of parts) interfaces = mergeInterfaces(interfaces, part?.interfaces ?? new Map());
  return {
    kind: kindOf(type?.ancestry ?? [], requirement.name),
    source,
    target,
    requirement: requirement.name,
    capability: capabilityOf(requirement, definition, target, template),
    relationshipType: type ?? null,
    properties: new Map(parts.flatMap((part) => [...(part?.properties ?? [])])),
    interfaces,
    range: requirement.range,
  };
}

function needType(name: string, range: TextRange, { types }: Template): ResolvedType | undefined {
  return types.need('relationship_types', name, range);
}

const KINDS: ReadonlyMap<string, LinkKind> = new Map<string, LinkKind>([
  ['tosca.relationships.HostedOn', 'host'],
  ['tosca.relationships.AttachesTo', 'attach'],
  ['tosca.relationships.network.LinksTo', 'network'],
  ['tosca.relationships.network.BindsTo', 'network'],
  ['tosca.relationships.Network', 'network'],
  ['tosca.relationships.ConnectsTo', 'connect'],
  ['tosca.relationships.DependsOn', 'depend'],
]);

function kindOf(ancestry: readonly string[], requirement: string): LinkKind {
  for (const name of ancestry) {
    const kind = KINDS.get(name);
    // Some types say that a host is depended on only; what is named “host” hosts.
    if (kind !== undefined) return kind === 'depend' && requirement === 'host' ? 'host' : kind;
  }
  return requirement === 'host' ? 'host' : 'depend';
}

/** The capability of the target that is meant, by its name or its type. */
function capabilityOf(
  requirement: RequirementAssignment,
  definition: RequirementDefinition | null,
  target: NodeTemplate,
  { types }: Template,
): string | null {
  const wanted = requirement.capability ?? definition?.capability ?? definition?.target ?? null;
  if (wanted === null || target.type === null) return null;
  if (target.type.capabilities.has(wanted)) return wanted;
  for (const { name, type } of target.type.capabilities.values()) if (types.isA('capability_types', type, wanted)) return name;
  return null;
}

function addUndeclared({ name, range }: RequirementAssignment, type: ResolvedType, { findings }: Template): void {
  const near = nearestNames(name, type.requirements.keys());
  const hint = sayNearest(near) ?? `It has ${[...type.requirements.keys()].slice(0, 8).join(', ') || 'none'}.`;
  const message = `${quoteText(type.name)} has no requirement ${quoteText(name)}; it is taken as one that depends.`;
  if (name !== 'host') findings.add('tosca-requirement', { range, path: '', message, hint });
}

/** Brooklyn's property `parent` nests one node in another. */
function parentOf(source: NodeTemplate, topology: Topology): Link | null {
  const property = source.properties.get('parent');
  const name = textOf(property?.value);
  const target = name === null ? undefined : topology.nodes.get(name);
  if (property === undefined || target === undefined || target === source) return null;
  return {
    kind: 'host',
    source,
    target,
    requirement: 'parent',
    capability: null,
    relationshipType: null,
    properties: new Map(),
    interfaces: new Map(),
    range: property.range,
  };
}

function indexLinks(found: readonly Link[], wanted: readonly WantedHost[], template: Template): Links {
  const hosts = new Map<NodeTemplate, Link>();
  for (const link of found) if (link.kind === 'host' && !hosts.has(link.source)) hosts.set(link.source, link);
  const broken = breakCircles(hosts, template);
  const all = found.filter((link) => !broken.has(link));
  const described = new Map(wanted.map(({ source, filter }) => [source, filter]));
  const from = Map.groupBy(all, (link) => link.source);
  const to = Map.groupBy(all, (link) => link.target);
  return {
    all,
    wantedHostOf: (node) => described.get(node) ?? null,
    from: (node) => from.get(node) ?? [],
    to: (node) => to.get(node) ?? [],
    hostOf: (node) => {
      const link = hosts.get(node);
      return link === undefined || broken.has(link) ? null : link.target;
    },
  };
}
