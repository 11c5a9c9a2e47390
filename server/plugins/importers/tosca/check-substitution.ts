import { quoteText } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { type SourceEntry, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { checkKeys, entriesOf } from './read-values.ts';
import type { Template } from './template.ts';
import type { NodeTemplate } from './topology.ts';

const KEYS = ['node_type', 'properties', 'attributes', 'capabilities', 'requirements', 'interfaces', 'substitution_filter'];

/**
 * `substitution_mappings` say how another template may use this one as a node. Deployed by itself it needs none of that, so it is only
 * checked that what they name is there.
 */
export function checkSubstitution(entry: SourceEntry | undefined, nodes: ReadonlyMap<string, NodeTemplate>, template: Template): void {
  if (entry === undefined || entry.value.kind !== 'map') return;
  const { findings, types } = template;
  checkKeys(entry.value.entries.values(), KEYS, findings);
  const type = entry.value.entries.get('node_type');
  const name = textOf(type?.value);
  if (type !== undefined && name !== null) types.need('node_types', name, type.value.range);
  for (const section of ['capabilities', 'requirements']) {
    for (const { value } of entriesOf(entry.value.entries.get(section), findings)) checkTarget(value, nodes, template);
  }
}

/** `[node, capability or requirement]`, or a map with properties. */
function checkTarget(node: SourceNode, nodes: ReadonlyMap<string, NodeTemplate>, { findings }: Template): void {
  const [first] = node.kind === 'list' ? node.items : [];
  const name = textOf(first);
  if (first === undefined || name === null || nodes.has(name)) return;
  const hint = sayNearest(nearestNames(name, nodes.keys())) ?? `The nodes are ${[...nodes.keys()].slice(0, 10).join(', ')}.`;
  findings.add('tosca-unknown-node', { range: first.range, path: '', message: `There is no node ${quoteText(name)}.`, hint });
}
