import type { BlueprintGraph } from '../../domain/blueprint-edit/blueprint-graph.ts';
import { setConfig } from '../../domain/blueprint-edit/change-field.ts';
import { addNode, moveNode, removeNode } from '../../domain/blueprint-edit/change-node.ts';
import type { NamedChange } from '../../domain/blueprint-edit/named-change.ts';
import type { Refusal } from '../../domain/blueprint-edit/refusal.ts';
import { toChoices } from './arbitrary-yaml.ts';
import { addToGraph, countIn, removeFromGraph, reorderInGraph, setInGraph } from './graph-model.ts';

interface Step {
  readonly change: NamedChange | Refusal;
  readonly expected: BlueprintGraph;
}

/** A change of the text and the same of the graph, chosen by numbers. */
export function pickStep(graph: BlueprintGraph, numbers: readonly number[]): Step {
  const choices = toChoices(numbers);
  const listed = graph.nodes.filter(({ path }) => typeof path.at(-1) === 'number');
  const entities = graph.nodes.filter(({ role }) => ['service', 'child', 'member'].includes(role));
  const node = listed[choices.below(listed.length)];
  const kind = choices.below(4);
  if (node === undefined || kind === 0 || entities.length === 0) {
    const owner = entities[choices.below(Math.max(1, entities.length))];
    const role = owner === undefined ? 'service' : ((['child', 'policy', 'enricher', 'service'] as const)[choices.below(4)] ?? 'service');
    const parent = role === 'service' ? [] : (owner?.path ?? []);
    const added = { role, parent, at: choices.below(3), spec: { type: 'docker:redis', id: 'c', note: '$brooklyn:component("a")' } };
    return { change: addNode(graph, added), expected: addToGraph(graph, added) };
  }
  if (kind === 1) return { change: removeNode(graph, node.path), expected: removeFromGraph(graph, node.path) };
  if (kind === 2) {
    const parent = node.parent ?? [];
    const at = choices.below(countIn(graph, node.role, parent));
    return { change: moveNode(graph, node.path, { role: node.role, parent, at }), expected: reorderInGraph(graph, node.path, at) };
  }
  const owner = entities[choices.below(entities.length)] ?? node;
  const value = choices.chance(50) ? '$brooklyn:component("b").attributeWhenReady("s")' : choices.below(100);
  return { change: setConfig(graph, owner.path, 'memory', value), expected: setInGraph(graph, owner.path, 'memory', value) };
}
