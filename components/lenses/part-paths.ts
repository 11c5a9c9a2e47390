import type { GraphNode } from '../../server/domain/blueprint-edit/blueprint-graph.ts';
import type { Drawing } from '../../server/domain/blueprint-edit/edit-session.ts';
import { keyOf } from '../../server/domain/blueprint-edit/node-keys.ts';
import type { EntitySpec } from '../../server/domain/entity/entity-spec.ts';

/** What a part of the drawing is in the plan of its blueprint. */
export interface PartPlace {
  /** By which entities are found: `web/member`. */
  readonly path: string;
  /** Below a member of a cluster: there are as many as it has members. */
  readonly isEach: boolean;
}

const IN_ORDER: ReadonlySet<GraphNode['role']> = new Set(['service', 'child']);

/**
 * Places in the plan of all parts that become entities, by their keys. Told by the id, else by the name, else by the order among
 * siblings. What a type from the catalog brings along is drawn by none.
 */
export function partPlaces({ graph, keys }: Drawing, root: EntitySpec): ReadonlyMap<string, PartPlace> {
  const places = new Map<string, PartPlace>();
  const inside = Map.groupBy(graph.nodes, ({ parent }) => JSON.stringify(parent));
  const visit = (node: GraphNode, spec: EntitySpec, isEach: boolean): void => {
    places.set(keyOf(keys, node), { path: spec.path, isEach });
    const below = inside.get(JSON.stringify(node.path)) ?? [];
    for (const [child, childSpec] of pairs(
      below.filter(({ role }) => IN_ORDER.has(role)),
      spec.children,
    ))
      visit(child, childSpec, isEach);
    for (const child of below) {
      const memberSpec = child.role === 'member' ? spec.memberSpec : child.role === 'first-member' ? spec.firstMemberSpec : null;
      if (memberSpec) visit(child, memberSpec, true);
    }
  };
  const [application] = graph.nodes;
  if (application) visit(application, root, false);
  return places;
}

function pairs(nodes: readonly GraphNode[], specs: readonly EntitySpec[]): readonly (readonly [GraphNode, EntitySpec])[] {
  const found = new Map<GraphNode, EntitySpec>();
  const left = new Set(specs);
  const take = (isOf: (node: GraphNode, spec: EntitySpec) => boolean) => {
    for (const node of nodes) {
      if (found.has(node)) continue;
      const spec = [...left].find((one) => isOf(node, one));
      if (spec === undefined) continue;
      found.set(node, spec);
      left.delete(spec);
    }
  };
  take(({ id }, { planId }) => id !== null && id === planId);
  take(({ id, name }, spec) => id === null && name !== null && name === spec.name);
  take(({ id, name }, spec) => id === null && name === null && spec.planId === null);
  return [...found];
}

/** Keys of the parts by the paths of their entities. */
export function keysByPath(places: ReadonlyMap<string, PartPlace>): ReadonlyMap<string, string> {
  return new Map([...places].map(([key, { path }]) => [path, key]));
}

/** The part that stands for an entity: its own, or that of the nearest which is drawn around it. */
export function keyAround(path: string, keys: ReadonlyMap<string, string>): string | undefined {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const key = keys.get(at);
    if (key !== undefined) return key;
  }
  return undefined;
}
