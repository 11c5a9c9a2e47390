import { quoteText } from '../../../domain/blueprint/findings.ts';
import { scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { isNothing, type SourceEntry, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { isLive } from './check-value.ts';
import type { PropertyDefinition } from './definitions.ts';
import { expressionAt, referTo } from './dsl-text.ts';
import { type Call, evaluate } from './evaluate.ts';
import { misused } from './function-problems.ts';
import type { Link } from './link-nodes.ts';
import type { Model } from './model.ts';
import type { NodeTemplate } from './topology.ts';

/** What a path leads to: a value and what is left of the path; `none` where nothing is there; null, with a finding, where it has no value. */
type Member = { readonly value: SourceNode; readonly rest: readonly SourceNode[] } | 'none' | null;

/** A property of a node, of a capability of it, of what meets a requirement of it, or of a relationship. */
export function propertyValue(target: NodeTemplate | 'relationship', path: readonly SourceNode[], call: Call): Member {
  const [first, ...rest] = path;
  const name = textOf(first) ?? '';
  if (target === 'relationship') return call.scope.link === null ? 'none' : ofRelationship(call.scope.link, name, rest, call);
  const own = ofNode(target, name, call);
  if (own !== 'none' && own !== 'unset') return own && { value: own, rest };
  const dotted = dottedPath(target, name);
  if (dotted !== null) return propertyValue(target, [...dotted.map((part) => toStep(part, first)), ...rest], call);
  const second = textOf(rest[0]);
  if (second !== null) {
    const ofNamed = ofCapability(target, name, second, call);
    if (ofNamed === 'unset') return noValue(second, call);
    if (ofNamed !== 'none') return ofNamed && { value: ofNamed, rest: rest.slice(1) };
    const link = call.model.links.from(target).find(({ requirement }) => requirement === name);
    if (link !== undefined) return ofRequirement(link, second, rest, call);
  }
  for (const capability of target.capabilities.keys()) {
    const value = ofCapability(target, capability, name, call);
    if (value !== 'none' && value !== 'unset') return value && { value, rest };
  }
  return own === 'unset' ? noValue(name, call) : 'none';
}

/** The value that a type or template gives to an attribute; also a property of that name, which every attribute reflects. */
export function attributeValue(node: NodeTemplate, path: readonly SourceNode[], call: Call): Member {
  const [first, ...rest] = path;
  const name = textOf(first) ?? '';
  const assigned = node.attributes.get(name);
  const definition = node.type?.attributes.get(name);
  const raw = assigned?.value.kind === 'map' ? (assigned.value.entries.get('value')?.value ?? assigned.value) : assigned?.value;
  const value = raw ?? definition?.value ?? null;
  if (value !== null && !isNothing(value)) return open(node, name, value, rest, call);
  return definition === undefined ? propertyValue(node, path, call) : 'none';
}

/** `unset`: it is declared, and has no value. */
type Found = SourceNode | 'none' | 'unset' | null;

function ofNode(node: NodeTemplate, name: string, call: Call): Found {
  const assigned = node.properties.get(name);
  const definition = node.type?.properties.get(name);
  if (assigned === undefined && definition === undefined) return 'none';
  return workedOut(node, name, assigned, definition, call);
}

function ofCapability(node: NodeTemplate, capability: string, name: string, call: Call): Found {
  const assigned = node.capabilities.get(capability)?.properties.get(name);
  const declared = node.type?.capabilities.get(capability);
  const type = declared === undefined ? undefined : call.model.template.types.find('capability_types', declared.type);
  const definition = declared?.properties.get(name) ?? type?.properties.get(name);
  if (assigned === undefined && definition === undefined) return 'none';
  return workedOut(node, `${capability}.${name}`, assigned, definition, call);
}

/** Of the relationship, of the capability that is connected to, or of the node that it leads to. */
function ofRequirement(link: Link, name: string, rest: readonly SourceNode[], call: Call): Member {
  const ofLink = ofRelationship(link, name, rest.slice(1), call);
  if (ofLink !== 'none') return ofLink;
  const value = link.capability === null ? 'none' : ofCapability(link.target, link.capability, name, call);
  if (value !== 'none' && value !== 'unset') return value && { value, rest: rest.slice(1) };
  return propertyValue(link.target, rest, call);
}

function ofRelationship(link: Link, name: string, rest: readonly SourceNode[], call: Call): Member {
  const assigned = link.properties.get(name);
  const definition = link.relationshipType?.properties.get(name);
  if (assigned === undefined && definition === undefined) return 'none';
  const value = assigned?.value ?? definition?.value ?? null;
  return value === null ? noValue(name, call) : open(link.source, `${link.requirement} ${name}`, value, rest, call);
}

function workedOut(
  node: NodeTemplate,
  name: string,
  assigned: SourceEntry | undefined,
  definition: PropertyDefinition | undefined,
  call: Call,
): Found {
  const given = assigned === undefined || isNothing(assigned.value) ? null : assigned.value;
  const value = given ?? definition?.value ?? null;
  if (value === null) return 'unset';
  const { scope, model } = call;
  if (isLive(value) && node !== scope.holder) {
    const reference = referTo(node, scope.holder, model);
    const kept = ['direct', 'software', 'unknown'].includes(model.roles.of(node)) && !name.includes('.');
    if (reference !== null && kept) return expressionAt(call.range, [...reference, { name: 'config', args: [name] }]);
  }
  const opened = open(node, name, value, [], call);
  return opened === 'none' || opened === null ? null : opened.value;
}

const MOST_OPEN = 40;

/** Works the value out as its owner would; a property that leads to itself has a finding. */
function open(node: NodeTemplate, name: string, value: SourceNode, rest: readonly SourceNode[], call: Call): Member {
  const { model, scope } = call;
  const key = `${node.name}.${name}`;
  if (model.open.includes(key) || model.open.length >= MOST_OPEN) return addCircle(key, call);
  const worked = knownFor(scope.holder, model);
  const before = worked.get(key);
  if (before === null || !model.template.budget.spend((before ?? value).values, call.range)) return null;
  if (before !== undefined) return { value: before, rest };
  model.open.push(key);
  const result = evaluate(value, { self: node, link: null, holder: scope.holder }, model);
  model.open.pop();
  worked.set(key, result);
  return result === null ? null : { value: result, rest };
}

function knownFor(holder: NodeTemplate | null, { known }: Model): Map<string, SourceNode | null> {
  const worked = known.get(holder) ?? new Map<string, SourceNode | null>();
  known.set(holder, worked);
  return worked;
}

function addCircle(key: string, call: Call): null {
  const { open: opened, circles } = call.model;
  const around = opened.slice(Math.max(0, opened.indexOf(key)));
  const known = around.some((name) => circles.has(name));
  for (const name of around) circles.add(name);
  if (known) return null;
  const what = opened.includes(key) ? 'leads round in a circle' : 'leads through too many properties';
  return misused(call, `${what}: ${[...around, key].slice(0, 6).join(' → ')}`);
}

function noValue(name: string, { name: called, range, model }: Call): null {
  const message = `${quoteText(called)} reads ${quoteText(name)}, which has no value; what needs it is left out.`;
  model.template.findings.add('tosca-no-value', { range, path: '', message });
  return null;
}

/** Drafts write `p2.0` for the first item of `p2`, while a property’s own name may have dots. */
function dottedPath(node: NodeTemplate, name: string): readonly string[] | null {
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const head = name.slice(0, dot);
    if (node.properties.has(head) || node.type?.properties.has(head)) return [head, ...name.slice(dot + 1).split('.')];
  }
  return null;
}

function toStep(text: string, at: SourceNode | undefined): SourceNode {
  return scalarAt(at?.range ?? { start: 0, end: 0 }, text);
}
