import type { EntitySpec } from '../../entity/entity-spec.ts';
import { quoteText } from '../findings.ts';
import type { PlanState } from '../plan-state.ts';
import { nodesOf, type SpecNode, toSpecTree } from '../spec-tree.ts';

/** Several locations are of use only to a type that spreads over them, or to a group with such a type in it. */
export function checkLocationLists(root: EntitySpec, state: PlanState): void {
  if (state.locationLists.length === 0) return;
  const byPath = new Map([...nodesOf(toSpecTree(root))].map((node) => [node.spec.path, node]));
  for (const { owner, range, path } of state.locationLists) {
    const node = byPath.get(owner);
    if (node === undefined || spreads(node, state)) continue;
    const count = node.spec.locations?.length ?? 0;
    const message = `${quoteText(node.spec.name)} runs in one location, and ${count} are given.`;
    state.findings.add('location-conflict', {
      range,
      path,
      message,
      hint: 'Keep one, or use a DynamicFabric, which makes a member in each.',
    });
  }
}

/** A type that is not known may do so. */
function spreads(node: SpecNode, state: PlanState): boolean {
  const type = state.types.get(node.spec.type);
  if (type === undefined || type.manyLocations) return true;
  return node.children.some((child) => isWithout(child.spec) && spreads(child, state));
}

function isWithout({ location, locations }: EntitySpec): boolean {
  return location === null && locations === undefined;
}
