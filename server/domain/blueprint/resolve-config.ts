import type { Entity } from '../entity/entity.ts';
import type { AdjunctSpec } from '../entity/entity-spec.ts';
import type { ErrorView } from '../shared/clocker-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { type ConfigMap, type ConfigValue, type DslCall, isConfigList, isDeferred, isNestedObject, isNestedSpec } from './config-value.ts';
import { COMPONENT_SCOPES } from './dsl-functions.ts';
import { ancestorsOf, type EntityLookup, lookUpEntity } from './entity-lookup.ts';
import { formatJava, toText } from './format-java.ts';
import { type DslArgument, isDslExpression } from './parse-dsl.ts';
import { replacePattern } from './replace-pattern.ts';

export interface ResolveContext {
  /** The entity whose config it is. */
  readonly self: Entity;
  readonly view: EntityLookup;
}

/** "Not yet" is an answer: `waitingFor` names the sensor, as `db.datastore.url`. */
export type Resolved<T = Json> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly waitingFor: string }
  | { readonly ok: false; readonly error: ErrorView };

/**
 * Config with every `$brooklyn:` expression evaluated now. An error anywhere is told before a wait anywhere, waits in the order
 * of the keys. An expression that names an entity gives `{ $entity: id }`.
 */
export function resolveConfig(config: ConfigMap, context: ResolveContext): Resolved<JsonObject> {
  const value: Record<string, Json> = {};
  let waiting: Resolved<JsonObject> | undefined;
  const budget = { calls: MOST_CALLS };
  for (const [key, item] of Object.entries(config)) {
    const resolved = resolveIn(item, { ...context, budget, open: [`${context.self.id} ${key}`] });
    if (resolved.ok) value[key] = resolved.value;
    else if ('error' in resolved) return resolved;
    else waiting ??= resolved;
  }
  return waiting ?? { ok: true, value };
}

/** Bounds values that refer to each other many times over, and the text they grow to. */
const MOST_CALLS = 20_000;
const MOST_TEXT = 1024 * 1024;

interface Evaluation extends ResolveContext {
  readonly budget: { calls: number };
  /** `<entity id> <key>` of the config values being resolved, outermost first. */
  readonly open: readonly string[];
}

function resolveIn(value: ConfigValue, evaluation: Evaluation): Resolved {
  if (typeof value !== 'object' || value === null) return { ok: true, value };
  if (isDeferred(value)) {
    const result = evaluate(value.$dsl.calls, evaluation);
    return result.ok && isEntity(result.value) ? { ok: true, value: { $entity: result.value[FOUND].id } } : plain(result);
  }
  if (isNestedSpec(value)) return { ok: true, value: isJsonObject(value.$spec) ? { $spec: value.$spec } : null };
  if (isNestedObject(value)) return resolveObject(value.$object, evaluation);
  if (isConfigList(value)) return resolveAll(value, evaluation);
  const entries = Object.entries(value);
  const items = resolveAll(
    entries.map(([, item]) => item),
    evaluation,
  );
  if (!items.ok) return items;
  return { ok: true, value: Object.fromEntries(entries.map(([key], index) => [key, items.value[index] ?? null])) };
}

/** An object is made with what its config is now; an entity, above, evaluates its own once it is there. */
function resolveObject(object: AdjunctSpec, evaluation: Evaluation): Resolved {
  const config = resolveIn(object.config, evaluation);
  return config.ok ? { ok: true, value: { $object: { ...object, config: config.value } } } : config;
}

function resolveAll(values: readonly ConfigValue[], evaluation: Evaluation): Resolved<readonly Json[]> {
  const resolved: Json[] = [];
  let waiting: Resolved<readonly Json[]> | undefined;
  for (const value of values) {
    const item = resolveIn(value, evaluation);
    if (item.ok) resolved.push(item.value);
    else if ('error' in item) return item;
    else waiting ??= item;
  }
  return waiting ?? { ok: true, value: resolved };
}

/** An entity on its way through a chain of calls; a symbol, so that no JSON value of a sensor can pass for one. */
const FOUND = Symbol('entity');
interface Found {
  readonly [FOUND]: Entity;
}

function isEntity(value: Json | Found | undefined): value is Found {
  return typeof value === 'object' && value !== null && FOUND in value;
}

function plain(result: Resolved<Json | Found>): Resolved {
  if (!result.ok) return result;
  return isEntity(result.value) ? refuse('An entity was given where a value is needed.') : { ok: true, value: result.value };
}

function refuse(message: string, hint?: string): Resolved<never> {
  return { ok: false, error: { code: 'blueprint.invalid', message, retryable: false, ...(hint ? { hint } : {}) } };
}

function evaluate(calls: readonly DslCall[], evaluation: Evaluation): Resolved<Json | Found> {
  let value: Json | Found = { [FOUND]: evaluation.self };
  for (const call of calls) {
    if (!isEntity(value)) return refuse(`“${call.name}” was called on a value; it can only be called on an entity.`);
    evaluation.budget.calls -= 1;
    if (evaluation.budget.calls < 0) return refuse(`The config needs more than ${MOST_CALLS} function calls.`);
    const result = callFunction(call, value[FOUND], evaluation);
    if (!result.ok) return result;
    value = result.value;
  }
  return { ok: true, value };
}

function callFunction(call: DslCall, on: Entity, evaluation: Evaluation): Resolved<Json | Found> {
  if (call.name === 'literal') return { ok: true, value: literalOf(call.args[0]) };
  const args = evaluateArguments(call.args, evaluation);
  if (!args.ok) return args;
  const [first, second, third] = args.value.map((argument) => (isEntity(argument) ? argument[FOUND].id : argument));
  switch (call.name) {
    case 'attributeWhenReady':
      return readSensor(on, toText(first ?? null));
    case 'config':
      return readConfig(on, toText(first ?? null), evaluation);
    case 'formatString':
      return formatted(args.value);
    case 'urlEncode':
      return { ok: true, value: urlEncode(toText(first ?? null)) };
    case 'regexReplacement': {
      const replaced = replacePattern(toText(first ?? null), toText(second ?? null), toText(third ?? null));
      return replaced.ok ? { ok: true, value: replaced.text } : refuse(`regexReplacement: ${replaced.message}.`);
    }
    default:
      return findEntity(call.name, on, args.value, evaluation);
  }
}

function evaluateArguments(args: readonly DslArgument[], evaluation: Evaluation): Resolved<readonly (Json | Found)[]> {
  const values: (Json | Found)[] = [];
  let waiting: Resolved<readonly (Json | Found)[]> | undefined;
  for (const argument of args) {
    if (!isDslExpression(argument)) {
      values.push(argument);
      continue;
    }
    const result = evaluate(argument.calls, evaluation);
    if (result.ok) values.push(result.value);
    else if ('error' in result) return result;
    else waiting ??= result;
  }
  return waiting ?? { ok: true, value: values };
}

function literalOf(argument: DslArgument | undefined): Json {
  return argument === undefined ? null : isDslExpression(argument) ? argument.text : argument;
}

function formatted(args: readonly (Json | Found)[]): Resolved {
  const values = args.map((argument) => (isEntity(argument) ? argument[FOUND].name : argument));
  const result = formatJava(toText(values[0] ?? null), values.slice(1));
  if (!result.ok) return refuse(`formatString: ${result.message}.`);
  return result.text.length > MOST_TEXT ? refuse('formatString gives more than 1 MiB of text.') : { ok: true, value: result.text };
}

/** Form encoding as Java's URLEncoder: space becomes `+`. */
function urlEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');
}

/** Null, false, 0, "" and empty collections block: Brooklyn waits for a truthy value. */
function readSensor(entity: Entity, sensor: string): Resolved {
  const value = Object.hasOwn(entity.sensors, sensor) ? entity.sensors[sensor] : undefined;
  return value !== undefined && isReady(value)
    ? { ok: true, value }
    : { ok: false, waitingFor: `${entity.planId ?? entity.name}.${sensor}` };
}

function isReady(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

/** The entity's own value, else that of the nearest ancestor that has one, evaluated where it is declared; null when none has. */
function readConfig(entity: Entity, key: string, evaluation: Evaluation): Resolved {
  const declaring = ancestorsOf(entity, evaluation.view).find((ancestor) => Object.hasOwn(ancestor.spec.config, key));
  const value = declaring?.spec.config[key];
  if (declaring === undefined || value === undefined) return { ok: true, value: null };
  const place = `${declaring.id} ${key}`;
  if (evaluation.open.includes(place) || evaluation.open.length >= 100) {
    return refuse(`config("${key}") of “${declaring.name}” refers to itself.`, 'Break the circle of config("…") expressions.');
  }
  return resolveIn(value, { ...evaluation, self: declaring, open: [...evaluation.open, place] });
}

function findEntity(name: string, on: Entity, args: readonly (Json | Found)[], evaluation: Evaluation): Resolved<Found> {
  const { view } = evaluation;
  const [first, second] = args;
  if (name === 'component' && second !== undefined) {
    const scope = isEntity(first) ? undefined : COMPONENT_SCOPES.get(toText(first ?? null));
    return scope === undefined ? refuse('component was given a scope that is not known.') : findEntity(scope, on, [second], evaluation);
  }
  if (isEntity(first)) return { ok: true, value: first };
  const id = toText(first ?? null);
  const entity = lookUpEntity(name, on, { id, view });
  if (entity !== undefined) return { ok: true, value: { [FOUND]: entity } };
  const wanted = name === 'parent' ? 'has no parent' : `finds no “${id}” by ${name}`;
  return refuse(`“${on.name}” ${wanted}.`, 'Check the id against those of the services in the blueprint.');
}
