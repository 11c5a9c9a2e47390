import { MEMBER_SPEC_KEYS } from '../blueprint/service-keys.ts';
import type { BlueprintGraph, GraphNode, NodeRole } from './blueprint-graph.ts';
import { SPEC_WRAPPER } from './camp-nodes.ts';
import { addNode, labelOf } from './change-node.ts';
import type { NamedChange } from './named-change.ts';
import type { Refusal } from './refusal.ts';
import type { EditValue } from './written-node.ts';
import { isSamePath } from './yaml-path.ts';

/** Something that is put into a blueprint. */
export interface NewPart {
  readonly kind: 'entity' | 'policy' | 'enricher' | 'initializer';
  readonly spec: { readonly [key: string]: EditValue };
}

/** What the node that it is put at can take, as the type of that says. */
export type Takes = 'a member' | 'children' | 'nothing';

/**
 * Adds a part at a node: the member of a cluster that has none, a child of a group, a policy of any entity; else a service of its own.
 */
export function addPart(graph: BlueprintGraph, at: GraphNode | undefined, { kind, spec }: NewPart, takes: Takes): NamedChange | Refusal {
  const entity = at !== undefined && ENTITIES.has(at.role) ? at : undefined;
  if (kind !== 'entity') return addNode(graph, { role: kind, parent: entity?.path ?? [], spec });
  if (entity !== undefined && takes === 'a member' && !hasMember(graph, entity)) return addMember(entity, spec);
  if (entity !== undefined && takes === 'children') return addNode(graph, { role: 'child', parent: entity.path, spec });
  return addNode(graph, { role: 'service', parent: [], spec });
}

export function hasMember({ nodes }: BlueprintGraph, cluster: GraphNode): boolean {
  return nodes.some(({ role, parent }) => role === 'member' && parent !== null && isSamePath(parent, cluster.path));
}

function addMember(cluster: GraphNode, spec: NewPart['spec']): NamedChange {
  const [key = 'memberSpec'] = MEMBER_SPEC_KEYS;
  return {
    ok: true,
    name: `Add a member to ${labelOf(cluster)}`,
    operations: [{ kind: 'set', path: [...cluster.path, key], value: { [SPEC_WRAPPER]: spec } }],
  };
}

const ENTITIES: ReadonlySet<NodeRole> = new Set(['application', 'service', 'child', 'member', 'first-member', 'spec']);
