import type { ParameterSpec } from '../../entity/entity-spec.ts';
import { INHERITANCE_WORDS, parseInheritance } from '../config-inheritance.ts';
import type { ConfigValue } from '../config-value.ts';
import { joinPath, quoteText, type TextRange } from '../findings.ts';
import { addUnknown } from '../gather-config.ts';
import { didYouMean } from '../nearest-name.ts';
import type { PlanState, Scope } from '../plan-state.ts';
import { listOf } from '../read-service-text.ts';
import { isNothing, plainValueOf, type SourceEntry, type SourceMap, type SourceNode, textOf } from '../source-node.ts';
import { toConfigValue } from '../to-config-value.ts';
import { parseConstraint, whyUnchecked } from './constraint.ts';
import { PARAMETER_TYPES, parameterType } from './parameter-type.ts';

/** One of `brooklyn.parameters` as it is written: what it does not say is left to what it redefines. */
export interface DeclaredParameter {
  readonly given: Partial<ParameterSpec> & { readonly name: string };
  /** Of the name, or of the text that is the name. */
  readonly range: TextRange;
  readonly path: string;
  /** Where the default stands. */
  readonly defaultNode: SourceNode | null;
}

const KEYS: readonly string[] = [
  'name',
  'label',
  'description',
  'type',
  'default',
  'pinned',
  'constraints',
  'reconfigurable',
  'sensor',
  'deprecatedNames',
  'inheritance.runtime',
  'inheritance.parent',
  'inheritance.type',
];

/** `brooklyn.parameters`: names, or maps with `name`. */
export function readParameters(
  map: SourceMap,
  at: { readonly owner: string; readonly path: string; readonly scope: Scope },
  state: PlanState,
): readonly DeclaredParameter[] {
  const below = joinPath(at.path, 'brooklyn.parameters');
  const names = new Set<string>();
  return listOf(map.entries.get('brooklyn.parameters'), below, state.findings).flatMap((node, index) => {
    const declared = readParameter({ node, owner: at.owner, scope: at.scope, path: joinPath(below, index) }, state);
    if (declared === null) return [];
    const { name } = declared.given;
    if (names.has(name))
      addInvalid(declared.range, declared.path, `The parameter ${quoteText(name)} is declared twice.`, 'Keep one.', state);
    names.add(name);
    return [declared];
  });
}

interface Placed {
  readonly node: SourceNode;
  readonly scope: Scope;
  readonly owner: string;
  readonly path: string;
}

function readParameter({ node, owner, scope, path }: Placed, state: PlanState): DeclaredParameter | null {
  const entry = node.kind === 'map' ? node.entries.get('name') : undefined;
  const name = (node.kind === 'map' ? textOf(entry?.value) : textOf(node))?.trim() ?? '';
  if (name === '') {
    addInvalid(node.range, path, 'A parameter needs a name: text, or a map with “name”.', undefined, state);
    return null;
  }
  if (node.kind !== 'map') return { given: { name }, range: node.range, path, defaultNode: null };
  for (const other of node.entries.values()) if (!KEYS.includes(other.key)) addUnknown(other, joinPath(path, other.key), KEYS, state);
  const reader = createReader(node, path, state);
  const defaultNode = node.entries.get('default')?.value ?? null;
  const hasDefault = defaultNode !== null && !isNothing(defaultNode);
  return {
    given: {
      name,
      ...present('label', reader.text('label')),
      ...present('description', reader.text('description')),
      ...present('type', readType(reader)),
      ...(hasDefault
        ? { defaultValue: toConfigValue(defaultNode, { owner, scope, key: name, path: joinPath(path, 'default') }, state) }
        : {}),
      ...present('pinned', reader.flag('pinned')),
      ...present('reconfigurable', reader.flag('reconfigurable')),
      ...present('constraints', readConstraints(reader)),
      ...present('sensor', reader.text('sensor')),
      ...present('deprecatedNames', reader.names('deprecatedNames')),
      ...present('inheritance', readInheritance(reader)),
    },
    range: entry?.value.range ?? node.range,
    path,
    defaultNode: hasDefault ? defaultNode : null,
  };
}

/** Fields of one parameter; a field of another kind gets a finding and counts as not given. */
interface FieldReader {
  readonly map: SourceMap;
  readonly state: PlanState;
  entry(key: string): SourceEntry | undefined;
  pathOf(key: string): string;
  text(key: string): string | null;
  flag(key: string): boolean | null;
  names(key: string): readonly string[] | null;
  refuse(key: string, message: string, hint?: string): null;
}

function createReader(map: SourceMap, path: string, state: PlanState): FieldReader {
  return {
    map,
    state,
    entry(key) {
      const found = map.entries.get(key);
      return found === undefined || isNothing(found.value) ? undefined : found;
    },
    pathOf: (key) => joinPath(path, key),
    text(key) {
      const found = this.entry(key);
      return found === undefined ? null : (textOf(found.value) ?? this.refuse(key, `${quoteText(key)} needs a text.`));
    },
    flag(key) {
      const written = this.text(key)?.trim().toLowerCase();
      if (written === undefined) return null;
      if (written === 'true' || written === 'false') return written === 'true';
      return this.refuse(key, `${quoteText(key)} needs true or false.`);
    },
    names(key) {
      const found = this.entry(key);
      if (found === undefined) return null;
      const items = found.value.kind === 'list' ? found.value.items : [found.value];
      const texts = items.flatMap((item) => textOf(item) ?? []);
      return texts.length === items.length ? texts : this.refuse(key, `${quoteText(key)} needs a list of names.`);
    },
    refuse(key, message, hint) {
      addInvalid(map.entries.get(key)?.value.range ?? map.range, this.pathOf(key), message, hint, state);
      return null;
    },
  };
}

function readType(reader: FieldReader): string | null {
  const written = reader.text('type');
  if (written === null) return null;
  const type = parameterType(written);
  if (type !== undefined) return type.id;
  const { state } = reader;
  if (state.adjunctsByName.has(written) || state.typesByName.has(written)) return written;
  const hint = didYouMean(written, PARAMETER_TYPES) ?? `Known are ${PARAMETER_TYPES.join(', ')} and classes such as java.util.List.`;
  return reader.refuse('type', `There is no type ${quoteText(written)} of parameters.`, hint);
}

function readConstraints(reader: FieldReader): readonly ConfigValue[] | null {
  const entry = reader.entry('constraints');
  if (entry === undefined) return null;
  const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  return nodes.flatMap((node, index) => {
    const constraint = plainValueOf(node);
    const parsed = parseConstraint(constraint);
    const { range } = node;
    const path = joinPath(reader.pathOf('constraints'), index);
    if (!parsed.ok) addInvalid(range, path, `A constraint cannot be read: ${parsed.message}.`, parsed.hint, reader.state);
    const unchecked = parsed.ok ? whyUnchecked(parsed.constraint) : null;
    if (unchecked !== null) {
      reader.state.findings.add('constraint-unchecked', { range, path, message: `This constraint is not checked: ${unchecked}.` });
    }
    return parsed.ok ? [constraint] : [];
  });
}

function readInheritance(reader: FieldReader): NonNullable<ParameterSpec['inheritance']> | null {
  const runtime = readMode('inheritance.runtime', reader) ?? readMode('inheritance.parent', reader);
  const type = readMode('inheritance.type', reader);
  return runtime === null && type === null ? null : { ...present('runtime', runtime), ...present('type', type) };
}

function readMode(key: string, reader: FieldReader): string | null {
  const written = reader.text(key);
  if (written === null || parseInheritance(written) !== undefined) return written;
  return reader.refuse(key, `There is no inheritance ${quoteText(written)}.`, `Use ${INHERITANCE_WORDS.join(', ')}.`);
}

function present<Key extends string, Value>(key: Key, value: Value | null): { readonly [K in Key]?: Value } {
  const field: { [K in Key]?: Value } = {};
  if (value !== null) field[key] = value;
  return field;
}

function addInvalid(range: TextRange, path: string, message: string, hint: string | undefined, state: PlanState): void {
  state.findings.add('parameter-invalid', { range, path, message, hint });
}
