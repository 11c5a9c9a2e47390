import { type Findings, quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { entryAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceEntry } from '../../../domain/blueprint/source-node.ts';
import type { Budget } from './budget.ts';
import { type ResolvedType, TYPE_KINDS, type TypeDefinition, type TypeKind } from './definitions.ts';
import { inheritType, sizeOfType } from './inherit-type.ts';
import type { LoadedTemplates, TemplateFile } from './load-templates.ts';
import { NORMATIVE } from './normative/normative-types.ts';
import { fromPlain } from './place-source.ts';
import { readType } from './read-type.ts';
import { entriesOf } from './read-values.ts';

/** The types of a template, of what it imports, and TOSCA's own, each with what it inherits. */
export interface TypeTable {
  /** By its name, its short name (`Compute`, `tosca:Compute`), or with the prefix of its import; undefined where there is none. */
  find(kind: TypeKind, name: string): ResolvedType | undefined;
  /** True where the named type is the ancestor or derives from it. */
  isA(kind: TypeKind, name: string, ancestor: string): boolean;
  /** A hint for a name that is none. */
  nearest(kind: TypeKind, name: string): string | undefined;
  /** As `find`, with a finding where there is none. */
  need(kind: TypeKind, name: string, range: TextRange): ResolvedType | undefined;
}

const MOST_ANCESTORS = 100;
const NOWHERE: TextRange = { start: 0, end: 0 };

interface Declared {
  readonly entry: SourceEntry;
  readonly normative: boolean;
}

/** While an import is missing, types that are not found may be in it, so only their absence there is said. */
export function createTypeTable({ files, incomplete }: LoadedTemplates, budget: Budget, findings: Findings): TypeTable {
  const declared = new Map(TYPE_KINDS.map((kind) => [kind, declaredTypes(kind, files, findings)]));
  const read = new Map<string, TypeDefinition>();
  const resolved = new Map<string, ResolvedType>();
  const circles = new Set<TypeDefinition>();

  const nameOf = (kind: TypeKind, name: string): string | undefined => {
    if (declared.get(kind)?.has(name)) return name;
    if (Object.hasOwn(NORMATIVE[kind], name)) return name;
    const short = SHORT_NAMES[kind].get(name.replace(/^tosca:/, ''));
    return short ?? (name.includes(':') ? nameOf(kind, name.slice(name.indexOf(':') + 1)) : undefined);
  };

  const definition = (kind: TypeKind, name: string): TypeDefinition | undefined => {
    const key = `${kind} ${name}`;
    const known = read.get(key);
    if (known !== undefined) return known;
    const source = declared.get(kind)?.get(name) ?? normative(kind, name);
    if (source === undefined) return undefined;
    const type = readType(kind, source.entry, source.normative, findings);
    read.set(key, type);
    return type;
  };

  const find = (kind: TypeKind, written: string): ResolvedType | undefined => {
    const name = nameOf(kind, written);
    if (name === undefined) return undefined;
    const before = resolved.get(`${kind} ${name}`);
    if (before !== undefined) return before;
    const line = lineOf(name, {
      isResolved: (type) => resolved.has(`${kind} ${type}`),
      definition: (type) => definition(kind, type),
      nameOf: (parent) => nameOf(kind, parent),
      addUnknown: (type) => addUnknownParent(kind, type),
      addCircle,
    });
    let parent: ResolvedType | null = null;
    for (const type of line.toReversed()) {
      const key = `${kind} ${type.name}`;
      const known: ResolvedType | undefined = resolved.get(key);
      if (known === undefined && parent !== null && !budget.spend(sizeOfType(parent), type.range)) return undefined;
      parent = known ?? inheritType(type, parent);
      resolved.set(key, parent);
    }
    return parent ?? undefined;
  };

  const nearest = (kind: TypeKind, name: string) => {
    if (findings.full) return undefined;
    const known = [...(declared.get(kind)?.keys() ?? []), ...Object.keys(NORMATIVE[kind])];
    return sayNearest(nearestNames(name, known));
  };

  const addUnknownParent = (kind: TypeKind, { name, derivedFrom }: TypeDefinition) => {
    if (derivedFrom === null || incomplete) return;
    const message = `${quoteText(name)} derives from ${quoteText(derivedFrom.name)}, which is no type here.`;
    const hint = nearest(kind, derivedFrom.name) ?? 'Define it, or import it.';
    findings.add('tosca-unknown-type', { range: derivedFrom.range, path: '', message, hint });
  };

  const addCircle = (around: readonly TypeDefinition[]) => {
    const known = around.some((type) => circles.has(type));
    for (const type of around) circles.add(type);
    const names = [...around, ...around.slice(0, 1)].map(({ name }) => name);
    const message =
      around.length < MOST_ANCESTORS
        ? `Types derive from each other in a circle: ${names.slice(0, 8).join(' → ')}.`
        : `Types derive from each other over more than ${MOST_ANCESTORS} steps.`;
    const range = around.at(-1)?.derivedFrom?.range ?? NOWHERE;
    if (!known) findings.add('tosca-circle', { range, path: '', message });
  };

  return {
    find,
    nearest,
    isA: (kind, name, ancestor) => find(kind, name)?.ancestry.includes(ancestor) ?? false,
    need(kind, name, range) {
      const type = find(kind, name);
      if (type !== undefined || incomplete) return type;
      const message = `There is no ${kind.replace('_types', '')} type ${quoteText(name)}.`;
      findings.add('tosca-unknown-type', { range, path: '', message, hint: nearest(kind, name) ?? 'Define it, or import it.' });
      return undefined;
    },
  };
}

interface Lookup {
  /** What it inherits is known: its line need not be followed any more. */
  isResolved(name: string): boolean;
  definition(name: string): TypeDefinition | undefined;
  nameOf(name: string): string | undefined;
  /** Derives from a type that is not there. */
  addUnknown(type: TypeDefinition): void;
  addCircle(around: readonly TypeDefinition[]): void;
}

/** A type and those that it derives from, nearest first; a circle is cut. */
function lineOf(name: string, { definition, nameOf, isResolved, addUnknown, addCircle }: Lookup): readonly TypeDefinition[] {
  const line: TypeDefinition[] = [];
  let next: string | undefined = name;
  while (next !== undefined && line.length < MOST_ANCESTORS) {
    const type = definition(next);
    if (type === undefined) break;
    line.push(type);
    const { derivedFrom } = type;
    if (derivedFrom === null || isResolved(type.name)) break;
    next = nameOf(derivedFrom.name);
    const before = line.findIndex((other) => other.name === next);
    if (before >= 0 || line.length === MOST_ANCESTORS) {
      addCircle(before < 0 ? line : line.slice(before));
      break;
    }
    if (next === undefined && !isBasic(derivedFrom.name)) addUnknown(type);
  }
  return line;
}

/** What data types may derive from without being types themselves. */
function isBasic(name: string): boolean {
  return /^(?:string|integer|float|boolean|timestamp|version|range|list|map|null|bytes|PortDef|scalar-unit\.\w+)$/.test(name);
}

function declaredTypes(kind: TypeKind, files: readonly TemplateFile[], findings: Findings): ReadonlyMap<string, Declared> {
  const types = new Map<string, Declared>();
  for (const { source, prefix } of files) {
    for (const entry of entriesOf(source.entries.get(kind), findings)) {
      // The profile says `prefix:Type`; its first tools wrote `prefix.Type`.
      const names = prefix === null ? [entry.key] : [`${prefix}:${entry.key}`, `${prefix}.${entry.key}`, entry.key];
      for (const name of names) if (!types.has(name)) types.set(name, { entry: { ...entry, key: name }, normative: false });
    }
  }
  return types;
}

function normative(kind: TypeKind, name: string): Declared | undefined {
  const plain = Object.hasOwn(NORMATIVE[kind], name) ? NORMATIVE[kind][name] : undefined;
  return plain === undefined ? undefined : { entry: entryAt(NOWHERE, name, fromPlain(plain, NOWHERE)), normative: true };
}

/** `tosca.nodes.Container.Runtime` is also `Container.Runtime`, and `tosca.nodes.network.Port` also `Port`. */
const SHORT_NAMES: Readonly<Record<TypeKind, ReadonlyMap<string, string>>> = {
  node_types: shortNames('node_types'),
  relationship_types: shortNames('relationship_types'),
  capability_types: shortNames('capability_types'),
  data_types: shortNames('data_types'),
  artifact_types: shortNames('artifact_types'),
  policy_types: shortNames('policy_types'),
  group_types: shortNames('group_types'),
  interface_types: shortNames('interface_types'),
};

function shortNames(kind: TypeKind): ReadonlyMap<string, string> {
  const parts = Object.keys(NORMATIVE[kind]).map((name) => ({ name, rest: name.split('.').slice(2) }));
  return new Map([
    ...parts.toReversed().map(({ name, rest }) => [rest.at(-1) ?? name, name] as const),
    ...parts.map(({ name, rest }) => [rest.join('.'), name] as const),
  ]);
}
