import { quoteText } from '../../../domain/blueprint/findings.ts';
import { entryAt, listAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, textOf } from '../../../domain/blueprint/source-node.ts';
import type { Model } from './model.ts';
import { nodeProperties } from './node-properties.ts';
import { addNotSupported } from './read-values.ts';
import type { OwnParts } from './software-service.ts';
import type { NodeTemplate } from './topology.ts';

const KEYS: ReadonlyMap<string, string> = new Map([['cidr', 'network.cidr']]);
const NAMES = ['network_name', 'network_id'];
/** What every network of Clocker is anyway. */
const GIVEN_ANYWAY: ReadonlyMap<string, string> = new Map([
  ['ip_version', '4'],
  ['dhcp_enabled', 'true'],
]);

/** A network for the nodes whose ports lead to it. */
export function networkParts(node: NodeTemplate, model: Model): OwnParts {
  const { findings } = model.template;
  const config: SourceEntry[] = [entryAt(node.range, 'network.id', scalarAt(node.range, networkName(node)))];
  for (const [name, { range, value }] of nodeProperties(node, model)) {
    const key = KEYS.get(name);
    if (key !== undefined) config.push(entryAt(range, key, value));
    else if (!NAMES.includes(name) && textOf(value) !== GIVEN_ANYWAY.get(name))
      addNotSupported({ range }, `${quoteText(name)} of a network has no effect`, findings);
  }
  return { type: scalarAt(node.typeRange, 'virtual-network'), config };
}

/** `network.list` of a node: the networks to which its ports lead. */
export function joinedNetworks(node: NodeTemplate, model: Model): readonly SourceEntry[] {
  const { links, roles, template } = model;
  const direct = links.from(node).filter(({ target }) => roles.of(target) === 'network');
  const byPort = links.to(node).flatMap(({ source: port }) => {
    if (roles.of(port) !== 'port') return [];
    for (const [name, { range }] of nodeProperties(port, model)) {
      if (!['order', 'is_default'].includes(name))
        addNotSupported({ range }, `${quoteText(name)} of a port has no effect`, template.findings);
    }
    return links.from(port).filter(({ target }) => roles.of(target) === 'network');
  });
  const names = [...direct, ...byPort].map(({ target, range }) => scalarAt(range, networkName(target)));
  return names.length === 0 ? [] : [entryAt(node.range, 'network.list', listAt(node.range, names))];
}

function networkName(node: NodeTemplate): string {
  return textOf(node.properties.get('network_name')?.value) ?? node.name;
}
