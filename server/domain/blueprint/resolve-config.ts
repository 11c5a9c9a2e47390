import type { Entity } from '../entity/entity.ts';
import type { AdjunctSpec } from '../entity/entity-spec.ts';
import type { SensorWaits } from '../entity/sensor-waits.ts';
import type { ErrorView } from '../shared/clocker-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { type ConfigMap, type ConfigValue, isConfigList, isDeferred, isNestedObject, isNestedSpec } from './config-value.ts';
import { declaresBy, type EffectiveConfig, effectiveConfig, effectiveKeys } from './effective-config.ts';
import { ancestorsOf, createEntityIndex } from './entity-lookup.ts';
import { evaluateCalls } from './evaluate-calls.ts';
import { type Evaluation, MOST_CALLS, type ResolveContext, type Waiting } from './evaluation.ts';
import { fillTemplate } from './fill-template.ts';
import { FOUND, gather, HIDDEN, isFound, type LiveValue, mapLeaves, type Outcome } from './live-value.ts';
import { readParts } from './read-entity.ts';

/** What config is when everything it waits for is there. "Not yet" is an answer. */
export type ResolvedConfig =
  | { readonly ok: true; readonly value: JsonObject }
  | WaitingConfig
  | { readonly ok: false; readonly error: ErrorView };

export interface WaitingConfig {
  readonly ok: false;
  /** The first sensor, as `db.datastore.url`. */
  readonly waitingFor: string;
  /** Kept with the entity: the next look goes on from there. */
  readonly waits: SensorWaits;
  /** When to look again even if nothing changes, milliseconds since the epoch. */
  readonly lookAgainAt: number | null;
  /** Set once a wait lasts longer than it may. It is over when its sensor is there all the same. */
  readonly failure: ErrorView | null;
}

/**
 * All config that counts at `self` (see `effectiveConfig`), with every `$brooklyn:` expression evaluated where it is declared. What the
 * type does not declare is left out: only `config("…")` reads it, and nothing waits for it before. An error
 * anywhere is told before a wait anywhere, waits in the order of the keys. An expression that names an entity gives `{ $entity: id }`.
 * `now` and the entity's `waits` tell how long it has been waiting. Keys that are read later (`isLater`) are left out.
 */
export function resolveConfig(
  context: ResolveContext & { readonly now: number; readonly isLater?: ((key: string) => boolean) | undefined },
): ResolvedConfig {
  const time: Waiting = { now: context.now, before: context.self.waits ?? {}, waits: {}, deadline: null, failure: null };
  const evaluation = begin(context, time);
  const { self, types, isLater = () => false } = context;
  const declares = types?.has(self.type) ? declaresBy(types) : () => true;
  const needed = [...effectiveEntries(context)].filter(([key]) => declares(self, key) && !isLater(key));
  const entries = gather(needed, ([key, effective]): Outcome<readonly [string, LiveValue]> => {
    const resolved = readParts(key, effective, evaluation);
    return resolved.ok ? { ok: true, value: [key, resolved.value] } : resolved;
  });
  if (!entries.ok && 'error' in entries) return entries;
  if (!entries.ok) {
    const { waitingFor } = entries;
    const failure = time.failure === null ? null : failed(`Gave up waiting: ${time.failure}.`);
    return { ok: false, waitingFor, waits: time.waits, lookAgainAt: time.deadline, failure };
  }
  const value: Record<string, Json> = {};
  for (const [key, item] of entries.value) {
    const finished = finish(item, evaluation);
    if (!finished.ok) return finished;
    value[key] = finished.value;
  }
  return { ok: true, value };
}

/** One value of config as far as it is known at this moment: nothing is waited for, and secrets stay concealed. Undefined where nobody sets it. */
export function resolveNow(key: string, context: ResolveContext): Outcome<Json | undefined> {
  const effective = effectiveConfig(key, ancestorsOf(context.self, context.view), declaresBy(context.types));
  if (effective === undefined) return { ok: true, value: undefined };
  const evaluation = begin(context, null);
  const resolved = readParts(key, effective, evaluation);
  return resolved.ok ? finish(resolved.value, evaluation) : resolved;
}

/** What is attached to an entity evaluates its own config there, as far as it is known now. */
export function resolveAttached(config: ConfigMap, context: ResolveContext): Outcome<JsonObject> {
  const evaluation = begin(context, null);
  const resolved = resolveMap(config, evaluation);
  if (!resolved.ok) return resolved;
  const finished = finish(resolved.value, evaluation);
  return finished.ok ? { ok: true, value: isJsonObject(finished.value) ? finished.value : {} } : finished;
}

/** A template, filled in with what it names of the entity. Waits as `resolveConfig` does. */
export function resolveTemplate(
  text: string,
  substitutions: Json,
  context: ResolveContext & { readonly now: number },
): { readonly ok: true; readonly value: string } | WaitingConfig | { readonly ok: false; readonly error: ErrorView } {
  const time: Waiting = { now: context.now, before: context.self.waits ?? {}, waits: {}, deadline: null, failure: null };
  const evaluation = begin(context, time);
  const filled = fillTemplate(text, substitutions, context.self, evaluation);
  if (!filled.ok && 'error' in filled) return filled;
  if (!filled.ok) return { ok: false, waitingFor: filled.waitingFor, waits: time.waits, lookAgainAt: time.deadline, failure: null };
  const finished = finish(filled.value, evaluation);
  return finished.ok ? { ok: true, value: String(finished.value) } : finished;
}

/** All config that counts at an entity, not evaluated. */
export function* effectiveEntries({
  self,
  view,
  types,
}: Pick<ResolveContext, 'self' | 'view' | 'types'>): Generator<readonly [string, EffectiveConfig<Entity>]> {
  const chain = ancestorsOf(self, view);
  const declares = declaresBy(types);
  for (const key of effectiveKeys(chain, declares)) {
    const effective = effectiveConfig(key, chain, declares);
    if (effective !== undefined) yield [key, effective];
  }
}

/** The same without keys. */
export function* effectiveValues(context: Pick<ResolveContext, 'self' | 'view' | 'types'>): Generator<ConfigValue> {
  for (const [, { parts }] of effectiveEntries(context)) for (const { value } of parts) yield value;
}

function begin(context: ResolveContext, time: Waiting | null): Evaluation {
  const index = context.index ?? createEntityIndex(context.self, context.view);
  return { ...context, index, shared: { calls: MOST_CALLS, time }, open: [], resolve };
}

function resolve(value: ConfigValue, evaluation: Evaluation): Outcome {
  if (typeof value !== 'object' || value === null) return { ok: true, value };
  if (isDeferred(value)) return evaluateCalls(value.$dsl.calls, evaluation);
  if (isNestedSpec(value)) return { ok: true, value: isJsonObject(value.$spec) ? { $spec: value.$spec } : null };
  if (isNestedObject(value)) return resolveObject(value.$object, evaluation);
  if (isConfigList(value)) return gather(value, (item) => resolve(item, evaluation));
  return resolveMap(value, evaluation);
}

function resolveMap(map: ConfigMap, evaluation: Evaluation): Outcome {
  const entries = gather(Object.entries(map), ([key, item]): Outcome<readonly [string, LiveValue]> => {
    const resolved = resolve(item, evaluation);
    return resolved.ok ? { ok: true, value: [key, resolved.value] } : resolved;
  });
  return entries.ok ? { ok: true, value: Object.fromEntries(entries.value) } : entries;
}

/** An object is made with what its config is now; an entity, above, evaluates its own once it is there. */
function resolveObject(object: AdjunctSpec, evaluation: Evaluation): Outcome {
  const config = resolve(object.config, evaluation);
  return config.ok ? { ok: true, value: { $object: { ...object, config: config.value } } } : config;
}

/** Entities become references, secrets the names that stand for them. */
function finish(value: LiveValue, { self, secrets }: Evaluation): Finished {
  let foreign: string | undefined;
  const json = mapLeaves(value, (leaf) => {
    if (isFound(leaf)) {
      const { id, name, applicationId } = leaf[FOUND];
      if (applicationId !== self.applicationId) foreign ??= name;
      return { $entity: id };
    }
    return secrets?.conceal(leaf[HIDDEN]) ?? null;
  });
  if (foreign === undefined) return { ok: true, value: json };
  return { ok: false, error: failed(`“${foreign}” is another application: it cannot be given as a value.`) };
}

type Finished = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly error: ErrorView };

function failed(message: string): ErrorView {
  return { code: 'blueprint.invalid', message, retryable: false };
}
