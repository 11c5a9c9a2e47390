import type { Need } from './link-nodes.ts';
import type { Template } from './template.ts';
import type { NodeTemplate, Topology } from './topology.ts';

/** Nodes by what they are and what they offer, to find one that meets a requirement which names none. */
export function indexCandidates(topology: Topology, template: Template) {
  const byType = new Map<string, Set<NodeTemplate>>();
  const byCapability = new Map<string, Set<NodeTemplate>>();
  for (const node of topology.nodes.values()) {
    for (const name of node.type?.ancestry ?? []) add(byType, name, node);
    for (const { type } of node.type?.capabilities.values() ?? []) {
      for (const name of template.types.find('capability_types', type)?.ancestry ?? [type]) {
        add(byCapability, name, node);
      }
    }
  }
  const canonical = (kind: 'node_types' | 'capability_types', name: string) => template.types.find(kind, name)?.name ?? name;
  return {
    /** The first two, in the order of the template. */
    fitting({ source, requirement, definition }: Need): readonly NodeTemplate[] {
      const nodeType = requirement.node ?? definition?.node ?? targetType(definition?.target ?? null, template);
      const capability = requirement.capability ?? definition?.capability ?? definition?.target ?? null;
      if (nodeType !== null) return firstTwo(byType.get(canonical('node_types', nodeType)), source);
      return capability === null ? [] : firstTwo(byCapability.get(canonical('capability_types', capability)), source);
    },
  };
}

function targetType(name: string | null, { types }: Template): string | null {
  return name !== null && types.find('node_types', name) !== undefined ? name : null;
}

function add(index: Map<string, Set<NodeTemplate>>, name: string, node: NodeTemplate): void {
  const known = index.get(name);
  if (known === undefined) index.set(name, new Set([node]));
  else known.add(node);
}

function firstTwo(nodes: Iterable<NodeTemplate> = [], but: NodeTemplate): readonly NodeTemplate[] {
  const found: NodeTemplate[] = [];
  for (const node of nodes) {
    if (node !== but) found.push(node);
    if (found.length === 2) break;
  }
  return found;
}
