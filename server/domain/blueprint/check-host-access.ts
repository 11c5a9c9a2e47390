import { hostAccessOf } from '../entity/host-access.ts';
import type { ConfigPlace } from './config-level.ts';
import type { ConfigMap } from './config-value.ts';
import { joinPath, type TextRange } from './findings.ts';
import type { PlanState } from './plan-state.ts';
import { nodeAt, type SourceNode } from './source-node.ts';
import { type BlueprintType, isUnused } from './type-registry.ts';

interface Given {
  readonly type: Pick<BlueprintType, 'plannedKeys' | 'notHonoured'> | undefined;
  readonly config: ConfigMap;
  readonly places: ReadonlyMap<string, ConfigPlace>;
}

/** Says each option that reaches the host: an error where nobody has allowed it, else a warning. True when there is one and it is allowed. */
export function checkHostAccess({ type, config, places }: Given, state: PlanState): boolean {
  const found = hostAccessOf(config, (key) => type !== undefined && isUnused(type, key));
  for (const { path, what } of found) {
    const [key, ...below] = path;
    const place = places.get(key);
    const named = below.reduce<string>((text, part) => joinPath(text, part), place?.path ?? key);
    const range = rangeOf(place, below) ?? { start: 0, end: 0 };
    const at = range.path ?? named;
    if (state.hostAccess) state.findings.add('host-access-allowed', { range, path: at, message: `${what}.` });
    else state.findings.add('host-access', { range, path: at, message: `${what}. This needs host access, which is not allowed.` });
  }
  return state.hostAccess && found.length > 0;
}

/** The key of what stands by itself, the item of a list, the name in a map, the value of what is deeper. */
function rangeOf(place: ConfigPlace | undefined, below: readonly (string | number)[]): TextRange | undefined {
  if (place === undefined) return undefined;
  const [first] = below;
  if (first === undefined || place.node === null) return place.keyRange;
  return (below.length === 1 ? nameRange(place.node, first) : undefined) ?? nodeAt(place.node, below).range;
}

function nameRange(node: SourceNode, key: string | number): TextRange | undefined {
  return node.kind === 'map' ? node.entries.get(String(key))?.range : undefined;
}
