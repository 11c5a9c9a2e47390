import type { EntitySpec } from '../entity/entity-spec.ts';
import type { ApplicationPlan } from './application-plan.ts';
import { nodesOf, type SpecNode, toSpecTree } from './spec-tree.ts';

/**
 * All entities of a plan in an order in which they can start: each after what it waits for and after its parent, and what waits for
 * a group after all that is in the group. What does not depend on each other keeps the order of the blueprint.
 */
export function dependencyOrder({ root, waits }: Pick<ApplicationPlan, 'root' | 'waits'>): readonly EntitySpec[] {
  const nodes = [...nodesOf(toSpecTree(root))];
  const byPath = new Map(nodes.map((node) => [node.spec.path, node]));
  const first = new Map<string, string[]>();
  const after = (from: string, to: string) => {
    const known = first.get(from);
    if (known === undefined) first.set(from, [to]);
    else known.push(to);
  };
  for (const node of nodes) {
    if (node.parent !== null) after(begun(node), begun(node.parent));
    after(ended(node), begun(node));
    for (const child of node.children) after(ended(node), ended(child));
  }
  for (const { waiter, on } of waits) {
    const node = byPath.get(waiter);
    const target = byPath.get(on);
    if (node !== undefined && target !== undefined) after(begun(node), isBelow(node, target) ? begun(target) : ended(target));
  }
  const order = inOrder(nodes.map(ended).reverse(), first);
  return order.flatMap((key) => byPath.get(key)?.spec ?? []);
}

/** An entity by itself. */
function begun({ spec }: SpecNode): string {
  return spec.path;
}

/** With all that is below it. Paths have no space in them. */
function ended({ spec }: SpecNode): string {
  return `${spec.path} and below`;
}

function isBelow(node: SpecNode, other: SpecNode): boolean {
  for (let at = node.parent; at !== null; at = at.parent) if (at === other) return true;
  return false;
}

/** Depth first, without recursion: chains may be long. A circle, which the planner refuses, is cut where it closes. */
function inOrder(last: readonly string[], first: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const open = new Set<string>();
  const pending = last.map((key) => ({ key, leave: false }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { key, leave } = next;
    if (leave) done.add(key);
    else if (!done.has(key) && !open.has(key)) {
      open.add(key);
      pending.push({ key, leave: true });
      for (const before of [...(first.get(key) ?? [])].reverse()) pending.push({ key: before, leave: false });
    }
  }
  return [...done];
}
