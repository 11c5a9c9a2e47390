// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Compose writes variables.

import { joinPath, quoteText, type TextRange } from './findings.ts';
import type { PlanState } from './plan-state.ts';
import { SECRET_WORDS } from './secret-words.ts';
import { type SourceNode, textOf } from './source-node.ts';

const ENVIRONMENT = 'docker.container.environment';
/** Variables that change what programs load or talk to, in every process of the container. */
export const DOUBTFUL_VARIABLES: Readonly<Record<string, string>> = {
  LD_PRELOAD: 'every program in the container loads that library first',
  LD_LIBRARY_PATH: 'every program in the container looks for its libraries there first',
  DOCKER_HOST: 'programs in the container that know Docker talk to that engine',
};

/** Config that is allowed, and that its author may not have meant: secrets in plain, variables of the loader. */
export function checkPlainConfig(state: PlanState): void {
  for (const { spec, places } of state.levels.values()) {
    const secret = new Set(state.types.get(spec.type)?.secretKeys);
    for (const [key, { node, path }] of places) {
      if (node === null) continue;
      if (key === ENVIRONMENT && node.kind === 'map') checkVariables(node.entries.values(), path, state);
      if (!secret.has(key)) checkSecrets(node, { key, path }, state);
    }
  }
}

/** A value within a value of Compose says its path there; those were told of by its importer. */
function checkVariables(entries: Iterable<{ readonly key: string; readonly range: TextRange }>, path: string, state: PlanState): void {
  for (const { key, range } of entries) {
    const doubt = Object.hasOwn(DOUBTFUL_VARIABLES, key) ? DOUBTFUL_VARIABLES[key] : undefined;
    if (doubt === undefined || range.path !== undefined) continue;
    const message = `With ${quoteText(key)} ${doubt}.`;
    state.findings.add('config-doubtful', { range, path: joinPath(path, key), message, hint: 'Remove it unless the image needs it.' });
  }
}

interface Place {
  /** Under which the value stands. */
  readonly key: string;
  readonly path: string;
}

function checkSecrets(node: SourceNode, { key, path }: Place, state: PlanState): void {
  if (node.kind === 'map') {
    for (const entry of node.entries.values()) checkSecrets(entry.value, { key: entry.key, path: joinPath(path, entry.key) }, state);
    return;
  }
  if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) checkSecrets(item, { key, path: joinPath(path, index) }, state);
    return;
  }
  const what = secretIn(textOf(node) ?? '', key);
  if (what === null || !standsInText(node.range, textOf(node) ?? '', state)) return;
  // Never the value itself: findings are logged, and shown to others.
  const message = `Under ${quoteText(key)} stands ${what}, in plain text.`;
  state.findings.add('looks-like-secret', { range: node.range, path, message, hint: remedyFor(node.range) });
}

/** Names that speak of a secret and hold none: where it is, how long it lives. */
const ABOUT_SECRET =
  /(?:file|path|dir|folder|name|user|type|url|uri|host|port|length|size|ttl|age|expiry|timeout|seconds|count|max|min|enabled|required|s)$/i;
/** Nothing, a switch, a placeholder, a mask, an expression, a path or an address. */
const NO_SECRET = /^(?:|true|false|yes|no|on|off|none|null|\*+|<[^<>]*>|\$.*|\/.*|[a-z][a-z0-9+.-]*:\/\/[^@]*)$/is;

function secretIn(text: string, key: string): string | null {
  if (/-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/.test(text)) return 'a private key';
  if (/\bA(?:KIA|SIA)[A-Z0-9]{16}\b/.test(text)) return 'an access key of AWS';
  if (!SECRET_WORDS.test(key) || ABOUT_SECRET.test(key) || NO_SECRET.test(text.trim())) return null;
  return 'what looks like a secret';
}

/** False for what comes from elsewhere: a variable, an environment file, a file beside the blueprint. */
function standsInText(range: TextRange, text: string, state: PlanState): boolean {
  if (range.file !== undefined && !/\.ya?ml$/i.test(range.file)) return false;
  const written = state.findings.written(range);
  return written.includes('-----BEGIN ') || written.includes(text);
}

function remedyFor({ path }: TextRange): string {
  return path === undefined
    ? 'Keep it as a secret of the installation and write $brooklyn:external("provider", "name") here.'
    : 'Write a variable such as ${DB_PASSWORD} and give its value when deploying, or use “secrets”.';
}
