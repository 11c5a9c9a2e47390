import type { EntitySpec } from '../entity/entity-spec.ts';
import { type ConfigValue, isConfigList, isDeferred, isNestedObject, isNestedSpec } from './config-value.ts';

/**
 * An entity of a plan with its place in the tree. All members of a cluster are one node: its member spec. Entities that config
 * holds, to be made later, are children too: there they will be.
 */
export interface SpecNode {
  readonly spec: EntitySpec;
  readonly parent: SpecNode | null;
  readonly children: readonly SpecNode[];
}

export function toSpecTree(spec: EntitySpec, parent: SpecNode | null = null): SpecNode {
  const children: SpecNode[] = [];
  const node: SpecNode = { spec, parent, children };
  for (const child of specsBelow(spec)) children.push(toSpecTree(child, node));
  return node;
}

function specsBelow(spec: EntitySpec): readonly EntitySpec[] {
  const { memberSpec, firstMemberSpec } = spec;
  const members = [...(memberSpec === null ? [] : [memberSpec]), ...(firstMemberSpec === undefined ? [] : [firstMemberSpec])];
  return [...members, ...spec.children, ...specsIn(spec.config)];
}

/** Entity specs anywhere in a value, without those that they hold themselves. */
function specsIn(value: ConfigValue): readonly EntitySpec[] {
  if (typeof value !== 'object' || value === null || isDeferred(value)) return [];
  if (isNestedSpec(value)) return [value.$spec];
  if (isNestedObject(value)) return specsIn(value.$object.config);
  return (isConfigList(value) ? value : Object.values(value)).flatMap(specsIn);
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
