import type { EntitySpec } from '../entity/entity-spec.ts';
import type { DslCall, DslExpression } from './config-value.ts';
import { COMPONENT_SCOPES } from './dsl-functions.ts';
import { findCircle } from './find-circle.ts';
import { quoteText } from './findings.ts';
import { didYouMean, nearestNames } from './nearest-name.ts';
import { isDslExpression } from './parse-dsl.ts';
import type { DeferredUse, PlanState } from './plan-state.ts';
import { ancestorNodes, nodesOf, rootOf, type SpecNode, toSpecTree } from './spec-tree.ts';
import { declaredKeys, publishes } from './type-registry.ts';

/**
 * Follows every expression of a plan to what it names: entities that are not there, sensors that nobody publishes, config that
 * nobody sets, and circles of config or of waiting, which would never end.
 */
export function checkReferences(root: EntitySpec, state: PlanState): void {
  const nodes = new Map([...nodesOf(toSpecTree(root))].map((node) => [node.spec.path, node]));
  const links: Links = { config: new Map(), wait: new Map() };
  for (const use of state.uses) {
    const owner = nodes.get(use.owner);
    if (owner !== undefined) follow(use.expression, owner, { use, state, links });
  }
  addCircles(links, state);
}

/** `<entity path> <key>` → those it reads; and the same → entity paths whose sensors it waits for. */
interface Links {
  readonly config: Map<string, Set<string>>;
  readonly wait: Map<string, Set<string>>;
}

interface Following {
  readonly use: DeferredUse;
  readonly state: PlanState;
  readonly links: Links;
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
  if (scope === 'self' || scope === 'literal' || scope === 'formatString' || scope === undefined) return on;
  if (scope === 'root') return rootOf(on);
  if (scope === 'parent') {
    if (on.parent === null) addUnknown(`“${on.spec.name}” has no parent.`, undefined, following);
    return on.parent ?? undefined;
  }
  if (text === null) return undefined;
  const candidates = candidatesOf(scope, on);
  if (candidates === null) return undefined;
  const found = candidates.find((node) => node.spec.planId === text);
  if (found === undefined && !/^[0-9a-z]{26}$/i.test(text)) {
    const ids = [...nodesOf(rootOf(on))].flatMap((node) => node.spec.planId ?? []);
    addUnknown(`No entity with the id ${quoteText(text)} is found by ${scope}.`, hintForId(text, ids), following);
  }
  return found;
}

function hintForId(text: string, ids: readonly string[]): string {
  return (
    didYouMean(text, ids) ?? (ids.length === 0 ? 'Give the service an “id”.' : `Ids in this blueprint: ${ids.slice(0, 10).join(', ')}.`)
  );
}

function addUnknown(message: string, hint: string | undefined, { use, state }: Following): void {
  state.findings.add('dsl-unknown-entity', { range: use.range, path: use.path, message, hint });
}

/** Nodes in which a function looks, nearest first; null for functions that look nowhere. */
function candidatesOf(scope: string, on: SpecNode): readonly SpecNode[] | null {
  switch (scope) {
    case 'component':
    case 'entity':
      return [on, ...ancestorNodes(on)].flatMap((node) => [...nodesOf(node)]);
    case 'child':
      return on.children;
    case 'sibling':
      return on.parent === null ? [] : on.parent.children.filter((node) => node !== on);
    case 'descendant':
      return [...nodesOf(on)].slice(1);
    case 'ancestor':
      return ancestorNodes(on);
    default:
      return null;
  }
}

function addWait(on: SpecNode | undefined, sensor: string | null, { use, state, links }: Following): void {
  if (on === undefined || sensor === null) return;
  const type = state.types.get(on.spec.type);
  if (type !== undefined && !publishes(type, sensor)) {
    const names = type.sensors.map(({ name }) => name);
    const near = didYouMean(sensor, names);
    const message = `${quoteText(on.spec.name)} (${type.title}) publishes no sensor ${quoteText(sensor)}: this would wait until something does.`;
    state.findings.add('dsl-unknown-sensor', {
      range: use.range,
      path: use.path,
      message,
      hint: near ?? `It publishes ${names.slice(0, 12).join(', ')}.`,
    });
  }
  for (const path of startedFor(on, sensor, state)) link(links.wait, `${use.owner} ${use.key}`, path);
}

/** Entities that must have started before the sensor has a value. Of a group only what tells of its members’ state needs them. */
function startedFor(on: SpecNode, sensor: string, state: PlanState): readonly string[] {
  if ((state.types.get(on.spec.type)?.kind ?? 'container') === 'container') return [on.spec.path];
  if (sensor !== 'service.isUp' && sensor !== 'service.state') return [];
  return [...nodesOf(on)].filter((node) => state.types.get(node.spec.type)?.kind === 'container').map((node) => node.spec.path);
}

function addRead(on: SpecNode | undefined, key: string | null, { use, state, links }: Following): void {
  if (on === undefined || key === null) return;
  const declaring = [on, ...ancestorNodes(on)].find((node) => Object.hasOwn(node.spec.config, key));
  if (declaring !== undefined) {
    link(links.config, `${use.owner} ${use.key}`, `${declaring.spec.path} ${key}`);
    return;
  }
  const type = state.types.get(on.spec.type);
  const flagged = type === undefined ? undefined : type.flags[key];
  if (type === undefined || declaredKeys(type).includes(key)) return;
  const message = `${quoteText(on.spec.name)} has no config ${quoteText(key)}: this would be nothing.`;
  const near = nearestNames(key, Object.keys(on.spec.config))[0];
  const hint = flagged !== undefined ? `Write config("${flagged}").` : near === undefined ? undefined : `Did you mean “${near}”?`;
  state.findings.add('dsl-unknown-config', { range: use.range, path: use.path, message, hint });
}

function link(links: Map<string, Set<string>>, from: string, to: string): void {
  const known = links.get(from);
  if (known === undefined) links.set(from, new Set([to]));
  else known.add(to);
}

function addCircles(links: Links, state: PlanState): void {
  const configCircle = findCircle(links.config);
  if (configCircle !== null) {
    const message = `Config refers to itself in a circle: ${configCircle.join(' → ')}.`;
    state.findings.add('config-cycle', { ...placeOf(configCircle[0] ?? '', state), message });
    return;
  }
  const awaited = new Map<string, ReadonlySet<string>>();
  const waits = new Map<string, Set<string>>();
  for (const place of [...links.wait.keys(), ...links.config.keys()]) {
    const owner = place.slice(0, place.indexOf(' '));
    for (const path of awaitedBy(place, links, awaited)) link(waits, owner, path);
  }
  const waitCircle = findCircle(waits);
  if (waitCircle === null) return;
  const [first = '', second = ''] = waitCircle;
  const place = [...links.wait.keys(), ...links.config.keys()].find(
    (from) => from.startsWith(`${first} `) && awaited.get(from)?.has(second),
  );
  const message = `These would wait for each other for ever: ${waitCircle.join(' → ')}.`;
  state.findings.add('dependency-cycle', {
    ...placeOf(place ?? `${first} `, state),
    message,
    hint: 'Remove one of the attributeWhenReady expressions.',
  });
}

/** Entity paths that a config value waits for, through the config that it reads. The links of config have no circle here. */
function awaitedBy(place: string, links: Links, known: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
  const before = known.get(place);
  if (before !== undefined) return before;
  const awaited = new Set(links.wait.get(place));
  for (const read of links.config.get(place) ?? []) for (const path of awaitedBy(read, links, known)) awaited.add(path);
  known.set(place, awaited);
  return awaited;
}

function placeOf(from: string, state: PlanState): { readonly range: DeferredUse['range']; readonly path: string } {
  const use =
    state.uses.find(({ owner, key }) => `${owner} ${key}` === from) ?? state.uses.find(({ owner }) => from.startsWith(`${owner} `));
  return use ?? { range: { start: 0, end: 0 }, path: '' };
}
