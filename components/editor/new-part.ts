import { addPart } from '@/server/domain/blueprint-edit/add-part.ts';
import type { BlueprintGraph, GraphNode } from '@/server/domain/blueprint-edit/blueprint-graph.ts';
import { addNode } from '@/server/domain/blueprint-edit/change-node.ts';
import type { NamedChange } from '@/server/domain/blueprint-edit/named-change.ts';
import { NETWORK_TYPE } from '@/server/domain/blueprint-edit/node-networks.ts';
import type { Refusal } from '@/server/domain/blueprint-edit/refusal.ts';
import { freshId } from '@/server/domain/blueprint-edit/wire-reference.ts';
import type { PartType } from './part-types.ts';

/** What the palette gives: a type, or a container of an image. */
export type Chosen = { readonly kind: 'type'; readonly part: PartType } | { readonly kind: 'image'; readonly image: string };

/** Adds what was chosen at a node. `takes`: what the node can hold. */
export function addChosen(
  graph: BlueprintGraph,
  at: GraphNode | undefined,
  chosen: Chosen,
  takes: PartType['takes'],
): NamedChange | Refusal {
  if (graph.format === 'compose') return addToCompose(graph, chosen);
  if (chosen.kind === 'image') {
    const type = `docker:${chosen.image}`;
    return addPart(graph, at, { kind: 'entity', spec: { type, id: freshId(graph, { type, name: null, role: 'service' }) } }, takes);
  }
  const { id: type, kind } = chosen.part;
  if (kind !== 'entity') return addPart(graph, at, { kind, spec: { type } }, takes);
  const id = freshId(graph, { type: type === NETWORK_TYPE ? 'network' : type, name: null, role: 'service' });
  // A network is for all: it is put beside the services whatever is chosen.
  if (type === NETWORK_TYPE) return addPart(graph, undefined, { kind, spec: { type, id } }, 'nothing');
  return addPart(graph, at, { kind, spec: { type, id } }, takes);
}

function addToCompose(graph: BlueprintGraph, chosen: Chosen): NamedChange | Refusal {
  if (chosen.kind === 'type' && chosen.part.id === NETWORK_TYPE) {
    return addNode(graph, { role: 'network', parent: [], spec: {}, key: freshId(graph, { name: 'network', type: null, role: 'network' }) });
  }
  const image = chosen.kind === 'image' ? chosen.image : chosen.part.id;
  const key = freshId(graph, { name: null, type: image, role: 'service' });
  return addNode(graph, { role: 'service', parent: [], spec: { image }, key });
}

/** What was searched for, when it can be the name of an image: `nginx:1.27`, `registry.example.org/team/app`. */
export function toImageName(search: string): string | null {
  const text = search.trim().replace(/^docker:/, '');
  return /^[a-z0-9]+(?:[._/-][a-z0-9]+|:[0-9]+\/[a-z0-9]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/.test(text) ? text : null;
}
