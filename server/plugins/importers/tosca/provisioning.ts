import { quoteText } from '../../../domain/blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import type { Model } from './model.ts';
import { capabilityProperties, type KnownProperty } from './node-properties.ts';
import { addNotSupported, namedItems } from './read-values.ts';
import type { NodeTemplate } from './topology.ts';

/** `provisioning.properties` of Brooklyn by the properties of TOSCA’s capabilities “host” and “os”, and of the drafts’ Compute. */
const MACHINE_KEYS: ReadonlyMap<string, string> = new Map([
  ['mem_size', 'minRam'],
  ['disk_size', 'minDisk'],
  ['num_cpus', 'minCores'],
  ['distribution', 'osFamily'],
  ['os_distribution', 'osFamily'],
  ['version', 'osVersionRegex'],
  ['os_version', 'osVersionRegex'],
]);

/** Of TOSCA’s own properties those that no host is chosen by. The architecture is that of the host, and the system always Linux. */
const NOT_CHOSEN_BY = ['cpu_frequency', 'ip_address'];

/** What a machine must have. */
export function machineConfig(node: NodeTemplate, properties: ReadonlyMap<string, KnownProperty>, model: Model): readonly SourceEntry[] {
  const capabilities = ['host', 'os'].flatMap((name) => {
    const capability = node.type?.capabilities.get(name);
    return capability === undefined ? [] : [...capabilityProperties(node, capability, model)];
  });
  return provisioning([...properties, ...capabilities], node, model);
}

/** What the host of a process must have, where it is described and not named. */
export function wantedHostConfig(filter: SourceMap, node: NodeTemplate, model: Model): readonly SourceEntry[] {
  const named: [string, KnownProperty][] = [];
  const add = (map: SourceMap) => {
    for (const { named: property } of namedItems(map.entries.get('properties'), model.template.findings)) {
      const least = leastOf(property, model);
      if (least !== null) named.push([property.key, { range: property.range, value: least, definition: null }]);
    }
  };
  add(filter);
  for (const { named: capability } of namedItems(filter.entries.get('capabilities'), model.template.findings)) {
    if (capability.value.kind === 'map') add(capability.value);
  }
  return provisioning(named, node, model);
}

function provisioning(properties: readonly (readonly [string, KnownProperty])[], node: NodeTemplate, model: Model): readonly SourceEntry[] {
  const entries = properties.flatMap(([name, { range, value }]) => {
    const key = MACHINE_KEYS.get(name);
    if (key !== undefined) return textOf(value) === '' ? [] : [entryAt(range, key, toAmount(key, value))];
    if (NOT_CHOSEN_BY.includes(name)) addNotSupported({ range }, `${quoteText(name)} of a machine has no effect`, model.template.findings);
    return [];
  });
  return entries.length === 0 ? [] : [entryAt(node.range, 'provisioning.properties', mapAt(node.range, entries))];
}

/** A version is a text: 14.10 is not 14.1. */
function toAmount(key: string, value: SourceNode): SourceNode {
  return key === 'osVersionRegex' && value.kind === 'scalar' ? scalarAt(value.range, textOf(value) ?? '') : value;
}

/** `num_cpus: { in_range: [1, 4] }` asks for at least 1. */
function leastOf({ key, value }: SourceEntry, { template: { findings } }: Model): SourceNode | null {
  const constraints = value.kind === 'list' ? value.items : [value];
  for (const constraint of constraints) {
    if (constraint.kind !== 'map') return constraint;
    for (const { key: operator, value: operand } of constraint.entries.values()) {
      if (operator === 'equal' || operator === 'greater_or_equal') return operand;
      const [least] = operator === 'in_range' && operand.kind === 'list' ? operand.items : [];
      if (least !== undefined) return least;
    }
  }
  addNotSupported(value, `${quoteText(key)} of a host is only asked to be equal, at least, or in a range`, findings);
  return null;
}
