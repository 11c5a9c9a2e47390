import { askProblem, BUILD, buildAsk, DOCKERFILE_URL, SUBSTITUTIONS } from '../build/build-ask.ts';
import type { ConfigPlace } from './config-level.ts';
import { type ConfigMap, type ConfigValue, isConfigMap, isDeferred } from './config-value.ts';
import { joinPath, type TextRange } from './findings.ts';
import type { PlanState } from './plan-state.ts';
import { nodeAt } from './source-node.ts';

interface Gathered {
  readonly config: ConfigMap;
  readonly places: ReadonlyMap<string, ConfigPlace>;
}

interface Place {
  readonly range: TextRange;
  readonly path: string;
}

/** Notes what an image is built of, and says what cannot be: keys that contradict each other, names that only an expression gives. */
export function readBuild({ config, places }: Gathered, at: Place, state: PlanState): void {
  if (config[BUILD] === undefined && config[DOCKERFILE_URL] === undefined) return;
  const problem = askProblem(config);
  if (problem !== null) {
    const { key, message, hint } = problem;
    state.findings.add('build-invalid', { ...placeOf([key], places, at), message, hint });
    return;
  }
  const later = LITERAL.find(([key, part]) => isDeferred(valueAt(config[key], part)));
  if (later !== undefined) {
    const message = 'What an image is built from is read when the blueprint is deployed: it cannot be an expression.';
    state.findings.add('build-invalid', { ...placeOf(later, places, at), message, hint: 'Write the path or the address itself.' });
    return;
  }
  const ask = buildAsk(config);
  if (ask === null) return;
  const named = ask.context === null || ask.dockerfile.kind === 'url' ? [DOCKERFILE_URL] : [BUILD, 'context'];
  const key = places.has(named[0] ?? '') ? named : [BUILD];
  state.builds.push({ ask, substitutions: substitutionsOf(config[SUBSTITUTIONS]), ...placeOf(key, places, at) });
}

/** Keys, and parts of them, that have to stand in the text. */
const LITERAL: readonly (readonly [key: string, part?: string])[] = [[DOCKERFILE_URL], [BUILD], [BUILD, 'context'], [BUILD, 'dockerfile']];

function valueAt(value: ConfigValue | undefined, part: string | undefined): ConfigValue | undefined {
  if (part === undefined) return value;
  return isConfigMap(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

function substitutionsOf(value: ConfigValue | undefined): Readonly<Record<string, string>> | null {
  if (value === undefined) return {};
  if (!isConfigMap(value) || Object.values(value).some((item) => typeof item === 'object')) return null;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, String(item)]));
}

function placeOf([key = '', ...below]: readonly (string | undefined)[], places: ReadonlyMap<string, ConfigPlace>, at: Place): Place {
  const place = places.get(key);
  if (place === undefined) return at;
  const parts = below.flatMap((part) => part ?? []);
  const range = place.node === null ? place.keyRange : nodeAt(place.node, parts).range;
  return { range, path: parts.reduce<string>((text, part) => joinPath(text, part), place.path) };
}
