import type { Findings } from '../../../domain/blueprint/findings.ts';
import { quoteText } from '../../../domain/blueprint/findings.ts';
import { type SourceEntry, type SourceMap, textOf } from '../../../domain/blueprint/source-node.ts';
import type { TypeDefinition, TypeKind } from './definitions.ts';
import { readArtifact, readAttributes, readCapability, readConstraints, readProperties, readRequirement } from './read-definitions.ts';
import { readInterfaces } from './read-interfaces.ts';
import { checkKeys, entriesOf, namedItems } from './read-values.ts';

const COMMON_KEYS = ['derived_from', 'version', 'metadata', 'description', 'tags', 'abstract', 'properties', 'attributes'];

const KEYS: Readonly<Record<TypeKind, readonly string[]>> = {
  node_types: ['capabilities', 'requirements', 'interfaces', 'artifacts'],
  relationship_types: ['interfaces', 'valid_target_types', 'valid_targets', 'valid_sources', 'valid_source_types', 'artifacts'],
  capability_types: ['valid_source_types', 'valid_sources'],
  data_types: ['type', 'constraints', 'constraint', 'entry_schema', 'key_schema'],
  artifact_types: ['mime_type', 'file_ext'],
  policy_types: ['targets', 'triggers'],
  group_types: ['members', 'capabilities', 'requirements', 'interfaces'],
  interface_types: [],
};

/** One type as it is written, without what it inherits. */
export function readType(kind: TypeKind, entry: SourceEntry, normative: boolean, findings: Findings): TypeDefinition {
  const { key, range, value } = entry;
  const map: SourceMap = value.kind === 'map' ? value : { kind: 'map', range, entries: new Map(), values: 1, depth: 1 };
  if (value.kind !== 'map') addNoMap(entry, findings);
  if (kind !== 'interface_types') checkKeys(map.entries.values(), [...COMMON_KEYS, ...KEYS[kind]], findings);
  const parent = map.entries.get('derived_from') ?? (kind === 'data_types' ? map.entries.get('type') : undefined);
  const derivedFrom = textOf(parent?.value);
  return {
    kind,
    name: key,
    range,
    normative,
    derivedFrom: parent === undefined || derivedFrom === null ? null : { name: derivedFrom.trim(), range: parent.value.range },
    properties: readProperties(map.entries.get('properties'), findings),
    attributes: readAttributes(map.entries.get('attributes'), findings),
    capabilities: new Map(
      entriesOf(map.entries.get('capabilities'), findings).flatMap((capability) => {
        const definition = readCapability(capability, findings);
        return definition === null ? [] : [[capability.key, definition] as const];
      }),
    ),
    requirements: new Map(
      namedItems(map.entries.get('requirements'), findings).map((item) => [item.named.key, readRequirement(item)] as const),
    ),
    interfaces: readInterfaces(map.entries.get('interfaces'), findings),
    artifacts: new Map(namedItems(map.entries.get('artifacts'), findings).map((item) => [item.named.key, readArtifact(item)] as const)),
    constraints: readConstraints(map, findings),
  };
}

function addNoMap({ key, value }: SourceEntry, findings: Findings): void {
  if (value.kind === 'scalar' && value.value === null) return;
  findings.add('value-kind', { range: value.range, path: key, message: `The type ${quoteText(key)} needs a map that says what it is.` });
}
