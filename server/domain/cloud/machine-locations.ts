import { type ConfigMap, type ConfigValue, isConfigList, isConfigMap } from '../blueprint/config-value.ts';
import type { LocationSpec } from '../entity/entity-spec.ts';

/** A location of which nothing is known but that it is called so. */
const LAB = 'lab';

/**
 * The places that hosts of a Docker cloud are taken from, in their order: a `multi` is its targets, the next where one has no more. One
 * machine (`host`) is a `byon` of one; `lab` may be written as a name.
 */
export function machineLocations(spec: LocationSpec): readonly LocationSpec[] {
  switch (spec.kind) {
    case 'multi':
      return listOf(spec.options.targets).flatMap((target) => machineLocations(toSpec(target)));
    case 'single':
      return machineLocations(toSpec(spec.options.target));
    case 'host':
      return [{ ...spec, kind: 'byon', target: '' }];
    case 'named':
      return [spec.target === LAB ? { kind: LAB, target: '', options: spec.options } : spec];
    default:
      return [spec];
  }
}

function listOf(value: ConfigValue | undefined): readonly ConfigValue[] {
  return isConfigList(value) ? value : [];
}

/** Locations within locations are kept as plain maps. */
function toSpec(value: ConfigValue | undefined): LocationSpec {
  const { kind, target, options }: ConfigMap = isConfigMap(value) ? value : {};
  return {
    kind: typeof kind === 'string' ? kind : '',
    target: typeof target === 'string' ? target : '',
    options: isConfigMap(options) ? options : {},
  };
}
