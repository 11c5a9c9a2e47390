import type { Entity } from '../entity/entity.ts';
import { callText } from './call-text.ts';
import { type ConfigValue, type DslCall, isDeferred } from './config-value.ts';
import { DSL_FUNCTIONS } from './dsl-functions.ts';
import { type Evaluation, MOST_CALLS } from './evaluation.ts';
import { fillTemplate } from './fill-template.ts';
import { findEntity } from './find-entity.ts';
import { toText } from './format-java.ts';
import { FOUND, gather, isFound, isHidden, isLiveList, type LiveValue, type Outcome, openValue, refuse } from './live-value.ts';
import { attributeWhenReady, attributeWhenReadyAllowingOnFire, foreignProblem, locationsOf, readConfig } from './read-entity.ts';

/** Applies calls from left to right, the first to the entity that declares the value. */
export function evaluateCalls(calls: readonly DslCall[], evaluation: Evaluation): Outcome {
  let value: LiveValue = { [FOUND]: evaluation.self };
  for (const [index, call] of calls.entries()) {
    evaluation.shared.calls -= 1;
    if (evaluation.shared.calls < 0) return refuse(`The config needs more than ${MOST_CALLS.toLocaleString('en')} function calls.`);
    const result = callFunction(call, index === 0 ? null : value, evaluation);
    if (!result.ok) return result;
    value = result.value;
  }
  return { ok: true, value };
}

/** `before`: what the calls before it gave; null for the first. */
function callFunction(call: DslCall, before: LiveValue | null, evaluation: Evaluation): Outcome {
  if (call.name === 'literal') return { ok: true, value: literalOf(call.args[0], evaluation) };
  const args = gather(call.args, (argument) => evaluation.resolve(argument, evaluation));
  if (!args.ok) return args;
  const names = call.name === 'template' ? args.value.slice(0, 1) : args.value;
  if (DSL_FUNCTIONS.get(call.name)?.kind !== 'text' && names.some((argument) => openValue(argument).hidden)) {
    return refuse(`${call.name}: a secret cannot name anything: names are shown.`);
  }
  if (call.name === '[]') return itemOf(before, args.value[0] ?? null);
  const kind = DSL_FUNCTIONS.get(call.name)?.kind;
  if (kind === 'text') return callText(call.name, before === null ? args.value : [before, ...args.value], evaluation);
  const on = before ?? { [FOUND]: evaluation.self };
  if (!isFound(on)) return refuse(`“${call.name}” was called on a value; it can only be called on an entity.`);
  return kind === 'entity'
    ? searchFrom(call.name, on[FOUND], args.value, evaluation)
    : readFrom(call.name, on[FOUND], args.value, evaluation);
}

/** An expression inside `literal` stands for its own text. */
function literalOf(argument: ConfigValue | undefined, evaluation: Evaluation): LiveValue {
  if (isDeferred(argument)) return argument.$dsl.text;
  const plain = evaluation.resolve(argument ?? null, evaluation);
  return plain.ok ? plain.value : null;
}

function searchFrom(name: string, on: Entity, args: readonly LiveValue[], evaluation: Evaluation): Outcome {
  const isSelf = name === 'self' || name === 'root';
  const foreign = isSelf ? null : foreignProblem(on, 'its entities', evaluation);
  return foreign ?? findEntity(name, on, args, evaluation);
}

function readFrom(name: string, on: Entity, args: readonly LiveValue[], evaluation: Evaluation): Outcome {
  const [first, second] = args;
  switch (name) {
    case 'attributeWhenReady':
      return attributeWhenReady(on, nameOf(first), second, evaluation);
    case 'attributeWhenReadyAllowingOnFire':
      return attributeWhenReadyAllowingOnFire(on, nameOf(first), evaluation);
    case 'config':
      return readConfig(on, nameOf(first), evaluation);
    case 'entityId':
      return { ok: true, value: on.id };
    case 'sensor':
    case 'sensorName':
      return { ok: true, value: nameOf(args.at(-1)) };
    case 'location':
      return locationAt(on, nameOf(first ?? 0), evaluation);
    case 'locations':
      return foreignProblem(on, 'its locations', evaluation) ?? { ok: true, value: locationsOf(on, evaluation) };
    case 'template':
      return fillTemplate(nameOf(first), second ?? null, on, evaluation);
    default:
      return refuse(`There is no function “${name}”.`);
  }
}

function locationAt(on: Entity, index: string, evaluation: Evaluation): Outcome {
  const foreign = foreignProblem(on, 'its locations', evaluation);
  if (foreign !== null) return foreign;
  const locations = locationsOf(on, evaluation);
  const location = locations[Number(index)];
  if (location !== undefined) return { ok: true, value: location };
  const has = locations.length === 0 ? 'no location' : `${locations.length} location${locations.length === 1 ? '' : 's'}`;
  return refuse(`“${on.name}” has ${has}: there is no location(${index}).`);
}

function itemOf(before: LiveValue | null, key: LiveValue): Outcome {
  const name = nameOf(key);
  if (before === null) return refuse(`There is nothing to take [${name}] of.`);
  if (isLiveList(before)) {
    const item = /^\d{1,9}$/.test(name) ? before[Number(name)] : undefined;
    return item === undefined ? refuse(`The list has ${before.length} items: there is no [${name}].`) : { ok: true, value: item };
  }
  if (typeof before !== 'object' || isFound(before) || isHidden(before))
    return refuse(`[${name}] was asked of a value that is no list or map.`);
  return { ok: true, value: Object.hasOwn(before, name) ? (before[name] ?? null) : null };
}

function nameOf(value: LiveValue | undefined): string {
  return toText(openValue(value ?? null).json);
}
