import type { EntitySpec } from '../entity/entity-spec.ts';
import { findCircle } from './find-circle.ts';
import { indexNodes, type NodesById } from './find-node.ts';
import { quoteText } from './findings.ts';
import { followExpression, hintForId, type Needed } from './follow-expression.ts';
import type { DependencyUse, PlanState } from './plan-state.ts';
import type { PlannedWait } from './planned-wait.ts';
import { nodesOf, type SpecNode, toSpecTree } from './spec-tree.ts';

/**
 * Follows every expression of a plan to what it names: entities that are not there, sensors that nobody publishes, config that
 * nobody sets, and circles of config or of waiting, which would never end. Gives who waits for what. Takes time linear in the plan
 * and its expressions.
 */
export function checkReferences(root: EntitySpec, state: PlanState): readonly PlannedWait[] {
  const nodes = [...nodesOf(toSpecTree(root))];
  const byPath = new Map(nodes.map((node) => [node.spec.path, node]));
  const graph: Graph = { needs: new Map(), waits: new Map(), starts: new Map() };
  for (const node of nodes) {
    if (isGroup(node, state)) for (const child of node.children) link(graph, entityKey(node), entityKey(child));
  }
  const byId = indexNodes(nodes);
  addDependencies(graph, byPath, byId, state);
  addUses(graph, byPath, byId, state);
  addCircle(graph.needs, state);
  return plannedWaits(graph);
}

/**
 * What must be there first: an entity needs its config, config needs the config that it reads and the entities whose sensors it
 * waits for, and a group that is up needs its members.
 */
interface Graph {
  readonly needs: Map<string, Set<string>>;
  /** What each piece of config waits for itself. */
  readonly waits: Map<string, Map<string, Pick<PlannedWait, 'on' | 'sensor'>>>;
  /** Pieces of config that an entity cannot start without. */
  readonly starts: Map<string, Pick<PlannedWait, 'waiter' | 'key'>>;
}

function isGroup(node: SpecNode, state: PlanState): boolean {
  return (state.types.get(node.spec.type)?.kind ?? 'container') !== 'container';
}

function entityKey(node: SpecNode): string {
  return node.spec.path;
}

/** Paths have no space in them. */
function configKey(node: SpecNode, key: string): string {
  return `${node.spec.path} ${key}`;
}

function link({ needs }: Graph, from: string, to: string): void {
  const known = needs.get(from);
  if (known === undefined) needs.set(from, new Set([to]));
  else known.add(to);
}

function addDependencies(graph: Graph, byPath: ReadonlyMap<string, SpecNode>, byId: NodesById, state: PlanState): void {
  for (const use of state.dependencies) {
    const owner = byPath.get(use.owner);
    const on = byId.get(use.on)?.[0];
    if (owner === undefined || on === undefined) {
      if (use.required) addUnknownDependency(use, [...byId.keys()], state);
      continue;
    }
    link(graph, entityKey(owner), entityKey(on));
    note(graph, configKey(owner, DEPENDS_ON), { on: entityKey(on), sensor: null });
    graph.starts.set(configKey(owner, DEPENDS_ON), { waiter: entityKey(owner), key: DEPENDS_ON });
  }
}

const DEPENDS_ON = 'dependsOn';

function note({ waits }: Graph, at: string, wait: Pick<PlannedWait, 'on' | 'sensor'>): void {
  const known = waits.get(at) ?? new Map<string, Pick<PlannedWait, 'on' | 'sensor'>>();
  waits.set(at, known.set(`${wait.on} ${wait.sensor}`, wait));
}

function addUses(graph: Graph, byPath: ReadonlyMap<string, SpecNode>, byId: NodesById, state: PlanState): void {
  for (const use of state.uses) {
    const owner = byPath.get(use.owner);
    if (owner === undefined) continue;
    const at = configKey(owner, use.key);
    if (!isGroup(owner, state) && use.adjunct !== true) {
      link(graph, entityKey(owner), at);
      graph.starts.set(at, { waiter: entityKey(owner), key: use.key });
    }
    const needed: Needed = { waits: [], reads: [] };
    followExpression(use.tree, { owner, use, state, byId, needed });
    for (const { declaring, key } of needed.reads) link(graph, at, configKey(declaring, key));
    for (const { on, sensor } of needed.waits) {
      note(graph, at, { on: entityKey(on), sensor });
      // Of a group only what tells of its members' state needs them to have started.
      if (!isGroup(on, state) || tellsOfMembers(sensor)) link(graph, at, entityKey(on));
    }
  }
}

function tellsOfMembers(sensor: string): boolean {
  return sensor === 'service.isUp' || sensor === 'service.state';
}

/** The waits of each entity's config and of all config that it reads. */
function plannedWaits({ needs, waits, starts }: Graph): readonly PlannedWait[] {
  const found = new Map<string, PlannedWait>();
  for (const [at, { waiter, key }] of starts) {
    const seen = new Set([at]);
    for (const place of seen) {
      for (const { on, sensor } of waits.get(place)?.values() ?? []) {
        if (on !== waiter) found.set(`${waiter} ${key} ${on} ${sensor}`, { waiter, key, on, sensor });
      }
      for (const next of needs.get(place) ?? []) if (next.includes(' ')) seen.add(next);
    }
  }
  return [...found.values()];
}

function addUnknownDependency({ on, range, path }: DependencyUse, ids: readonly string[], { findings }: PlanState): void {
  findings.add('dependency-unknown', {
    range,
    path,
    message: `There is no service ${quoteText(on)} to wait for.`,
    hint: hintForId(on, ids),
  });
}

function addCircle(needs: Graph['needs'], state: PlanState): void {
  const circle = findCircle(needs);
  if (circle === null) return;
  const first = circle.find((key) => key.includes(' '));
  const use = state.uses.find(({ owner, key }) => `${owner} ${key}` === first);
  const entities = circle.filter((key) => !key.includes(' '));
  const dependency = state.dependencies.find(({ owner }) => owner === entities[0]);
  const place = { range: use?.tree.range ?? dependency?.range ?? { start: 0, end: 0 }, path: use?.path ?? dependency?.path ?? '' };
  if (entities.length === 0) {
    const around = showCircle(circle.map((key) => key.replace(' ', ': ')));
    state.findings.add('config-cycle', { ...place, message: `Config refers to itself in a circle: ${around}.` });
    return;
  }
  const around = entities[0] === entities.at(-1) && entities.length > 1 ? entities : [...entities, ...entities.slice(0, 1)];
  const message = `These would wait for each other for ever: ${showCircle(around)}.`;
  state.findings.add('dependency-cycle', {
    ...place,
    message,
    hint: use === undefined ? 'Remove one of the dependencies.' : 'Remove one of the attributeWhenReady expressions.',
  });
}

const MOST_SHOWN = 10;

/** Of a long one the beginning, and where it closes. */
function showCircle(around: readonly string[]): string {
  const left = around.length - MOST_SHOWN;
  const shown = left < 2 ? around : [...around.slice(0, MOST_SHOWN - 1), `… and ${left.toLocaleString('en')} more …`, ...around.slice(-1)];
  return shown.join(' → ');
}
