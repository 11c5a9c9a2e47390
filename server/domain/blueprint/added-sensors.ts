import type { AdjunctSpec, EntitySpec } from '../entity/entity-spec.ts';
import { type ConfigValue, isConfigList, isDeferred, isNestedObject, isNestedSpec } from './config-value.ts';
import { constantText } from './constant-text.ts';
import type { TypeLibrary } from './type-library.ts';

/** Sensors that a blueprint adds to what an entity's type publishes; `any` where they cannot be told by name. */
export interface AddedSensors {
  readonly names: ReadonlySet<string>;
  readonly any: boolean;
}

/** Keys, without their prefix, whose value is the name of a sensor that is published. */
const TARGETS: ReadonlySet<string> = new Set(['targetsensor', 'sensorname', 'propagating', 'sensormapping', 'sensor_mapping']);
/** Keys that publish whatever another entity does. */
const EVERYTHING: ReadonlySet<string> = new Set(['propagatingall', 'propagatingallbut']);

/** What the initializers, enrichers and policies of an entity publish on it. One of a type that is not known may publish anything. */
export function addedSensors(
  spec: EntitySpec,
  { adjunctTypes, entityTypes }: Pick<TypeLibrary, 'adjunctTypes' | 'entityTypes'>,
): AddedSensors {
  const names = new Set<string>(entityTypes.get(spec.type)?.kind === 'software' ? parameterSensors(spec) : []);
  let any = false;
  const adjuncts = [...(spec.initializers ?? []), ...(spec.enrichers ?? []), ...(spec.policies ?? [])];
  for (const adjunct of adjuncts) {
    const type = adjunctTypes.get(adjunct.type);
    if (type === undefined) any = true;
    for (const name of type?.publishes?.(adjunct.config) ?? []) names.add(name);
    for (const [key, value] of Object.entries(adjunct.config)) {
      const bare = key.slice(key.lastIndexOf('.') + 1).toLowerCase();
      if (EVERYTHING.has(bare) && value !== false) any = true;
      if (TARGETS.has(bare) || (bare === 'name' && isSensorType(adjunct))) for (const name of namesIn(value)) names.add(name);
    }
  }
  return { names, any };
}

/** A process publishes the port that it was given for a parameter of that type, and parameters that name a sensor. */
function parameterSensors({ parameters = [] }: EntitySpec): readonly string[] {
  return parameters.flatMap(({ name, type, sensor }) => [...(sensor === undefined ? [] : [sensor]), ...(type === 'port' ? [name] : [])]);
}

/** `SshCommandSensor`, `http-request-sensor`: initializers that add the one sensor of their name. */
function isSensorType({ type }: AdjunctSpec): boolean {
  return /sensor$/i.test(type);
}

/** A name, a list of names, or a map from the sensor of another entity to the one that is published. */
function namesIn(value: ConfigValue): readonly string[] {
  if (isConfigList(value)) return value.flatMap(namesIn);
  if (typeof value === 'object' && value !== null && !isDeferred(value) && !isNestedSpec(value) && !isNestedObject(value)) {
    return Object.values(value).flatMap(namesIn);
  }
  const name = constantText(value);
  return name === undefined ? [] : [name];
}
