import type { EntitySpec } from '../entity/entity-spec.ts';
import type { DslCall, DslExpression } from './config-value.ts';
import { COMPONENT_SCOPES } from './dsl-functions.ts';
import { findCircle } from './find-circle.ts';
import { quoteText } from './findings.ts';
import { didYouMean, nearestNames } from './nearest-name.ts';
import { isDslExpression } from './parse-dsl.ts';
import type { DeferredUse, DependencyUse, PlanState } from './plan-state.ts';
import { ancestorNodes, nodesOf, rootOf, type SpecNode, toSpecTree } from './spec-tree.ts';
import { declaredKeys, publishes } from './type-registry.ts';

/**
 * Follows every expression of a plan to what it names: entities that are not there, sensors that nobody publishes, config that
 * nobody sets, and circles of config or of waiting, which would never end. Takes time linear in the plan and its expressions.
 */
export function checkReferences(root: EntitySpec, state: PlanState): void {
  const nodes = [...nodesOf(toSpecTree(root))];
  const byPath = new Map(nodes.map((node) => [node.spec.path, node]));
  const byId = new Map(nodes.flatMap((node) => (node.spec.planId === null ? [] : [[node.spec.planId, node] as const])));
  const needs: Needs = new Map();
  for (const node of nodes) if (isGroup(node, state)) for (const child of node.children) need(needs, entityKey(node), entityKey(child));
  for (const use of state.dependencies) {
    const owner = byPath.get(use.owner);
    const on = byId.get(use.on);
    if (owner !== undefined && on !== undefined) need(needs, entityKey(owner), entityKey(on));
    else if (use.required) addUnknownDependency(use, [...byId.keys()], state);
  }
  for (const use of state.uses) {
    const owner = byPath.get(use.owner);
    if (owner === undefined) continue;
    if (!isGroup(owner, state) && use.adjunct !== true) need(needs, entityKey(owner), configKey(owner, use.key));
    follow(use.expression, owner, { owner, use, state, byId, needs });
  }
  addCircle(needs, state);
}

/**
 * What must be there first: an entity needs its config, config needs the config that it reads and the entities whose sensors it
 * waits for, and a group that is up needs its members.
 */
type Needs = Map<string, Set<string>>;

interface Following {
  readonly owner: SpecNode;
  readonly use: DeferredUse;
  readonly state: PlanState;
  /** A service, not the application, should both have the id. */
  readonly byId: ReadonlyMap<string, SpecNode>;
  readonly needs: Needs;
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

function need(needs: Needs, from: string, to: string): void {
  const known = needs.get(from);
  if (known === undefined) needs.set(from, new Set([to]));
  else known.add(to);
}

/** The entity that the expression stands for, where that can be told from the text. */
function follow(expression: DslExpression, owner: SpecNode, following: Following): SpecNode | undefined {
  let on: SpecNode | undefined = owner;
  for (const call of expression.calls) {
    for (const argument of call.args) if (isDslExpression(argument)) follow(argument, owner, following);
    const last = call.args.at(-1);
    const text = last === undefined || isDslExpression(last) ? null : String(last);
    if (call.name === 'attributeWhenReady') addWait(on, text, following);
    else if (call.name === 'config') addRead(on, text, following);
    else if (on !== undefined) on = step(call, on, text, following);
  }
  return on;
}

function step(call: DslCall, on: SpecNode, text: string | null, following: Following): SpecNode | undefined {
  const scope = call.name === 'component' && call.args.length === 2 ? COMPONENT_SCOPES.get(String(call.args[0])) : call.name;
  if (scope === 'root') return rootOf(on);
  if (scope === 'parent') {
    if (on.parent === null) addUnknown(`“${on.spec.name}” has no parent.`, undefined, following);
    return on.parent ?? undefined;
  }
  const lies = scope === undefined ? undefined : LIES.get(scope);
  if (lies === undefined) return on;
  if (text === null) return undefined;
  const found = following.byId.get(text);
  if (found !== undefined && lies(found, on)) return found;
  if (!/^[0-9a-z]{26}$/i.test(text)) {
    addUnknown(`No entity with the id ${quoteText(text)} is found by ${scope}.`, hintForId(text, [...following.byId.keys()]), following);
  }
  return undefined;
}

function addUnknownDependency({ on, range, path }: DependencyUse, ids: readonly string[], { findings }: PlanState): void {
  findings.add('dependency-unknown', {
    range,
    path,
    message: `There is no service ${quoteText(on)} to wait for.`,
    hint: hintForId(on, ids),
  });
}

type Lies = (node: SpecNode, on: SpecNode) => boolean;

/** Where each function looks. */
const LIES: ReadonlyMap<string, Lies> = new Map<string, Lies>([
  ['component', () => true],
  ['entity', () => true],
  ['child', (node, on) => node.parent === on],
  ['sibling', (node, on) => node !== on && node.parent === on.parent],
  ['descendant', (node, on) => ancestorNodes(node).includes(on)],
  ['ancestor', (node, on) => ancestorNodes(on).includes(node)],
]);

function hintForId(text: string, ids: readonly string[]): string {
  return (
    didYouMean(text, ids) ?? (ids.length === 0 ? 'Give the service an “id”.' : `Ids in this blueprint: ${ids.slice(0, 10).join(', ')}.`)
  );
}

function addUnknown(message: string, hint: string | undefined, { use, state }: Following): void {
  state.findings.add('dsl-unknown-entity', { range: use.range, path: use.path, message, hint });
}

function addWait(on: SpecNode | undefined, sensor: string | null, { owner, use, state, needs }: Following): void {
  if (on === undefined || sensor === null) return;
  const type = state.types.get(on.spec.type);
  if (type !== undefined && !publishes(type, sensor)) {
    const names = type.sensors.map(({ name }) => name);
    const hint = didYouMean(sensor, names) ?? `It publishes ${names.slice(0, 12).join(', ')}.`;
    const message = `${quoteText(on.spec.name)} (${type.title}) publishes no sensor ${quoteText(sensor)}: this would wait until something does.`;
    state.findings.add('dsl-unknown-sensor', { range: use.range, path: use.path, message, hint });
  }
  // Of a group only what tells of its members' state needs them to have started.
  const tellsOfMembers = sensor === 'service.isUp' || sensor === 'service.state';
  if (tellsOfMembers || !isGroup(on, state)) need(needs, configKey(owner, use.key), entityKey(on));
}

function addRead(on: SpecNode | undefined, key: string | null, { owner, use, state, needs }: Following): void {
  if (on === undefined || key === null) return;
  const declaring = [on, ...ancestorNodes(on)].find((node) => Object.hasOwn(node.spec.config, key));
  if (declaring !== undefined) {
    need(needs, configKey(owner, use.key), configKey(declaring, key));
    return;
  }
  const type = state.types.get(on.spec.type);
  if (type === undefined || declaredKeys(type).includes(key)) return;
  const flagged = Object.hasOwn(type.flags, key) ? type.flags[key] : undefined;
  const near = nearestNames(key, Object.keys(on.spec.config))[0];
  const hint = flagged !== undefined ? `Write config("${flagged}").` : near === undefined ? undefined : `Did you mean “${near}”?`;
  const message = `${quoteText(on.spec.name)} has no config ${quoteText(key)}: this would be nothing.`;
  state.findings.add('dsl-unknown-config', { range: use.range, path: use.path, message, hint });
}

function addCircle(needs: Needs, state: PlanState): void {
  const circle = findCircle(needs);
  if (circle === null) return;
  const first = circle.find((key) => key.includes(' '));
  const use = state.uses.find(({ owner, key }) => `${owner} ${key}` === first);
  const entities = circle.filter((key) => !key.includes(' '));
  const dependency = state.dependencies.find(({ owner }) => owner === entities[0]);
  const place = { range: use?.range ?? dependency?.range ?? { start: 0, end: 0 }, path: use?.path ?? dependency?.path ?? '' };
  if (entities.length === 0) {
    const around = circle.map((key) => key.replace(' ', ': ')).join(' → ');
    state.findings.add('config-cycle', { ...place, message: `Config refers to itself in a circle: ${around}.` });
    return;
  }
  const around = entities[0] === entities.at(-1) && entities.length > 1 ? entities : [...entities, entities[0]];
  const message = `These would wait for each other for ever: ${around.join(' → ')}.`;
  state.findings.add('dependency-cycle', {
    ...place,
    message,
    hint: use === undefined ? 'Remove one of the dependencies.' : 'Remove one of the attributeWhenReady expressions.',
  });
}
