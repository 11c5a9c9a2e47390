import { COMPONENT_SCOPES } from './dsl-functions.ts';
import { type CallNode, textArgument } from './dsl-tree.ts';
import { ancestorNodes, rootOf, type SpecNode } from './spec-tree.ts';

export type NodesById = ReadonlyMap<string, readonly SpecNode[]>;

/** What a function of the kind `entity` finds in a plan. `unknown`: that depends on what only lives later. */
export type FoundNode = SpecNode | 'unknown' | { readonly missing: string; readonly scope: string } | 'no-parent';

export function indexNodes(nodes: readonly SpecNode[]): NodesById {
  const byId = new Map<string, SpecNode[]>();
  for (const node of nodes) {
    const { planId } = node.spec;
    if (planId !== null) byId.set(planId, [...(byId.get(planId) ?? []), node]);
  }
  return byId;
}

/** Follows one call from an entity of the plan. The rules are those of `find-entity.ts`, with all members of a cluster as one node. */
export function findNode(call: CallNode, on: SpecNode, byId: NodesById): FoundNode {
  const [first] = call.args;
  const scope = call.name === 'component' && call.args.length === 2 ? COMPONENT_SCOPES.get(textArgument(first) ?? '') : call.name;
  switch (scope) {
    case 'self':
      return on;
    case 'root':
      return rootOf(on);
    case 'scopeRoot': {
      const root = (call.name === 'scopeRoot' ? textArgument(first) : null) ?? on.spec.scopeRoot;
      return [on, ...ancestorNodes(on)].find(({ spec }) => spec.path === root) ?? rootOf(on);
    }
    case 'parent':
      return on.parent ?? 'no-parent';
    default:
      return scope === undefined ? 'unknown' : search(scope, call, on, byId);
  }
}

function search(scope: string, call: CallNode, on: SpecNode, byId: NodesById): FoundNode {
  const id = textArgument(call.args.at(-1));
  const lies = LIES.get(scope);
  if (id === null || lies === undefined) return 'unknown';
  const found = (byId.get(id) ?? []).filter((node) => lies(node, on));
  const inside = found.filter((node) => node.parent !== null);
  const nearest = nearestNode(on, inside.length > 0 ? inside : found);
  if (nearest !== undefined) return nearest;
  return isEntityId(id) ? 'unknown' : { missing: id, scope };
}

/** Of an entity that lives already. */
function isEntityId(text: string): boolean {
  return /^[0-9a-z]{26}$/i.test(text);
}

function nearestNode(on: SpecNode, candidates: readonly SpecNode[]): SpecNode | undefined {
  if (candidates.length < 2) return candidates[0];
  const up = [on, ...ancestorNodes(on)];
  const distance = (node: SpecNode): readonly [number, number] => {
    const chain = [node, ...ancestorNodes(node)];
    const down = chain.findIndex((ancestor) => up.includes(ancestor));
    const common = chain[down] ?? node;
    return [up.indexOf(common), down];
  };
  const ranked = candidates.map((node) => ({ node, at: distance(node) }));
  return ranked.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1])[0]?.node;
}

type Lies = (node: SpecNode, on: SpecNode) => boolean;

/** Where each function looks. Other applications are not in the plan. */
const LIES: ReadonlyMap<string, Lies> = new Map<string, Lies>([
  ['component', () => true],
  ['entity', () => true],
  ['child', (node, on) => node.parent === on],
  ['sibling', (node, on) => node !== on && node.parent !== null && node.parent === on.parent],
  ['descendant', (node, on) => ancestorNodes(node).includes(on)],
  ['member', (node, on) => ancestorNodes(node).includes(on)],
  ['membersOnly', (node, on) => node.parent === on],
  ['ancestor', (node, on) => ancestorNodes(on).includes(node)],
]);
