import type { AdjunctType } from './adjunct-type.ts';
import { type ConfigPlace, declaredSet } from './config-level.ts';
import type { ConfigMap, ConfigValue } from './config-value.ts';
import type { Declarations } from './declarations.ts';
import { joinPath, quoteText } from './findings.ts';
import { nearestNames, sayNearest } from './nearest-name.ts';
import { isBareSpec, type PlacedNode, toNestedSpec } from './nested-spec-node.ts';
import { overlayNode } from './overlay-node.ts';
import type { PlanState, Scope, ValuePlace } from './plan-state.ts';
import { mapOf } from './read-service-text.ts';
import { IMAGE_KEY, IMAGE_TAG_KEY, type NamedType } from './read-type.ts';
import type { ServiceLayer } from './resolve-service.ts';
import {
  FIRST_MEMBER_SPEC_KEYS,
  HOST_SPEC_KEYS,
  INERT_KEYS,
  MEMBER_SPEC_KEYS,
  PLAN_ONLY_KEYS,
  SERVICE_KEYS,
  SILENT_KEYS,
} from './service-keys.ts';
import { scalarAt } from './source-builder.ts';
import { type SourceEntry, type SourceMap, textOf } from './source-node.ts';
import { toConfigValue } from './to-config-value.ts';
import { type BlueprintType, canonicalKey, declaredKeys } from './type-registry.ts';

/** Config of one service by canonical key, with where each value stands. */
export interface GatheredConfig {
  readonly config: ConfigMap;
  readonly places: ReadonlyMap<string, ConfigPlace>;
  /** What a member is, for a cluster. */
  readonly memberSpec: ScopedNode | null;
  /** What its first member is, where that differs. */
  readonly firstMemberSpec: ScopedNode | null;
}

export interface ScopedNode extends PlacedNode {
  readonly scope: Scope;
}

/** A text whose config counts, and where expressions in it look. */
export interface ConfigLayer extends Pick<ServiceLayer, 'map' | 'path' | 'role'> {
  readonly scope: Scope;
}

interface Given extends ScopedNode {
  readonly key: string;
  readonly entry: SourceEntry;
}

/**
 * Brings together `brooklyn.config`, `brooklyn.flags` and declared keys at the root of the service, and what the type brings in the
 * same places: the layers before it, over which it is laid. Flags become the keys that they stand for. A type that is not known
 * declares nothing: its keys are kept.
 */
export function gatherConfig(
  layers: readonly ConfigLayer[],
  { owner, named }: { readonly owner: string; readonly named: Pick<NamedType, 'entry' | 'implied'> },
  declared: Declarations,
  state: PlanState,
): GatheredConfig {
  const merged = new Map<string, Given>();
  for (const [index, layer] of layers.entries()) {
    for (const key of merged.keys()) if (declared.inheritance(key).type === 'never') merged.delete(key);
    for (const given of gatherLayer(layer, index === 0 ? impliedBy(named, layer) : null, declared, state)) {
      const base = merged.get(given.key);
      const node = base !== undefined && declared.merges(given.key) ? overlayNode(base.node, given.node) : given.node;
      merged.set(given.key, { ...given, node });
    }
  }
  const config: Record<string, ConfigValue> = {};
  const places = new Map<string, ConfigPlace>();
  let memberSpec: ScopedNode | null = null;
  let firstMemberSpec: ScopedNode | null = null;
  for (const given of merged.values()) {
    if (memberKeys(declared).includes(given.key)) memberSpec = given;
    else if (declared.type?.kind === 'cluster' && FIRST_MEMBER_SPEC_KEYS.includes(given.key)) firstMemberSpec = given;
    else {
      config[given.key] = toValue(given, owner, declared.type, state);
      places.set(given.key, { keyRange: given.entry.range, node: given.node, path: given.path });
    }
  }
  return { config, places, memberSpec, firstMemberSpec };
}

function toValue({ key, node, path, scope }: Given, owner: string, type: BlueprintType | undefined, state: PlanState): ConfigValue {
  const place: ValuePlace = { owner, key, path, opaque: type === undefined, ...(scope.item === null ? {} : { scope }) };
  const bare = type !== undefined && isBareSpec(node, key, type);
  return bare ? toNestedSpec({ node, path }, place, state) : toConfigValue(node, place, state);
}

/** What the type gives by itself, as the image of `docker:IMAGE`. */
function impliedBy({ entry, implied }: Pick<NamedType, 'entry' | 'implied'>, { path, scope }: ConfigLayer): Given | null {
  if (implied === null) return null;
  const node = scalarAt(entry.value.range, implied.value);
  return { key: implied.key, entry: { ...entry, range: entry.value.range }, node, path: joinPath(path, entry.key), scope };
}

/** What one text gives, by canonical key. Each may be given once, and what the type implies not at all. */
function gatherLayer(layer: ConfigLayer, implied: Given | null, declared: Declarations, state: PlanState): Iterable<Given> {
  const found = new Map<string, Given>(implied === null ? [] : [[implied.key, implied]]);
  for (const { entry, path } of [...inConfig(layer, state), ...(layer.role === 'plan' ? [] : atRoot(layer, declared, state))]) {
    const key = memberKey(entry.key, declared) ?? declared.canonical(entry.key) ?? entry.key;
    if (implied !== null && (key === implied.key || (implied.key === IMAGE_KEY && key === IMAGE_TAG_KEY))) {
      const message = `${quoteText(key)} is given in the type, ${quoteText(textOf(implied.entry.value) ?? '')}, and again here.`;
      state.findings.add('image-twice', { range: entry.range, path, message, hint: 'Keep one.' });
      continue;
    }
    if (found.has(key)) {
      const hint = key === entry.key ? undefined : `${quoteText(entry.key)} stands for ${quoteText(key)}.`;
      state.findings.add('key-duplicate', { range: entry.range, path, message: `${quoteText(key)} is given twice.`, hint });
      continue;
    }
    checkName(entry, path, declared, state);
    found.set(key, { key, entry, node: entry.value, path, scope: layer.scope });
  }
  return found.values();
}

/** All names of the member spec, and all of the first member’s, are one key. */
function memberKey(name: string, declared: Declarations): string | undefined {
  const keys = declared.type?.kind === 'cluster' ? [MEMBER_SPEC_KEYS, FIRST_MEMBER_SPEC_KEYS] : [memberKeys(declared)];
  return keys.find((names) => names.includes(name))?.[0];
}

/** Names under which the type is told what its members are; none for what has no members. */
function memberKeys({ type }: Declarations): readonly string[] {
  if (type?.kind === 'cloud') return HOST_SPEC_KEYS;
  return type?.kind === 'cluster' ? MEMBER_SPEC_KEYS : [];
}

interface Found {
  readonly entry: SourceEntry;
  readonly path: string;
}

function inConfig({ map, path }: ConfigLayer, state: PlanState): readonly Found[] {
  return ['brooklyn.config', 'brooklyn.flags'].flatMap((name) => {
    const below = joinPath(path, name);
    const values = mapOf(map.entries.get(name), below, state.findings);
    return values === null ? [] : [...values.entries.values()].map((entry) => ({ entry, path: joinPath(below, entry.key) }));
  });
}

/** Keys at the root of a service that are config of its type; what is left gets a finding. */
function atRoot({ map, path }: ConfigLayer, declared: Declarations, state: PlanState): readonly Found[] {
  const given: Found[] = [];
  for (const entry of map.entries.values()) {
    if (SERVICE_KEYS.includes(entry.key)) continue;
    const place = { entry, path: joinPath(path, entry.key) };
    if (declared.type === undefined || declared.canonical(entry.key) !== undefined || memberKey(entry.key, declared) !== undefined) {
      given.push(place);
    } else if (PLAN_ONLY_KEYS.has(entry.key)) addMisplaced(entry, place.path, state);
    else if (!SILENT_KEYS.has(entry.key)) addUnknown(entry, place.path, [...SERVICE_KEYS, ...declared.names()], state);
  }
  return given;
}

function checkName(entry: SourceEntry, path: string, declared: Declarations, state: PlanState): void {
  const deprecated = declared.deprecated(entry.key);
  if (deprecated !== undefined) {
    const message = `${quoteText(entry.key)} is an old name of ${quoteText(deprecated)}.`;
    state.findings.add('key-deprecated', { range: entry.range, path, message, fix: renameTo(deprecated) });
  } else if (declared.type !== undefined && declared.type.kind !== 'group') {
    if (
      memberKey(entry.key, declared) === undefined &&
      declared.canonical(entry.key) === undefined &&
      !isForMembers(entry.key, declared, state)
    ) {
      addUndeclared(entry, path, { title: declared.type.title, names: declared.names(), reader: `only config("${entry.key}")` }, state);
    }
  }
}

/** Members get what their cluster does not take itself. */
function isForMembers(key: string, { type }: Declarations, state: PlanState): boolean {
  if (type?.kind !== 'cluster') return false;
  return [...state.types.values()].some((other) => ['software', 'container'].includes(other.kind) && declaredSet(other, state).has(key));
}

function addMisplaced(entry: SourceEntry, path: string, state: PlanState): void {
  const message = `${quoteText(entry.key)} has no effect in a service.`;
  state.findings.add('key-ignored', { range: entry.range, path, message, hint: 'It belongs at the top of the file.' });
}

/** Keys of a plan that have a meaning, and others. */
export function checkPlanKeys(map: SourceMap, known: readonly string[], state: PlanState): void {
  for (const entry of map.entries.values()) {
    if (known.includes(entry.key) || SILENT_KEYS.has(entry.key) || entry.key.startsWith('x-')) continue;
    if (INERT_KEYS.has(entry.key)) {
      const message = `${quoteText(entry.key)} is understood, but nothing acts on it in this version.`;
      state.findings.add('not-supported', { range: entry.range, path: entry.key, message });
    } else addUnknown(entry, entry.key, known, state);
  }
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

/** For a key of config that the type of something attached to an entity does not declare. */
export function warnUndeclared(entry: SourceEntry, path: string, type: AdjunctType, state: PlanState): void {
  if (canonicalKey(type, entry.key) !== undefined) return;
  addUndeclared(entry, path, { title: type.title, names: [...declaredKeys(type), ...Object.keys(type.flags)], reader: 'nothing' }, state);
}

function addUndeclared(
  entry: SourceEntry,
  path: string,
  { title, names, reader }: { readonly title: string; readonly names: readonly string[]; readonly reader: string },
  state: PlanState,
): void {
  const message = `${title} has no config key ${quoteText(entry.key)}; it is kept, and ${reader} reads it.`;
  const near = state.findings.full ? [] : nearestNames(entry.key, names);
  state.findings.add('config-unknown', { range: entry.range, path, message, hint: sayNearest(near), fix: renameTo(near[0]) });
}
