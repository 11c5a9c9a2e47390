import { addedSensors } from './added-sensors.ts';
import { DSL_FUNCTIONS } from './dsl-functions.ts';
import { type ArgumentNode, type CallNode, type DslTree, nestedExpressions, textArgument } from './dsl-tree.ts';
import { declaresBy, effectiveConfig } from './effective-config.ts';
import { findNode, type NodesById } from './find-node.ts';
import { quoteText, type TextRange } from './findings.ts';
import { didYouMean, nearestNames } from './nearest-name.ts';
import { parseTemplate } from './parse-template.ts';
import type { DeferredUse, PlanState } from './plan-state.ts';
import { ancestorNodes, type SpecNode } from './spec-tree.ts';
import { declaredKeys, publishes } from './type-registry.ts';

/** What an expression needs before it can be resolved. */
export interface Needed {
  readonly waits: { readonly on: SpecNode; readonly sensor: string }[];
  readonly reads: { readonly declaring: SpecNode; readonly key: string }[];
}

export interface Following {
  readonly owner: SpecNode;
  readonly use: DeferredUse;
  readonly state: PlanState;
  readonly byId: NodesById;
  readonly needed: Needed;
}

/** Follows an expression to the entities, sensors and config that it names, and says what is not there. Gives the entity that it names itself. */
export function followExpression({ calls }: Pick<DslTree, 'calls'>, following: Following): SpecNode | undefined {
  let on: SpecNode | undefined = following.owner;
  for (const call of calls) {
    for (const argument of call.args) for (const nested of nestedExpressions(argument)) followExpression(nested, following);
    if (on === undefined) continue;
    if (DSL_FUNCTIONS.get(call.name)?.kind === 'entity') on = step(call, on, following);
    else {
      followRead(call, on, following);
      on = undefined;
    }
  }
  return on;
}

function step(call: CallNode, on: SpecNode, following: Following): SpecNode | undefined {
  const found = findNode(call, on, following.byId);
  if (found === 'no-parent') addUnknown(call.range, `${quoteText(on.spec.name)} has no parent.`, undefined, following);
  if (typeof found === 'string') return undefined;
  if (!('missing' in found)) return found;
  const range = call.args.at(-1)?.range ?? call.range;
  const message = `No entity with the id ${quoteText(found.missing)} is found by ${found.scope}.`;
  addUnknown(range, message, hintForId(found.missing, [...following.byId.keys()]), following);
  return undefined;
}

export function hintForId(text: string, ids: readonly string[]): string {
  return (
    didYouMean(text, ids) ?? (ids.length === 0 ? 'Give the service an “id”.' : `Ids in this blueprint: ${ids.slice(0, 10).join(', ')}.`)
  );
}

function addUnknown(range: TextRange, message: string, hint: string | undefined, { use, state }: Following): void {
  if (state.completedLater?.entities) return;
  state.findings.add('dsl-unknown-entity', { range, path: use.path, message, hint });
}

function followRead(call: CallNode, on: SpecNode, following: Following): void {
  const [first, second] = call.args;
  const name = textArgument(first);
  if (name === null) return;
  const range = first?.range ?? call.range;
  if (call.name === 'config') addRead(on, name, range, following);
  else if (call.name.startsWith('attributeWhenReady')) addWait(on, name, range, { ...following, waits: !takesWhatIsThere(second) });
  else if (call.name === 'sensor' && second !== undefined) checkSensorOf(name, textArgument(second), second.range, following);
  else if (call.name === 'template') followTemplate(name, on, range, following);
}

/** `{wait_for_truthy: false}`: whatever the sensor is, there is no wait for it. */
function takesWhatIsThere(options: ArgumentNode | undefined): boolean {
  if (options?.kind !== 'map') return false;
  return ['wait_for_truthy', 'waitForTruthy'].some((key) => textArgument(options.entries.get(key)) === 'false');
}

function followTemplate(template: string, on: SpecNode, range: TextRange, following: Following): void {
  const parsed = parseTemplate(template);
  for (const part of parsed.ok ? parsed.parts : []) {
    const [first, ...rest] = 'path' in part ? part.path : [];
    if (first === 'attributeWhenReady') addWait(on, rest.join('.'), range, following);
    if (first === 'config' && rest.length === 1) addRead(on, rest[0] ?? '', range, following);
  }
}

function addWait(
  on: SpecNode,
  sensor: string,
  range: TextRange,
  { use, state, needed, waits = true }: Following & { readonly waits?: boolean },
): void {
  if (waits) needed.waits.push({ on, sensor });
  const type = state.types.get(on.spec.type);
  if (type === undefined || publishes(type, sensor)) return;
  const added = addedSensors(on.spec, state.library);
  if (added.any || added.names.has(sensor)) return;
  const names = [...type.sensors.map(({ name }) => name), ...added.names];
  const hint = didYouMean(sensor, names) ?? `It publishes ${names.slice(0, 12).join(', ')}.`;
  const message = `${quoteText(on.spec.name)} (${type.title}) publishes no sensor ${quoteText(sensor)}: this would wait until something does.`;
  state.findings.add('dsl-unknown-sensor', { range, path: use.path, message, hint });
}

/**
 * `sensor("class", "name")`. What is known of a class is its entity type; Brooklyn's classes of constants are none. A class may declare
 * what another type publishes, as a cluster does of its members: only a name that nobody knows is told.
 */
function checkSensorOf(className: string, sensor: string | null, range: TextRange, { use, state }: Following): void {
  const type = state.typesByName.get(className);
  if (type === undefined || sensor === null || publishes(type, sensor)) return;
  if ([...state.types.values()].some((other) => publishes(other, sensor))) return;
  const names = type.sensors.map(({ name }) => name);
  const hint = didYouMean(sensor, names) ?? `It publishes ${names.slice(0, 12).join(', ')}.`;
  const message = `${type.title} publishes no sensor ${quoteText(sensor)}.`;
  state.findings.add('dsl-unknown-sensor', { range, path: use.path, message, hint });
}

function addRead(on: SpecNode, key: string, range: TextRange, { use, state, needed }: Following): void {
  const chain = [on, ...ancestorNodes(on)];
  const effective = effectiveConfig(key, chain, declaresBy(state.types));
  if (effective !== undefined) {
    for (const { holder } of effective.parts) needed.reads.push({ declaring: holder, key });
    return;
  }
  const type = state.types.get(on.spec.type);
  const isParameter = chain.some(({ spec }) => spec.parameters?.some(({ name }) => name === key));
  if (type === undefined || isParameter || declaredKeys(type).includes(key)) return;
  const flagged = Object.hasOwn(type.flags, key) ? type.flags[key] : undefined;
  const near = nearestNames(key, Object.keys(on.spec.config))[0];
  const hint = flagged !== undefined ? `Write config("${flagged}").` : near === undefined ? undefined : `Did you mean “${near}”?`;
  const message = `${quoteText(on.spec.name)} has no config ${quoteText(key)}: this would be nothing.`;
  state.findings.add('dsl-unknown-config', { range, path: use.path, message, hint });
}
