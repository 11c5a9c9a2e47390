import { type Findings, quoteText, startOf, type TextRange } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import type { ArtifactDefinition, ResolvedType } from './definitions.ts';
import { mergeInterfaces, mergeMaps, sizeOfType } from './inherit-type.ts';
import { readArtifact } from './read-definitions.ts';
import { readInterfaces } from './read-interfaces.ts';
import { readRelationship, readRequirements } from './read-requirements.ts';
import { addNotSupported, checkKeys, entriesOf, namedItems, textAt } from './read-values.ts';
import type { Template } from './template.ts';
import type { CapabilityAssignment, NodeTemplate, RelationshipAssignment } from './topology.ts';

const NODE_KEYS = [
  'type',
  'name',
  'description',
  'metadata',
  'directives',
  'properties',
  'attributes',
  'requirements',
  'capabilities',
  'interfaces',
  'artifacts',
  'node_filter',
  'copy',
];

/** All node templates, in their order. */
export function readNodeTemplates(entry: SourceEntry | undefined, template: Template): ReadonlyMap<string, NodeTemplate> {
  const entries = entriesOf(entry, template.findings);
  const byName = new Map(entries.map((node) => [node.key, node]));
  const nodes = new Map<string, NodeTemplate>();
  for (const node of entries) {
    const map = withCopied(node, byName, template);
    const read = map === null ? null : readNodeTemplate(node, map, template);
    if (read !== null) nodes.set(read.name, read);
  }
  return nodes;
}

function readNodeTemplate({ key, range }: SourceEntry, map: SourceMap, template: Template): NodeTemplate | null {
  const { findings, types, budget } = template;
  checkKeys(map.entries.values(), NODE_KEYS, findings);
  const typeName = textAt(map, 'type', findings) ?? '';
  if (typeName === '') {
    findings.add('type-missing', { range, path: 'type', message: `The node ${quoteText(key)} has no type.`, hint: 'Add “type: …”.' });
    return null;
  }
  const type = types.find('node_types', typeName) ?? null;
  if (type !== null && !budget.spend(sizeOfType(type), range)) return null;
  addUnsupported(map, findings);
  const entries = (name: string) => new Map(entriesOf(map.entries.get(name), findings).map((entry) => [entry.key, entry]));
  return {
    name: key,
    range,
    title: textAt(map, 'name', findings) ?? key,
    typeName,
    typeRange: map.entries.get('type')?.value.range ?? range,
    type,
    properties: entries('properties'),
    attributes: entries('attributes'),
    capabilities: readCapabilities(map.entries.get('capabilities'), type, findings),
    requirements: readRequirements(map.entries.get('requirements'), findings),
    interfaces: mergeInterfaces(type?.interfaces ?? new Map(), readInterfaces(map.entries.get('interfaces'), findings)),
    artifacts: mergeMaps(type?.artifacts ?? new Map<string, ArtifactDefinition>(), readArtifacts(map, findings), (inherited, own) => ({
      ...own,
      type: own.type ?? inherited.type,
      file: own.file ?? inherited.file,
      repository: own.repository ?? inherited.repository,
    })),
  };
}

function addUnsupported(map: SourceMap, findings: Findings): void {
  const directives = map.entries.get('directives');
  if (directives !== undefined && directives.value.kind === 'list' && directives.value.items.length > 0) {
    const what = directives.value.items.map((item) => quoteText(textOf(item) ?? '…')).join(', ');
    addNotSupported(directives, `The directive ${what} has no effect: the node is made as it stands here`, findings);
  }
  const filter = map.entries.get('node_filter');
  if (filter !== undefined) addNotSupported(filter, 'Nodes are not chosen by a filter: the node is made as it stands here', findings);
}

function readArtifacts(map: SourceMap, findings: Findings): ReadonlyMap<string, ArtifactDefinition> {
  return new Map(namedItems(map.entries.get('artifacts'), findings).map((item) => [item.named.key, readArtifact(item)] as const));
}

function readCapabilities(
  entry: SourceEntry | undefined,
  type: ResolvedType | null,
  findings: Findings,
): ReadonlyMap<string, CapabilityAssignment> {
  return new Map(
    entriesOf(entry, findings).map(({ key, range, value }) => {
      if (type !== null && !type.capabilities.has(key)) {
        const hint =
          sayNearest(nearestNames(key, type.capabilities.keys())) ?? `It has ${[...type.capabilities.keys()].join(', ') || 'none'}.`;
        const message = `${quoteText(type.name)} has no capability ${quoteText(key)}.`;
        findings.add('tosca-unknown-property', { range, path: '', message, hint });
      }
      const properties = value.kind === 'map' ? entriesOf(value.entries.get('properties'), findings) : [];
      return [key, { range, properties: new Map(properties.map((property) => [property.key, property])) }];
    }),
  );
}

/** The relationship templates of a topology. */
export function readRelationshipTemplates(entry: SourceEntry | undefined, template: Template): ReadonlyMap<string, RelationshipAssignment> {
  return new Map(
    entriesOf(entry, template.findings).flatMap(({ key, value }) => {
      const relationship = readRelationship(value, template.findings);
      return relationship === null ? [] : [[key, relationship] as const];
    }),
  );
}

const MOST_COPIES = 32;
const MERGED = ['properties', 'attributes', 'capabilities', 'interfaces', 'artifacts'];

/** `copy: other`: what the other node says, with what this one says over it. */
function withCopied(node: SourceEntry, byName: ReadonlyMap<string, SourceEntry>, { budget, findings }: Template): SourceMap | null {
  const chain: SourceMap[] = [];
  const seen = new Set<string>();
  let next: SourceEntry | undefined = node;
  while (next !== undefined) {
    const current: SourceEntry = next;
    if (current.value.kind !== 'map') {
      addNoMap(current, findings);
      return null;
    }
    if (chain.length > 0 && !budget.spend(current.value.values, node.range)) return null;
    if (chain.length > MOST_COPIES) {
      const message = `${quoteText(node.key)} is a copy of copies over more than ${MOST_COPIES} steps.`;
      findings.add('tosca-circle', { range: node.range, path: '', message });
      return null;
    }
    chain.push(current.value);
    seen.add(current.key);
    const copy: SourceEntry | undefined = current.value.entries.get('copy');
    const name: string | null = textOf(copy?.value);
    next = name === null ? undefined : byName.get(name);
    if (copy === undefined || name === null) break;
    if (next === undefined) addUnknownCopy(name, copy.value.range, byName, findings);
    if (seen.has(name)) {
      findings.add('tosca-circle', { range: copy.value.range, path: '', message: `${quoteText(node.key)} is a copy of itself.` });
      break;
    }
  }
  return chain.reduceRight((copied, own) => ({ ...own, entries: new Map([...copied.entries, ...mergeKeys(copied, own)]) }));
}

function mergeKeys(copied: SourceMap, own: SourceMap): readonly (readonly [string, SourceEntry])[] {
  return [...own.entries].map(([key, entry]) => {
    const before: SourceNode | undefined = copied.entries.get(key)?.value;
    if (!MERGED.includes(key) || before?.kind !== 'map' || entry.value.kind !== 'map') return [key, entry];
    return [key, { ...entry, value: { ...entry.value, entries: new Map([...before.entries, ...entry.value.entries]) } }];
  });
}

function addNoMap({ key, range, value }: SourceEntry, findings: Findings): void {
  const where: TextRange = value.kind === 'scalar' && value.value === null ? range : startOf(value.range);
  findings.add('value-kind', { range: where, path: '', message: `The node ${quoteText(key)} needs a map with “type”.` });
}

function addUnknownCopy(name: string, range: TextRange, byName: ReadonlyMap<string, SourceEntry>, findings: Findings): void {
  const hint = sayNearest(nearestNames(name, byName.keys()));
  findings.add('tosca-unknown-node', { range, path: '', message: `There is no node ${quoteText(name)} to copy.`, hint });
}
