import type { EntitySpec } from '../entity/entity-spec.ts';
import { LINKS_KEY } from '../entity/links.ts';
import { declaredSet } from './config-level.ts';
import { declaresBy, effectiveConfig } from './effective-config.ts';
import { findCircle } from './find-circle.ts';
import { indexNodes, type NodesById } from './find-node.ts';
import { quoteText } from './findings.ts';
import { followExpression, hintForId, type Needed } from './follow-expression.ts';
import type { DeferredUse, DependencyUse, PlanState } from './plan-state.ts';
import type { PlannedWait } from './planned-wait.ts';
import { ancestorNodes, nodesOf, type SpecNode, toSpecTree } from './spec-tree.ts';
import type { BlueprintType } from './type-registry.ts';

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
    if (!startsItself(node, state)) for (const child of node.children) link(graph, entityKey(node), entityKey(child));
  }
  const byId = indexNodes(nodes);
  addDependencies(graph, byPath, byId, state);
  addUses(graph, byPath, byId, state);
  addInherited(graph, nodes, state);
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

function kindOf(node: SpecNode, state: PlanState): BlueprintType['kind'] {
  return state.types.get(node.spec.type)?.kind ?? 'container';
}

/** Groups and clusters have begun as soon as they are there. */
function startsItself(node: SpecNode, state: PlanState): boolean {
  return ['container', 'software'].includes(kindOf(node, state));
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
    if (use.adjunct !== true && startsWith(use.key, owner, state)) {
      link(graph, entityKey(owner), at);
      graph.starts.set(at, { waiter: entityKey(owner), key: use.key });
    }
    const needed: Needed = { waits: [], reads: [] };
    const named = followExpression(use.tree, { owner, use, state, byId, needed });
    if (use.key === LINKS_KEY && named !== undefined) addLink(named, { use, needed, state });
    for (const { declaring, key } of needed.reads) link(graph, at, configKey(declaring, key));
    for (const { on, sensor } of needed.waits) {
      note(graph, at, { on: entityKey(on), sensor });
      // A group is there before its members, and a process knows its address and ports before it runs.
      if (kindOf(on, state) === 'container' || tellsOfState(sensor)) link(graph, at, entityKey(on));
    }
  }
}

/** A container waits for those that it is linked to, and only a container has an address. */
function addLink(
  named: SpecNode,
  { use, needed, state }: { readonly use: DeferredUse; readonly needed: Needed; readonly state: PlanState },
): void {
  needed.waits.push({ on: named, sensor: 'service.isUp' });
  if (kindOf(named, state) === 'container') return;
  const message = `${quoteText(named.spec.name)} has no address of its own: only a container can be linked.`;
  const hint = 'Link its load balancer, or one of its services.';
  state.findings.add('config-invalid', { range: use.tree.range, path: use.path, message, hint });
}

/** Whether the entity needs the key to start. What only `config("…")` reads holds up nobody, and a stop latch is read when it stops. */
function startsWith(key: string, owner: SpecNode, state: PlanState): boolean {
  const type = state.types.get(owner.spec.type);
  if (type === undefined || !startsItself(owner, state)) return startsItself(owner, state);
  const isDeclared = declaredSet(type, state).has(key) || owner.spec.parameters?.some(({ name }) => name === key) === true;
  return isDeclared && key !== 'latch.stop';
}

function tellsOfState(sensor: string): boolean {
  return sensor === 'service.isUp' || sensor === 'service.state';
}

/** What an entity gets from above is its own config, and makes it wait just so. */
function addInherited(graph: Graph, nodes: readonly SpecNode[], state: PlanState): void {
  const given = keysByOwner(state);
  if (given.size === 0) return;
  const declares = declaresBy(state.types);
  const known = new Map<string, readonly string[]>();
  for (const node of nodes) {
    if (node.parent === null || !startsItself(node, state)) continue;
    // Those below one entity, of one type, get the same, but for parameters of their own.
    const place = node.spec.parameters === undefined ? `${node.parent.spec.path} ${node.spec.type}` : null;
    const above = ancestorNodes(node);
    const keys = (place === null ? undefined : known.get(place)) ?? [
      ...new Set(above.flatMap(({ spec }) => [...(given.get(spec.path) ?? [])])),
    ];
    const taken = keys.filter((key) => declares(node, key) && startsWith(key, node, state));
    if (place !== null) known.set(place, taken);
    for (const key of taken) {
      for (const { holder } of effectiveConfig(key, [node, ...above], declares)?.parts ?? []) {
        if (holder === node) continue;
        link(graph, entityKey(node), configKey(node, key));
        graph.starts.set(configKey(node, key), { waiter: entityKey(node), key });
        link(graph, configKey(node, key), configKey(holder, key));
      }
    }
  }
}

/** Keys with expressions in them. */
function keysByOwner({ uses }: PlanState): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { owner, key, adjunct } of uses) {
    if (adjunct === true) continue;
    const keys = found.get(owner);
    if (keys === undefined) found.set(owner, new Set([key]));
    else keys.add(key);
  }
  return found;
}

/** Thousands of entities may each wait for thousands of others: more than this is not told. */
const MOST_STEPS = 100_000;

/** The waits of each entity's config and of all config that it reads. */
function plannedWaits({ needs, waits, starts }: Graph): readonly PlannedWait[] {
  const found = new Map<string, PlannedWait>();
  let steps = 0;
  for (const [at, { waiter, key }] of starts) {
    const seen = new Set([at]);
    for (const place of seen) {
      steps += 1 + (waits.get(place)?.size ?? 0);
      if (steps > MOST_STEPS) return [...found.values()];
      for (const { on, sensor } of waits.get(place)?.values() ?? []) {
        if (on !== waiter) found.set(`${waiter} ${key} ${on} ${sensor}`, { waiter, key, on, sensor });
      }
      for (const next of needs.get(place) ?? []) if (next.includes(' ')) seen.add(next);
    }
  }
  return [...found.values()];
}

function addUnknownDependency({ on, range, path }: DependencyUse, ids: readonly string[], { findings, completedLater }: PlanState): void {
  if (completedLater?.entities) return;
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
  const onCircle = new Set(circle);
  const use = state.uses.find(({ owner, key }) => onCircle.has(`${owner} ${key}`));
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
