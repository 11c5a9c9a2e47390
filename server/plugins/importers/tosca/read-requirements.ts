import type { Findings } from '../../../domain/blueprint/findings.ts';
import { isNothing, type SourceEntry, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { readInterfaces } from './read-interfaces.ts';
import { addNotSupported, checkKeys, entriesOf, namedItems } from './read-values.ts';
import type { RelationshipAssignment, RequirementAssignment } from './topology.ts';

const KEYS = [
  'node',
  'capability',
  'relationship',
  'node_filter',
  'occurrences',
  'type',
  'properties',
  'interfaces',
  'description',
  'metadata',
];

/** `- host: NODE`, or `- host: { node, capability, relationship, node_filter }`; drafts have properties of the relationship here too. */
export function readRequirements(entry: SourceEntry | undefined, findings: Findings): readonly RequirementAssignment[] {
  return namedItems(entry, findings).map(({ named, beside }) => {
    const { key, range, value } = named;
    const keys = new Map([...beside, ...(value.kind === 'map' ? value.entries : [])]);
    checkKeys(keys.values(), KEYS, findings);
    const occurrences = keys.get('occurrences');
    if (occurrences !== undefined) addNotSupported(occurrences, 'A requirement is met once: “occurrences” has no effect here', findings);
    const node = value.kind === 'map' ? keys.get('node')?.value : value;
    const filter = keys.get('node_filter')?.value;
    return {
      name: key,
      range,
      node: textOf(node)?.trim() ?? null,
      nodeRange: node?.range ?? range,
      capability: textOf(keys.get('capability')?.value),
      relationship: relationshipOf(keys, findings),
      filter: filter?.kind === 'map' ? filter : null,
    };
  });
}

function relationshipOf(keys: ReadonlyMap<string, SourceEntry>, findings: Findings): RelationshipAssignment | null {
  const given = keys.get('relationship') ?? keys.get('type');
  const read = given === undefined ? null : readRelationship(given.value, findings);
  const properties = keys.get('properties');
  const interfaces = keys.get('interfaces');
  if (properties === undefined && interfaces === undefined) return read;
  const range = read?.range ?? properties?.range ?? interfaces?.range;
  if (range === undefined) return read;
  return {
    type: read?.type ?? null,
    range,
    properties: new Map([...(read?.properties ?? []), ...propertiesOf(properties, findings)]),
    interfaces: new Map([...(read?.interfaces ?? []), ...readInterfaces(interfaces, findings)]),
  };
}

/** A type or name, or `{ type, properties, interfaces }`. */
export function readRelationship(node: SourceNode, findings: Findings): RelationshipAssignment | null {
  const name = textOf(node);
  if (name !== null) return { type: name.trim(), range: node.range, properties: new Map(), interfaces: new Map() };
  if (node.kind !== 'map') {
    if (!isNothing(node))
      findings.add('value-kind', { range: node.range, path: '', message: 'A relationship is a name, or a map with “type”.' });
    return null;
  }
  const type = node.entries.get('type')?.value;
  return {
    type: textOf(type)?.trim() ?? null,
    range: type?.range ?? node.range,
    properties: propertiesOf(node.entries.get('properties'), findings),
    interfaces: readInterfaces(node.entries.get('interfaces'), findings),
  };
}

function propertiesOf(entry: SourceEntry | undefined, findings: Findings): ReadonlyMap<string, SourceEntry> {
  return new Map(entriesOf(entry, findings).map((property) => [property.key, property]));
}
