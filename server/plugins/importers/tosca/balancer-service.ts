import { quoteText } from '../../../domain/blueprint/findings.ts';
import { entryAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, textOf } from '../../../domain/blueprint/source-node.ts';
import { expressionAt } from './dsl-text.ts';
import type { Model } from './model.ts';
import { capabilityProperties, type KnownProperty, nodeProperties } from './node-properties.ts';
import { addNotSupported } from './read-values.ts';
import type { Scaling } from './scaling.ts';
import type { OwnParts } from './software-service.ts';
import type { NodeTemplate } from './topology.ts';

const BALANCE: ReadonlyMap<string, string> = new Map([
  ['round_robin', 'roundrobin'],
  ['roundrobin', 'roundrobin'],
  ['least_connections', 'leastconn'],
  ['leastconn', 'leastconn'],
  ['source', 'source'],
  ['source_ip', 'source'],
]);

/** A load balancer without scripts is HAProxy over the node that its requirement names. */
export function balancerParts(node: NodeTemplate, scaling: Scaling, model: Model): OwnParts {
  const { findings } = model.template;
  const properties = nodeProperties(node, model);
  const targets = model.links.from(node).filter(({ kind }) => kind === 'connect');
  const [first, ...more] = targets;
  for (const link of more) {
    addNotSupported(link, `${quoteText(link.target.name)} gets no requests: HAProxy balances over one node or cluster`, findings);
  }
  const client = node.type?.capabilities.get('client');
  const port = properties.get('port') ?? (client === undefined ? undefined : capabilityProperties(node, client, model).get('port'));
  const id = first === undefined ? null : scaling.outerIdOf(first.target, model);
  const config: SourceEntry[] = [];
  if (first !== undefined && id !== null) {
    config.push(entryAt(first.range, 'loadbalancer.serverpool', expressionAt(first.range, [{ name: 'component', args: [id] }])));
  }
  if (port !== undefined) config.push(entryAt(port.range, 'proxy.http.port', port.value));
  config.push(...balance(properties.get('algorithm'), model));
  return { type: scalarAt(node.typeRange, 'haproxy'), config };
}

function balance(algorithm: KnownProperty | undefined, { template }: Model): readonly SourceEntry[] {
  if (algorithm === undefined) return [];
  const text = textOf(algorithm.value) ?? '';
  const known = BALANCE.get(text.toLowerCase().replaceAll('-', '_'));
  if (known !== undefined) return [entryAt(algorithm.range, 'haproxy.balance', scalarAt(algorithm.value.range, known))];
  addNotSupported(
    algorithm,
    `The algorithm ${quoteText(text)} is none of HAProxy’s`,
    template.findings,
    `Known are ${[...BALANCE.keys()].join(', ')}.`,
  );
  return [];
}
