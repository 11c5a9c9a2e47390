import { quoteText } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { descend } from './descend.ts';
import { expressionAt, referTo } from './dsl-text.ts';
import type { Call } from './evaluate.ts';
import { misused, unsupported } from './function-problems.ts';
import { attributeValue, propertyValue } from './member-value.ts';
import { sensorOf } from './sensors.ts';
import type { NodeTemplate } from './topology.ts';

/** `get_property: [ENTITY, requirement or capability, property, key or index …]`. */
export function getProperty(argument: SourceNode, call: Call): SourceNode | null {
  const read = readTarget(argument, call);
  if (read === null) return null;
  const { targets, path } = read;
  for (const target of targets) {
    const found = propertyValue(target, path, call);
    if (found === 'none') continue;
    return found === null ? null : descend(found.value, found.rest, call);
  }
  return noMember(targets, path, call, 'property');
}

/**
 * `get_attribute: [ENTITY, requirement or capability, attribute, key or index …]`: what types and templates say of it where they do,
 * else the sensor that tells it.
 */
export function getAttribute(argument: SourceNode, call: Call): SourceNode | null {
  const read = readTarget(argument, call);
  if (read === null) return null;
  const { targets, path } = read;
  for (const target of targets) {
    if (target === 'relationship') break;
    const found = attributeValue(target, path, call);
    if (found !== 'none') return found === null ? null : descend(found.value, found.rest, call);
  }
  const nodes = targets.filter((target) => target !== 'relationship');
  const holder = nodes.find((node) => node.type?.attributes.has(textOf(path[0]) ?? '')) ?? nodes.at(-1);
  return holder === undefined ? noMember(targets, path, call, 'attribute') : sensorAt(holder, path, call);
}

type Target = NodeTemplate | 'relationship';

interface Read {
  /** Where to look, in this order: for HOST all hosts, one on another. */
  readonly targets: readonly Target[];
  readonly path: readonly SourceNode[];
}

function readTarget(argument: SourceNode, call: Call): Read | null {
  const [first, ...path] = argument.kind === 'list' ? argument.items : [];
  const name = textOf(first);
  if (name === null || path.length === 0) return misused(call, 'needs a node, and the name of what to read of it');
  const targets = resolveTargets(name, call);
  return targets === null ? null : { targets, path };
}

function resolveTargets(name: string, call: Call): readonly Target[] | null {
  const { scope, model } = call;
  switch (name) {
    case 'SELF':
      if (scope.link !== null) return ['relationship'];
      return scope.self === null ? misused(call, 'has no SELF here: name the node') : [scope.self];
    case 'SOURCE':
    case 'TARGET':
      if (scope.link === null) return misused(call, `has no ${name} here: it stands in no relationship`);
      return [name === 'SOURCE' ? scope.link.source : scope.link.target];
    case 'HOST': {
      const guest = scope.self ?? scope.link?.source ?? null;
      const hosts: NodeTemplate[] = [];
      for (let host = guest && model.links.hostOf(guest); host !== null; host = model.links.hostOf(host)) hosts.push(host);
      return hosts.length > 0 ? hosts : misused(call, 'finds no HOST: the node is hosted on none');
    }
    default: {
      const node = model.topology.nodes.get(name);
      if (node !== undefined) return [node];
      const hint = sayNearest(nearestNames(name, model.topology.nodes.keys()));
      return misused(call, `names ${quoteText(name)}, which is no node`, hint ?? 'Also known are SELF, HOST, SOURCE and TARGET.');
    }
  }
}

function sensorAt(node: NodeTemplate, path: readonly SourceNode[], call: Call): SourceNode | null {
  const { model, scope, range } = call;
  const [first, second, ...rest] = path.map((step) => textOf(step) ?? '');
  if (first === undefined) return null;
  const isCapability = second !== undefined && (node.type?.capabilities.has(first) ?? false);
  const required = model.links.from(node).find((link) => link.requirement === first);
  if (required !== undefined && second !== undefined) return sensorAt(required.target, path.slice(1), call);
  const attribute = isCapability ? second : first;
  const deeper = isCapability ? rest.length > 0 : second !== undefined;
  if (deeper) return unsupported(call, `reads ${quoteText(attribute)} as a whole only, not a part of it`);
  if (attribute === 'tosca_name') return scalarAt(range, node.name);
  const reference = referTo(node, scope.holder, model);
  if (reference === null) return unsupported(call, `finds nothing of ${quoteText(node.name)} that runs`);
  if (attribute === 'tosca_id') return expressionAt(range, [...reference, { name: 'entityId', args: [] }]);
  const entity = model.roles.standIn(node) ?? node;
  return expressionAt(range, [...reference, { name: 'attributeWhenReady', args: [sensorOf(attribute, model.roles.of(entity))] }]);
}

function noMember(targets: readonly Target[], path: readonly SourceNode[], call: Call, what: 'property' | 'attribute'): null {
  const [first = '', second] = path.map((step) => textOf(step) ?? '');
  const [target] = targets;
  const { link } = call.scope;
  if (target === 'relationship' || target === undefined)
    return notThere(first, link?.properties.keys() ?? [], 'the relationship', what, call);
  const capability = target.type?.capabilities.get(first);
  if (capability === undefined || second === undefined) {
    return notThere(first, [...target.properties.keys(), ...(target.type?.properties.keys() ?? [])], quoteText(target.name), what, call);
  }
  const declared = call.model.template.types.find('capability_types', capability.type)?.properties.keys() ?? [];
  return notThere(second, [...declared, ...capability.properties.keys()], `the capability ${quoteText(first)}`, what, call);
}

function notThere(name: string, known: Iterable<string>, whose: string, what: string, call: Call): null {
  const names = [...new Set(known)];
  const hint = sayNearest(nearestNames(name, names)) ?? `Known are ${names.slice(0, 10).join(', ') || 'none'}.`;
  return misused(call, `finds no ${what} ${quoteText(name)} of ${whose}`, hint);
}
