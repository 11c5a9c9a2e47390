import { type ConfigValue, type DslCall, isConfigList, isDeferred, isNestedObject, isNestedSpec } from './config-value.ts';

/** All function calls in a value, nested ones too; none of an entity that is made later. */
export function callsIn(value: ConfigValue): readonly DslCall[] {
  if (typeof value !== 'object' || value === null || isNestedSpec(value)) return [];
  if (isDeferred(value)) return value.$dsl.calls.flatMap((call) => [call, ...call.args.flatMap(callsIn)]);
  if (isNestedObject(value)) return callsIn(value.$object.config);
  return (isConfigList(value) ? value : Object.values(value)).flatMap(callsIn);
}
