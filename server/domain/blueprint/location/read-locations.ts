import type { EntitySpec, LocationSpec } from '../../entity/entity-spec.ts';
import type { ConfigMap } from '../config-value.ts';
import { joinPath, quoteText, type TextRange } from '../findings.ts';
import type { PlanState } from '../plan-state.ts';
import { isNothing, nodeAt, type SourceMap, type SourceNode, textOf } from '../source-node.ts';
import { toConfigValue } from '../to-config-value.ts';
import type { LocationProblem } from './location-problem.ts';
import { namedCloud } from './named-cloud.ts';
import { openLocation } from './open-location.ts';
import { parseLocation } from './parse-location.ts';

/** Where an entity says it runs: the name of a cloud, or what else was given. */
export type GivenLocations = Pick<EntitySpec, 'location' | 'locations'>;

/** `location`, or `locations`: texts and maps of one key. Of several all are kept, for types that spread over them. */
export function readLocations(map: SourceMap, at: { readonly owner: string; readonly path: string }, state: PlanState): GivenLocations {
  const one = map.entries.get('location');
  const many = map.entries.get('locations');
  const entry = one ?? many;
  if (entry === undefined || isNothing(entry.value)) return { location: null };
  const path = joinPath(at.path, entry.key);
  if (one !== undefined && many !== undefined) {
    const message = 'Both “location” and “locations” are given.';
    state.findings.add('location-conflict', { range: many.range, path: joinPath(at.path, many.key), message, hint: 'Keep one.' });
    return { location: null };
  }
  const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  const specs = nodes.flatMap((node, index) => {
    const given = { node, owner: at.owner, path: entry.value.kind === 'list' ? joinPath(path, index) : path };
    const spec = isNothing(node) || textOf(node)?.trim() === '' ? null : readLocation(given, state);
    return spec === null ? [] : [{ spec, given }];
  });
  const [only, second] = specs;
  if (only === undefined) return { location: null };
  if (second !== undefined) {
    state.locationLists.push({ owner: at.owner, range: entry.value.range, path });
    return { location: null, locations: specs.map(({ spec }) => spec) };
  }
  return toGiven(only.spec, only.given, state);
}

interface GivenNode {
  readonly node: SourceNode;
  readonly owner: string;
  readonly path: string;
}

function readLocation({ node, owner, path }: GivenNode, state: PlanState): LocationSpec | null {
  if (node.kind === 'list') {
    state.findings.add('location-invalid', { range: node.range, path, message: 'A location is a text, or a map with one key.' });
    return null;
  }
  if (node.kind === 'scalar') {
    const text = textOf(node) ?? '';
    const opened = openLocation({ text, options: {} }, { range: node.range, path, owner }, state);
    if (opened === null) return null;
    const { spec, problems } = parseLocation(opened.text, opened.options);
    for (const problem of problems) addProblem(text, { range: node.range, path }, problem, state);
    return problems.length === 0 ? spec : null;
  }
  const [entry, ...more] = node.entries.values();
  if (entry === undefined || more.length > 0 || (entry.value.kind !== 'map' && !isNothing(entry.value))) {
    const hint = 'location:\n  byon:\n    hosts: [10.0.0.1, 10.0.0.2]';
    const message = 'A location that is a map needs one key, with its options below.';
    state.findings.add('location-invalid', { range: node.range, path, message, hint });
    return null;
  }
  const options: Record<string, ConfigMap[string]> = {};
  const below = joinPath(path, entry.key);
  for (const option of entry.value.kind === 'map' ? entry.value.entries.values() : []) {
    options[option.key] = toConfigValue(option.value, { owner, key: 'location', path: joinPath(below, option.key) }, state);
  }
  const opened = openLocation({ text: entry.key, options }, { range: entry.range, path: below, owner }, state);
  if (opened === null) return null;
  const { spec, problems } = parseLocation(opened.text, opened.options);
  for (const problem of problems) {
    const { at } = problem;
    const range = at.length === 0 ? entry.range : nodeAt(entry.value, at).range;
    const place = at.reduce<string>((text, key) => joinPath(text, key), below);
    addProblem(entry.key, { range, path: place }, problem, state);
  }
  return problems.length === 0 ? spec : null;
}

function addProblem(
  text: string,
  place: { readonly range: TextRange; readonly path: string },
  { message, hint, missing }: LocationProblem,
  state: PlanState,
): void {
  if (missing && state.completedLater) return;
  state.findings.add('location-invalid', { ...place, message: `The location ${quoteText(text)} ${message}.`, hint });
}

/** The name of a cloud stands by itself; any other location is kept beside it. What it is good for is told once the whole is known. */
function toGiven(spec: LocationSpec, { node, path, owner }: GivenNode, state: PlanState): GivenLocations {
  const cloud = namedCloud(spec);
  const text = node.kind === 'map' ? spec.kind : (textOf(node) ?? '');
  state.locationUses.push({ spec, owner, range: node.range, path, text, isMap: node.kind === 'map' });
  if (cloud !== null && (spec.kind === 'docker' || Object.keys(spec.options).length === 0)) return { location: cloud };
  return { location: cloud, locations: [spec] };
}
