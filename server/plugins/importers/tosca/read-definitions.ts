import type { Findings } from '../../../domain/blueprint/findings.ts';
import { isNothing, type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import type {
  ArtifactDefinition,
  CapabilityDefinition,
  Constraint,
  PropertyDefinition,
  RequirementDefinition,
  Schema,
} from './definitions.ts';
import { entriesOf, type NamedItem, namedItems, textAt, toFlag } from './read-values.ts';

/** Reads `name: { type, required, default, constraints, entry_schema … }`, or for short `name: type`. */
export function readProperty({ key, range, value }: SourceEntry, findings: Findings): PropertyDefinition {
  const plain = { name: key, range, description: null, required: undefined, value: null };
  if (value.kind !== 'map') {
    const type = textOf(value);
    return { ...plain, schema: type === null ? null : { type, range: value.range, constraints: [], entry: null } };
  }
  const given = value.entries.get('value') ?? value.entries.get('default');
  return {
    ...plain,
    schema: readSchema(value, findings),
    required: toFlag(value.entries.get('required')?.value),
    description: textOf(value.entries.get('description')?.value),
    value: given === undefined || isNothing(given.value) ? null : given.value,
  };
}

export function readProperties(entry: SourceEntry | undefined, findings: Findings): ReadonlyMap<string, PropertyDefinition> {
  return new Map(entriesOf(entry, findings).map((property) => [property.key, readProperty(property, findings)]));
}

/** An attribute may also be given its value right away: `name: { concat: […] }`. */
export function readAttributes(entry: SourceEntry | undefined, findings: Findings): ReadonlyMap<string, PropertyDefinition> {
  return new Map(
    entriesOf(entry, findings).map((attribute) => {
      const { value } = attribute;
      const isSchema =
        value.kind !== 'map' || value.entries.has('type') || value.entries.has('default') || value.entries.has('description');
      const definition = readProperty(attribute, findings);
      return [attribute.key, isSchema ? definition : { ...definition, schema: null, value }];
    }),
  );
}

/** Null where no type is said. */
export function readSchema(map: SourceMap, findings: Findings): Schema | null {
  const type = map.entries.get('type');
  const name = textOf(type?.value);
  if (type === undefined || name === null) return null;
  const entry = map.entries.get('entry_schema');
  return {
    type: name.trim(),
    range: type.value.range,
    constraints: readConstraints(map, findings),
    entry: entry === undefined ? null : readEntrySchema(entry.value, findings),
  };
}

function readEntrySchema(node: SourceNode, findings: Findings): Schema | null {
  if (node.kind === 'map') return readSchema(node, findings);
  const type = textOf(node);
  return type === null ? null : { type, range: node.range, constraints: [], entry: null };
}

/** A list of maps with one operator each; drafts have one map, or the key `constraint`. */
export function readConstraints(map: SourceMap, findings: Findings): readonly Constraint[] {
  return ['constraints', 'constraint'].flatMap((key) =>
    namedItems(map.entries.get(key), findings).flatMap(({ named, beside }) =>
      [named, ...beside.values()].map((entry) => ({ operator: entry.key, operand: entry.value, range: entry.range })),
    ),
  );
}

export function readCapability({ key, range, value }: SourceEntry, findings: Findings): CapabilityDefinition | null {
  const type = value.kind === 'map' ? textAt(value, 'type', findings) : textOf(value);
  if (type === null && value.kind !== 'map') return null;
  const properties =
    value.kind === 'map' ? readProperties(value.entries.get('properties'), findings) : new Map<string, PropertyDefinition>();
  return { name: key, type: type ?? 'tosca.capabilities.Root', range, properties };
}

/** `- host: { capability, node, relationship, occurrences }`, or as drafts have it `- host: TYPE` with the other keys beside it. */
export function readRequirement({ named, beside }: NamedItem): RequirementDefinition {
  const { key, range, value } = named;
  const keys = new Map([...beside, ...(value.kind === 'map' ? value.entries : [])]);
  const text = (name: string) => textOf(keys.get(name)?.value) ?? relationshipType(keys.get(name)?.value);
  const target = textOf(value);
  const type = text('type');
  return {
    name: key,
    range,
    target,
    capability: text('capability') ?? (target === null ? type : null),
    node: text('node'),
    relationship: text('relationship') ?? text('relationship_type') ?? (target === null ? null : type),
    occurrences: readOccurrences(keys),
  };
}

function relationshipType(node: SourceNode | undefined): string | null {
  return node?.kind === 'map' ? textOf(node.entries.get('type')?.value) : null;
}

/** `occurrences: [0, UNBOUNDED]`, in drafts `lower_bound` and `upper_bound`; one unless told. */
function readOccurrences(keys: ReadonlyMap<string, SourceEntry>): readonly [number, number] {
  const range = keys.get('occurrences')?.value;
  const items = range?.kind === 'list' ? range.items : [];
  const lowest = toCount(items[0] ?? keys.get('lower_bound')?.value);
  const highest = toCount(items[1] ?? keys.get('upper_bound')?.value);
  return [lowest ?? 1, highest ?? 1];
}

function toCount(node: SourceNode | undefined): number | null {
  const text = textOf(node)?.trim() ?? '';
  if (/^unbounded$/i.test(text)) return Number.POSITIVE_INFINITY;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** `name: { file, type, repository }`, for short `name: file`; drafts say `implementation`, and have the other keys beside the name. */
export function readArtifact({ named, beside }: NamedItem): ArtifactDefinition {
  const { key, range, value } = named;
  const keys = new Map([...beside, ...(value.kind === 'map' ? value.entries : [])]);
  const file = value.kind === 'map' ? (keys.get('file') ?? keys.get('implementation') ?? keys.get('artifact_ref'))?.value : value;
  return {
    name: key,
    range,
    type: textOf(keys.get('type')?.value),
    file: file === undefined || isNothing(file) ? null : file,
    repository: textOf(keys.get('repository')?.value),
  };
}
