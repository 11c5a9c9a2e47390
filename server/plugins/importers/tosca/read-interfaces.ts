import { type Findings, quoteText } from '../../../domain/blueprint/findings.ts';
import { isNothing, type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import type { Implementation, InterfaceDefinition, OperationDefinition, OperationInput } from './definitions.ts';
import { addNotSupported, entriesOf, toFlag } from './read-values.ts';

const STANDARD = /^(?:tosca[.:]interfaces[.:]node[.:]lifecycle[.:])?standard$/i;
const CONFIGURE = /^(?:tosca[.:]interfaces[.:]relationship[.:])?configure$/i;
const NO_OPERATIONS = ['type', 'description', 'inputs', 'operations', 'notifications', 'metadata', 'derived_from', 'version'];

/** Interfaces of a type, template or relationship. Those of the lifecycle have one name, however they are written. */
export function readInterfaces(entry: SourceEntry | undefined, findings: Findings): ReadonlyMap<string, InterfaceDefinition> {
  const found = new Map<string, InterfaceDefinition>();
  for (const given of entriesOf(entry, findings)) {
    const definition = readInterface(given, findings);
    if (definition !== null) found.set(definition.name, definition);
  }
  return found;
}

function readInterface(entry: SourceEntry, findings: Findings): InterfaceDefinition | null {
  const { key, range, value } = entry;
  if (value.kind !== 'map') {
    if (!isNothing(value))
      findings.add('value-kind', { range: value.range, path: key, message: `The interface ${quoteText(key)} needs a map of operations.` });
    return null;
  }
  const type = textOf(value.entries.get('type')?.value) ?? '';
  const name = STANDARD.test(key) || STANDARD.test(type) ? 'Standard' : CONFIGURE.test(key) || CONFIGURE.test(type) ? 'Configure' : key;
  const notifications = value.entries.get('notifications');
  if (notifications !== undefined) addNotSupported(notifications, 'Notifications of an interface are not received', findings);
  const shared = readInputs(value.entries.get('inputs'), findings);
  const nested = entriesOf(value.entries.get('operations'), findings);
  const operations = [...value.entries.values()].filter((other) => !NO_OPERATIONS.includes(other.key)).concat(nested);
  return {
    name,
    range,
    operations: new Map(operations.map((operation) => [operation.key, readOperation(operation, shared, findings)])),
  };
}

function readOperation(
  { key, range, value }: SourceEntry,
  shared: ReadonlyMap<string, OperationInput>,
  findings: Findings,
): OperationDefinition {
  if (value.kind !== 'map') return { name: key, range, implementation: readImplementation(value, findings), inputs: shared };
  const implementation = value.entries.get('implementation');
  const outputs = value.entries.get('outputs');
  if (outputs !== undefined) addNotSupported(outputs, 'Outputs of an operation are not read', findings);
  return {
    name: key,
    range,
    implementation: implementation === undefined ? null : readImplementation(implementation.value, findings),
    inputs: new Map([...shared, ...readInputs(value.entries.get('inputs'), findings)]),
  };
}

/** `implementation: FILE`, or `{ primary: FILE or { file, type }, dependencies, timeout, operation_host }`. */
function readImplementation(node: SourceNode, findings: Findings): Implementation | null {
  const name = textOf(node)?.trim();
  if (name !== undefined && name !== '') return { name, range: node.range, artifactType: null, dependencies: [] };
  if (node.kind !== 'map') return null;
  const primary = node.entries.get('primary')?.value ?? node;
  const file = primary.kind === 'map' ? (primary.entries.get('file') ?? primary.entries.get('implementation'))?.value : primary;
  const text = textOf(file)?.trim() ?? '';
  if (file === undefined || text === '') return null;
  for (const key of ['timeout', 'operation_host']) {
    const entry = node.entries.get(key);
    if (entry !== undefined) addNotSupported(entry, `${quoteText(key)} of an implementation has no effect`, findings);
  }
  return {
    name: text,
    range: file.range,
    artifactType: primary.kind === 'map' ? textOf(primary.entries.get('type')?.value) : null,
    dependencies: dependenciesOf(node),
  };
}

function dependenciesOf(map: SourceMap): readonly SourceNode[] {
  const dependencies = map.entries.get('dependencies')?.value;
  if (dependencies === undefined || isNothing(dependencies)) return [];
  return dependencies.kind === 'list' ? dependencies.items : [dependencies];
}

const SCHEMA_KEYS = [
  'type',
  'description',
  'default',
  'value',
  'required',
  'constraints',
  'entry_schema',
  'key_schema',
  'status',
  'mapping',
];

/** A type may declare an input (`{ type, default }`) or, as a template does, give its value. */
function readInputs(entry: SourceEntry | undefined, findings: Findings): ReadonlyMap<string, OperationInput> {
  return new Map(
    entriesOf(entry, findings).map(({ key, range, value }) => {
      const schema = value.kind === 'map' && [...value.entries.keys()].every((name) => SCHEMA_KEYS.includes(name)) ? value : null;
      const given = schema?.entries.get('value') ?? schema?.entries.get('default');
      const declared = schema !== null && (schema.entries.has('type') || given !== undefined);
      const node = declared ? given?.value : value;
      return [
        key,
        {
          name: key,
          range,
          value: node === undefined || (declared && isNothing(node)) ? null : node,
          required: declared && (toFlag(schema.entries.get('required')?.value) ?? true),
        },
      ];
    }),
  );
}
