import { type Entity, SENSOR } from '../entity/entity.ts';
import type { EntitySpec, LocationSpec } from '../entity/entity-spec.ts';
import { isJsonObject, type Json } from '../shared/json.ts';
import type { ConfigValue } from './config-value.ts';
import { declaresBy, type EffectiveConfig, effectiveConfig, LIVE_MAPS, mergeMaps } from './effective-config.ts';
import { ancestorsOf } from './entity-lookup.ts';
import type { Evaluation } from './evaluation.ts';
import { gather, type LiveValue, type Outcome, openValue, refuse } from './live-value.ts';
import { PATIENT_WAIT, readWaitOptions, type WaitOptions } from './read-wait-options.ts';
import { configShape } from './type-registry.ts';
import { isTruthy, waitForSensor } from './wait-for-sensor.ts';

/** Applications do not look into each other: of another one only this is read, which tells no more than that it is there and where. */
const SHARED_SENSORS: readonly string[] = [SENSOR.isUp, SENSOR.state, SENSOR.mainUri];

/** Null when what is asked of the entity may be read. */
export function foreignProblem(on: Entity, what: string, { self }: Evaluation): Outcome<never> | null {
  if (on.applicationId === self.applicationId) return null;
  return refuse(
    `“${on.name}” is another application: ${what} cannot be read from it.`,
    `Of others only ${SHARED_SENSORS.join(', ')} can be read.`,
  );
}

export function attributeWhenReady(on: Entity, sensor: string, options: LiveValue | undefined, evaluation: Evaluation): Outcome {
  const read = readWaitOptions(options === undefined ? undefined : openValue(options).json);
  return read.ok ? readWhenReady(on, sensor, read.options, evaluation) : refuse(`attributeWhenReady: ${read.message}.`, read.hint);
}

export function attributeWhenReadyAllowingOnFire(on: Entity, sensor: string, evaluation: Evaluation): Outcome {
  return readWhenReady(on, sensor, PATIENT_WAIT, evaluation);
}

function readWhenReady(on: Entity, sensor: string, options: WaitOptions, evaluation: Evaluation): Outcome {
  const foreign = SHARED_SENSORS.includes(sensor) ? null : foreignProblem(on, `the sensor ${sensor}`, evaluation);
  if (foreign !== null) return foreign;
  const value = readSensor(on, sensor);
  if (isTruthy(value) || !options.waitForTruthy) return { ok: true, value: value ?? null };
  noteWait(on, sensor, options, evaluation);
  return { ok: false, waitingFor: `${on.planId ?? on.name}.${sensor}` };
}

function noteWait(on: Entity, sensor: string, options: WaitOptions, { shared: { time } }: Evaluation): void {
  if (time === null) return;
  const key = `${on.id} ${sensor}`;
  const { times, deadline, failure } = waitForSensor(on, sensor, { options, before: time.before[key], now: time.now });
  time.waits[key] = times;
  time.failure ??= failure;
  if (deadline !== null) time.deadline = Math.min(time.deadline ?? deadline, deadline);
}

export function readSensor(on: Entity, sensor: string): Json | undefined {
  return Object.hasOwn(on.sensors, sensor) ? on.sensors[sensor] : undefined;
}

/**
 * What counts of the key at the entity (see `effectiveConfig`), each part evaluated where it is declared; else the default of the
 * type, else null.
 */
export function readConfig(on: Entity, key: string, evaluation: Evaluation): Outcome {
  const foreign = foreignProblem(on, 'config', evaluation);
  if (foreign !== null) return foreign;
  const effective = effectiveConfig(key, ancestorsOf(on, evaluation.view), declaresBy(evaluation.types));
  return effective === undefined ? { ok: true, value: defaultOf(on, key, evaluation) } : readParts(key, effective, evaluation);
}

/** All parts of one value as one. */
export function readParts(key: string, { parts }: EffectiveConfig<Entity>, evaluation: Evaluation): Outcome {
  const values = gather(parts, ({ value, holder }) => readPart(key, value, holder, evaluation));
  if (!values.ok) return values;
  const [nearest = null, ...farther] = values.value;
  return { ok: true, value: mergeMaps([nearest, ...farther], LIVE_MAPS) };
}

function readPart(key: string, value: ConfigValue, holder: Entity, evaluation: Evaluation): Outcome {
  const place = `${holder.id} ${key}`;
  if (evaluation.open.includes(place) || evaluation.open.length >= 100) {
    return refuse(`config("${key}") of “${holder.name}” refers to itself.`, 'Break the circle of config("…") expressions.');
  }
  return evaluation.resolve(value, { ...evaluation, self: holder, open: [...evaluation.open, place] });
}

function defaultOf(on: Entity, key: string, { types }: Evaluation): Json {
  const type = types?.get(on.type);
  const shape = type === undefined ? {} : configShape(type);
  const standard = Object.hasOwn(shape, key) ? shape[key]?.safeParse(undefined) : undefined;
  return standard?.success ? toJson(standard.data) : null;
}

function toJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(toJson);
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toJson(item)])) : null;
}

/** Names of the entity's locations: its own, else its nearest ancestor's, else that of the application. */
export function locationsOf(on: Entity, { view }: Evaluation): readonly string[] {
  for (const { spec } of ancestorsOf(on, view)) {
    const own = locationNames(spec);
    if (own.length > 0) return own;
  }
  const location = view.all('application').get(on.applicationId)?.location;
  return location ? [location] : [];
}

function locationNames({ location, locations = [] }: EntitySpec): readonly string[] {
  return [...(location === null ? [] : [location]), ...locations.map(locationName)];
}

function locationName({ kind, target }: LocationSpec): string {
  return target === '' ? kind : `${kind}:${target}`;
}
