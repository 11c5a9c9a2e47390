import { DSL_PREFIX } from '../../../domain/blueprint/dsl-functions.ts';
import { quoteText } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { isNothing, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { checkConstraints } from './check-constraints.ts';
import type { Schema } from './definitions.ts';
import { toFlag } from './read-values.ts';
import { parseScalarUnit, unitExample } from './scalar-units.ts';
import type { Template } from './template.ts';

const TEXTS = ['string', 'timestamp', 'version', 'bytes', 'tosca.datatypes.json', 'tosca.datatypes.xml'];
const MOST_ANCESTORS = 20;

/**
 * Checks a value, with its functions worked out, against what a property must be. What is only known when the application runs
 * (`$brooklyn:…`) is not checked. `name` is for messages.
 */
export function checkValue(name: string, node: SourceNode, schema: Schema, template: Template): void {
  if (isLive(node) || isNothing(node) || !template.budget.spend(1, node.range)) return;
  const { type } = schema;
  const wrong = problemOf(node, type, template.dialect.draft);
  if (wrong === 'unknown') checkDataType(name, node, schema, template);
  else if (wrong !== null) {
    const given = node.kind === 'scalar' ? quoteText(textOf(node) ?? '') : `a ${node.kind}`;
    template.findings.add('tosca-value', { range: node.range, path: '', message: `${quoteText(name)} needs ${wrong}, not ${given}.` });
    return;
  }
  checkConstraints(name, node, schema, template);
  if (schema.entry === null) return;
  if (node.kind === 'list') for (const item of node.items) checkValue(name, item, schema.entry, template);
  if (node.kind === 'map') for (const { key, value } of node.entries.values()) checkValue(`${name}.${key}`, value, schema.entry, template);
}

export function isLive(node: SourceNode): boolean {
  if (node.kind === 'scalar') return typeof node.value === 'string' && node.value.startsWith(DSL_PREFIX);
  return node.kind === 'map' && [...node.entries.keys()].some((key) => key.startsWith(DSL_PREFIX));
}

/** What is needed instead; `unknown` for a type that is no basic one. */
function problemOf(node: SourceNode, type: string, draft: boolean): string | 'unknown' | null {
  const text = textOf(node);
  if (TEXTS.includes(type)) return text === null ? 'a text' : null;
  if (type.startsWith('scalar-unit.')) {
    const unitless = draft && /^\d+(?:\.\d+)?$/.test(text ?? '');
    return text !== null && (unitless || parseScalarUnit(text, type) !== null) ? null : unitExample(type);
  }
  switch (type) {
    case 'integer':
    case 'PortDef':
      return /^-?\d{1,15}$/.test(text?.trim() ?? '') ? null : 'a whole number';
    case 'float':
      return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text?.trim() ?? '') ? null : 'a number';
    case 'boolean':
      return toFlag(node) === undefined ? 'true or false' : null;
    case 'range':
      return node.kind === 'list' && node.items.length === 2 ? null : 'a range, such as [1, 4]';
    case 'list':
      // Templates of Brooklyn give “8080+” where their types say list.
      return node.kind === 'map' ? 'a list' : null;
    case 'map':
      return node.kind === 'map' ? null : 'a map';
    case 'null':
      return null;
    default:
      return 'unknown';
  }
}

/** A data type is a basic one with constraints, or a map with properties. */
function checkDataType(name: string, node: SourceNode, schema: Schema, template: Template): void {
  const type = template.types.need('data_types', schema.type, schema.range);
  if (type === undefined) return;
  const basic = basicType(schema.type, template);
  if (basic !== null) {
    checkValue(name, node, { ...schema, type: basic, constraints: type.constraints, entry: null }, template);
    return;
  }
  if (type.properties.size === 0) return;
  if (node.kind === 'map') {
    checkProperties(name, node, schema.type, template);
    return;
  }
  const message = `${quoteText(name)} needs a map with ${[...type.properties.keys()].slice(0, 6).join(', ')}.`;
  template.findings.add('tosca-value', { range: node.range, path: '', message });
}

function checkProperties(name: string, node: SourceMap, typeName: string, template: Template): void {
  const properties = template.types.find('data_types', typeName)?.properties ?? new Map();
  for (const { key, range, value } of node.entries.values()) {
    const property = properties.get(key);
    if (property?.schema) checkValue(`${name}.${key}`, value, property.schema, template);
    if (property !== undefined) continue;
    const hint = sayNearest(nearestNames(key, properties.keys())) ?? `It has ${[...properties.keys()].slice(0, 8).join(', ')}.`;
    template.findings.add('tosca-unknown-property', { range, path: '', message: `${typeName} has no ${quoteText(key)}.`, hint });
  }
  for (const property of properties.values()) {
    if (property.required === false || property.value !== null || node.entries.has(property.name)) continue;
    const message = `${quoteText(name)} lacks ${quoteText(property.name)}, which ${typeName} needs.`;
    template.findings.add('tosca-property-missing', { range: node.range, path: '', message });
  }
}

/** The basic type that a data type derives from, `integer` for PortDef; null for one of properties. */
function basicType(name: string, { types }: Template): string | null {
  let next = name;
  for (let steps = 0; steps < MOST_ANCESTORS; steps += 1) {
    const type = types.find('data_types', next);
    if (type === undefined) return next;
    if (type.derivedFrom === null) return null;
    next = type.derivedFrom.name;
  }
  return null;
}
