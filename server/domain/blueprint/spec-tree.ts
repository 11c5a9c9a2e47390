import type { EntitySpec } from '../entity/entity-spec.ts';

/** An entity of a plan with its place in the tree. All members of a cluster are one node: its member spec. */
export interface SpecNode {
  readonly spec: EntitySpec;
  readonly parent: SpecNode | null;
  readonly children: readonly SpecNode[];
}

export function toSpecTree(spec: EntitySpec, parent: SpecNode | null = null): SpecNode {
  const children: SpecNode[] = [];
  const node: SpecNode = { spec, parent, children };
  for (const child of spec.memberSpec === null ? spec.children : [spec.memberSpec, ...spec.children])
    children.push(toSpecTree(child, node));
  return node;
}

/** The node and all below it, parents first. */
export function* nodesOf(node: SpecNode): Generator<SpecNode> {
  yield node;
  for (const child of node.children) yield* nodesOf(child);
}

export function rootOf(node: SpecNode): SpecNode {
  let root = node;
  while (root.parent !== null) root = root.parent;
  return root;
}

export function ancestorNodes(node: SpecNode): readonly SpecNode[] {
  const found: SpecNode[] = [];
  for (let at = node.parent; at !== null; at = at.parent) found.push(at);
  return found;
}
