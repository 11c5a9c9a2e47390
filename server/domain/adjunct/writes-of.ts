import type { AdjunctType } from '../blueprint/adjunct-type.ts';
import { callsIn } from '../blueprint/calls-in.ts';
import type { ConfigMap } from '../blueprint/config-value.ts';
import type { Looking } from './behaviour.ts';

/** What no other adjunct may write beside one with this config. What an expression gives is not known: it counts as not given. */
export function writesOf({ config: schema, behaviour }: AdjunctType, config: ConfigMap, looking: Looking): readonly string[] {
  if (!behaviour?.writes) return [];
  const constant = Object.fromEntries(Object.entries(config).filter(([, value]) => callsIn(value).length === 0));
  const parsed = schema.safeParse(constant);
  return parsed.success ? behaviour.writes(parsed.data, looking) : [];
}
