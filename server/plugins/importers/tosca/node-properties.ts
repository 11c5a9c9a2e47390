import { quoteText } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { isNothing, type SourceEntry, type SourceNode } from '../../../domain/blueprint/source-node.ts';
import { checkValue } from './check-value.ts';
import type { CapabilityDefinition, PropertyDefinition } from './definitions.ts';
import { embeddedSpec } from './embedded-spec.ts';
import { evaluate } from './evaluate.ts';
import { refineProperty } from './inherit-type.ts';
import type { Model } from './model.ts';
import type { NodeTemplate } from './topology.ts';

export interface KnownProperty {
  /** Of its name: in the template, else in the type. */
  readonly range: SourceEntry['range'];
  readonly value: SourceNode;
  readonly definition: PropertyDefinition | null;
}

/** What a property of Brooklyn’s says is where the node is nested, and no value. */
const NESTING = 'parent';

/** The properties of a node that have a value, worked out and checked. */
export function nodeProperties(node: NodeTemplate, model: Model): ReadonlyMap<string, KnownProperty> {
  const declared = node.type?.properties ?? new Map<string, PropertyDefinition>();
  const known = new Map<string, KnownProperty>();
  for (const name of new Set([...declared.keys(), ...node.properties.keys()])) {
    if (name === NESTING && model.links.hostOf(node) !== null) continue;
    const property = knownProperty(node, { given: node.properties.get(name), definition: declared.get(name) ?? null }, model);
    if (property !== null) known.set(name, property);
    if (!declared.has(name) && node.type !== null && model.roles.of(node) !== 'direct') addUndeclared(node, name, declared, model);
  }
  return known;
}

/** Those of a capability, with the defaults of its type. */
export function capabilityProperties(
  node: NodeTemplate,
  capability: CapabilityDefinition,
  model: Model,
): ReadonlyMap<string, KnownProperty> {
  const type = model.template.types.find('capability_types', capability.type);
  const given = node.capabilities.get(capability.name)?.properties ?? new Map<string, SourceEntry>();
  const declared = new Map(type?.properties ?? []);
  for (const [name, own] of capability.properties) {
    const inherited = declared.get(name);
    declared.set(name, inherited === undefined ? own : refineProperty(inherited, own));
  }
  const known = new Map<string, KnownProperty>();
  for (const name of new Set([...declared.keys(), ...given.keys()])) {
    const property = knownProperty(node, { given: given.get(name), definition: declared.get(name) ?? null }, model);
    if (property !== null) known.set(name, property);
    if (!declared.has(name) && type !== undefined) addUndeclared({ ...node, properties: given }, name, declared, model);
  }
  return known;
}

function knownProperty(
  node: NodeTemplate,
  { given, definition }: { readonly given: SourceEntry | undefined; readonly definition: PropertyDefinition | null },
  model: Model,
): KnownProperty | null {
  const { template } = model;
  const raw = given === undefined || isNothing(given.value) ? (definition?.value ?? null) : given.value;
  if (raw === null) {
    const name = definition?.name ?? given?.key ?? '';
    if (definition?.schema && definition.required !== false) {
      const message = `${quoteText(node.name)} needs a value for ${quoteText(name)}.`;
      template.findings.add('tosca-property-missing', { range: given?.range ?? node.range, path: '', message });
    }
    return null;
  }
  if (!template.budget.spend(raw.values, given?.range ?? node.range)) return null;
  const spec = embeddedSpec(raw, model);
  const value = spec ?? evaluate(raw, { self: node, link: null, holder: node }, model);
  if (value === null) return null;
  if (spec === null && definition?.schema) checkValue(definition.name, value, definition.schema, template);
  return { range: given?.range ?? definition?.range ?? node.range, value, definition };
}

function addUndeclared(
  { name: nodeName, properties, type }: NodeTemplate,
  name: string,
  declared: ReadonlyMap<string, PropertyDefinition>,
  { template: { findings } }: Model,
): void {
  const range = properties.get(name)?.range;
  if (range === undefined) return;
  const near = findings.full ? [] : nearestNames(name, declared.keys());
  const hint = sayNearest(near) ?? `Known are ${[...declared.keys()].slice(0, 10).join(', ') || 'none'}.`;
  const message = `${quoteText(name)} is no property that ${quoteText(type?.name ?? nodeName)} declares.`;
  findings.add('tosca-unknown-property', {
    range,
    path: '',
    message,
    hint,
    fix: near[0] === undefined ? undefined : { title: `Rename to ${near[0]}`, text: near[0] },
  });
}
