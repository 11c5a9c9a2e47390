import type { BlueprintGraph, GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import { joinNetwork } from '@/server/domain/blueprint-edit/change-field.ts';
import { labelOf } from '@/server/domain/blueprint-edit/change-node.ts';
import type { NamedChange } from '@/server/domain/blueprint-edit/named-change.ts';
import { networkField, networksIn } from '@/server/domain/blueprint-edit/node-networks.ts';
import { type Refusal, refuse } from '@/server/domain/blueprint-edit/refusal.ts';
import { isList } from '@/server/domain/blueprint-edit/written-node.ts';
import { isNetwork, networkName, titleOf } from './blueprint-picture.ts';

/**
 * What a line from one part to another means: to or from a network it joins the other to that. Between services of Compose it says
 * who waits for whom. Null where it has to be asked which sensor goes into which key.
 */
export function connection(graph: BlueprintGraph, from: GraphNode, to: GraphNode): NamedChange | Refusal | null {
  const network = isNetwork(from) ? from : isNetwork(to) ? to : null;
  if (network !== null) {
    const member = network === from ? to : from;
    if (isNetwork(member)) return refuse('wrong-kind', 'Both are networks: a line to a network comes from a service.');
    const name = networkName(network);
    if (name === null) return refuse('path-missing', `${titleOf(network)} has no name yet. Give it one in its form.`);
    if (joinedNetworks(member, graph.format).includes(name)) return refuse('key-exists', `${titleOf(member)} is on ${name} already.`);
    return joinNetwork(graph, member.path, name);
  }
  if (graph.format === 'compose') return dependsOn(to, from);
  return null;
}

/** Names of networks that a node joins. */
export function joinedNetworks(node: GraphNode, format: BlueprintGraph['format']): readonly string[] {
  return networksIn(networkField(node, format)?.value).map(({ name }) => name);
}

function dependsOn(reader: GraphNode, on: GraphNode): NamedChange | Refusal {
  const path = [...reader.path, 'depends_on'];
  const old = reader.fields.find(({ key }) => key === 'depends_on')?.value ?? null;
  const name = `Start ${labelOf(reader)} after ${labelOf(on)}`;
  if (on.id === null) return refuse('path-missing', 'There is nothing to wait for.');
  if (networksIn(old).some((one) => one.name === on.id))
    return refuse('key-exists', `${titleOf(reader)} waits for ${titleOf(on)} already.`);
  if (typeof old === 'object' && old !== null && !isList(old)) {
    return { ok: true, name, operations: [{ kind: 'insert', into: path, key: on.id, value: { condition: 'service_started' } }] };
  }
  return { ok: true, name, operations: [{ kind: 'insert', into: path, value: on.id }] };
}
