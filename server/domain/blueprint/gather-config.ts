import type { AdjunctType } from './adjunct-type.ts';
import type { ConfigMap, ConfigValue } from './config-value.ts';
import { joinPath, quoteText, type TextRange } from './findings.ts';
import { nearestNames, sayNearest } from './nearest-name.ts';
import { isBareSpec, type PlacedNode, toNestedSpec } from './nested-spec-node.ts';
import type { PlanState } from './plan-state.ts';
import { isNothing, listOf, mapOf } from './read-service-text.ts';
import { FIRST_MEMBER_SPEC_KEYS, MEMBER_SPEC_KEYS, PLAN_ONLY_KEYS, SERVICE_KEYS, SILENT_KEYS } from './service-keys.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from './source-node.ts';
import { toConfigValue } from './to-config-value.ts';
import { type BlueprintType, canonicalKey, declaredKeys } from './type-registry.ts';

/** Config of one service by canonical key, with where each value stands. */
export interface GatheredConfig {
  readonly config: ConfigMap;
  readonly places: ReadonlyMap<string, ConfigPlace>;
  /** What a member is, for a cluster. */
  readonly memberSpec: PlacedNode | null;
  /** What its first member is, where that differs. */
  readonly firstMemberSpec: PlacedNode | null;
}

export interface ConfigPlace {
  readonly keyRange: TextRange;
  /** Null when the value does not stand in the text by itself (the image in `docker:IMAGE`). */
  readonly node: SourceNode | null;
  readonly path: string;
}

interface Given {
  readonly entry: SourceEntry;
  readonly path: string;
}

/**
 * Brings together `brooklyn.config`, `brooklyn.flags`, declared keys at the root of the service and defaults of
 * `brooklyn.parameters`. Flags become the keys that they stand for. A type that is not known declares nothing: its keys are kept.
 */
export function gatherConfig(
  map: SourceMap,
  at: { readonly owner: string; readonly path: string },
  type: BlueprintType | undefined,
  state: PlanState,
): GatheredConfig {
  const config: Record<string, ConfigValue> = {};
  const places = new Map<string, ConfigPlace>();
  let memberSpec: PlacedNode | null = null;
  let firstMemberSpec: PlacedNode | null = null;
  for (const { entry, path } of [...inConfig(map, at.path, state), ...atRoot(map, at.path, type, state)]) {
    if (type?.kind === 'cluster' && MEMBER_SPEC_KEYS.includes(entry.key)) {
      memberSpec = { node: entry.value, path };
      continue;
    }
    if (type?.kind === 'cluster' && FIRST_MEMBER_SPEC_KEYS.includes(entry.key)) {
      firstMemberSpec = { node: entry.value, path };
      continue;
    }
    const key = (type && canonicalKey(type, entry.key)) ?? entry.key;
    if (places.has(key)) {
      const hint = key === entry.key ? undefined : `${quoteText(entry.key)} stands for ${quoteText(key)}.`;
      state.findings.add('key-duplicate', { range: entry.range, path, message: `${quoteText(key)} is given twice.`, hint });
      continue;
    }
    if (type !== undefined && type.kind !== 'group') warnUndeclared(entry, path, type, state);
    const place = { owner: at.owner, key, path, opaque: type === undefined };
    const bare = type !== undefined && isBareSpec(entry.value, key, type);
    config[key] = bare ? toNestedSpec({ node: entry.value, path }, place, state) : toConfigValue(entry.value, place, state);
    places.set(key, { keyRange: entry.range, node: entry.value, path });
  }
  for (const { key, node, path, range } of parameterDefaults(map, at.path, state)) {
    if (places.has(key)) continue;
    config[key] = toConfigValue(node, { owner: at.owner, key, path, opaque: type === undefined }, state);
    places.set(key, { keyRange: range, node, path });
  }
  return { config, places, memberSpec, firstMemberSpec };
}

function inConfig(map: SourceMap, path: string, state: PlanState): readonly Given[] {
  return ['brooklyn.config', 'brooklyn.flags'].flatMap((name) => {
    const below = joinPath(path, name);
    const values = mapOf(map.entries.get(name), below, state.findings);
    return values === null ? [] : [...values.entries.values()].map((entry) => ({ entry, path: joinPath(below, entry.key) }));
  });
}

/** Keys at the root of a service that are config of its type; what is left gets a finding. */
function atRoot(map: SourceMap, path: string, type: BlueprintType | undefined, state: PlanState): readonly Given[] {
  const given: Given[] = [];
  for (const entry of map.entries.values()) {
    const place = { entry, path: joinPath(path, entry.key) };
    if (SERVICE_KEYS.includes(entry.key)) continue;
    if (type === undefined) given.push(place);
    else if (canonicalKey(type, entry.key) !== undefined) given.push(place);
    else if (type.kind === 'cluster' && [...MEMBER_SPEC_KEYS, ...FIRST_MEMBER_SPEC_KEYS].includes(entry.key)) given.push(place);
    else if (PLAN_ONLY_KEYS.has(entry.key)) addMisplaced(entry, place.path, state);
    else if (!SILENT_KEYS.has(entry.key)) addUnknown(entry, place.path, [...SERVICE_KEYS, ...keysOf(type)], state);
  }
  return given;
}

function addMisplaced(entry: SourceEntry, path: string, state: PlanState): void {
  const message = `${quoteText(entry.key)} has no effect in a service.`;
  state.findings.add('key-ignored', { range: entry.range, path, message, hint: 'It belongs at the top of the file.' });
}

export function addInert(entry: SourceEntry, path: string, state: PlanState): void {
  const message = `${quoteText(entry.key)} is understood, but nothing acts on it in this version.`;
  state.findings.add('not-supported', { range: entry.range, path, message });
}

/** A key that may be a typing error is an error; any other has no effect, as in Brooklyn, and that is said. */
export function addUnknown(entry: SourceEntry, path: string, known: readonly string[], state: PlanState): void {
  const near = state.findings.full ? [] : nearestNames(entry.key, known);
  const message = `${quoteText(entry.key)} is not a key here${near.length === 0 ? ' and has no effect' : ''}.`;
  const hint = sayNearest(near) ?? 'Config that the type does not declare belongs below “brooklyn.config”.';
  state.findings.add(near.length === 0 ? 'key-ignored' : 'key-unknown', {
    range: entry.range,
    path,
    message,
    hint,
    fix: renameTo(near[0]),
  });
}

function renameTo(name: string | undefined): { readonly title: string; readonly text: string } | undefined {
  return name === undefined ? undefined : { title: `Rename to ${name}`, text: name };
}

/** For a key of config that the type of an entity, or of what is attached to one, does not declare. */
export function warnUndeclared(entry: SourceEntry, path: string, type: BlueprintType | AdjunctType, state: PlanState): void {
  if (canonicalKey(type, entry.key) !== undefined) return;
  const known = keysOf(type);
  const kept = 'sensors' in type ? `it is kept, and only config("${entry.key}") reads it` : 'it is kept, and nothing reads it';
  const message = `${type.title} has no config key ${quoteText(entry.key)}; ${kept}.`;
  const near = state.findings.full ? [] : nearestNames(entry.key, known);
  state.findings.add('config-unknown', { range: entry.range, path, message, hint: sayNearest(near), fix: renameTo(near[0]) });
}

function keysOf(type: BlueprintType | AdjunctType): readonly string[] {
  return [
    ...declaredKeys(type),
    ...Object.keys(type.flags),
    ...(type.kind === 'cluster' ? [...MEMBER_SPEC_KEYS, ...FIRST_MEMBER_SPEC_KEYS] : []),
  ];
}

/** `brooklyn.parameters`: names, or maps with `name` and perhaps `default`. */
function parameterDefaults(
  map: SourceMap,
  path: string,
  state: PlanState,
): readonly { readonly key: string; readonly node: SourceNode; readonly path: string; readonly range: TextRange }[] {
  const below = joinPath(path, 'brooklyn.parameters');
  return listOf(map.entries.get('brooklyn.parameters'), below, state.findings).flatMap((item, index) => {
    const itemPath = joinPath(below, index);
    if (item.kind === 'scalar' && typeof item.value === 'string') return [];
    const name = item.kind === 'map' ? item.entries.get('name') : undefined;
    const key = textOf(name?.value);
    if (item.kind !== 'map' || name === undefined || key === null) {
      state.findings.add('value-kind', {
        range: item.range,
        path: itemPath,
        message: 'A parameter needs a name: text, or a map with “name”.',
      });
      return [];
    }
    const standard = item.entries.get('default');
    if (standard === undefined || isNothing(standard.value)) return [];
    return [{ key, node: standard.value, path: joinPath(itemPath, 'default'), range: name.value.range }];
  });
}
