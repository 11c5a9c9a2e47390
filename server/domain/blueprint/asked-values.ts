import { interpolate } from '../compose/interpolate.ts';
import { parseEnvFile } from '../compose/parse-env-file.ts';
import type { BlueprintFormat, BlueprintInput } from './blueprint-input.ts';
import { createFindings } from './findings.ts';
import { readYaml } from './read-yaml.ts';
import { isNothing, type SourceNode, textOf } from './source-node.ts';

/** A variable of a Compose file or an input of a TOSCA template. */
export interface AskedValue {
  readonly name: string;
  /** What counts unless it is given; null where nothing does, or where it cannot be told in a word. */
  readonly otherwise: string | null;
}

/** What whoever deploys a blueprint may give with it. */
export interface AskedValues {
  readonly values: readonly AskedValue[];
  /** Compose profiles that services have. */
  readonly profiles: readonly string[];
}

export const NOTHING_ASKED: AskedValues = { values: [], profiles: [] };

/** What a blueprint may be given, by name: for people to fill in, so a text that cannot be read asks for nothing. */
export function askedValues(input: BlueprintInput, format: BlueprintFormat): AskedValues {
  switch (format) {
    case 'compose':
      return askedByCompose(input);
    case 'docker-run':
      return { values: sorted(variablesOfCommands(input.text)), profiles: [] };
    case 'tosca':
      return { values: inputsOf(read(input.text)), profiles: [] };
    case 'camp':
    case 'catalog':
      return NOTHING_ASKED;
  }
}

function askedByCompose(input: BlueprintInput): AskedValues {
  const files = Object.entries(input.files ?? {});
  const found = new Map<string, string | null>();
  const profiles = new Set<string>();
  for (const text of [input.text, ...files.flatMap(([name, text]) => (/\.ya?ml$/i.test(name) ? [text] : []))]) {
    const source = read(text);
    for (const node of nodesOf(source)) {
      if (node.kind !== 'scalar' || typeof node.value !== 'string') continue;
      for (const [name, otherwise] of variablesIn(node.value)) if (found.get(name) == null) found.set(name, otherwise);
    }
    for (const service of entriesAt(source, 'services')) {
      for (const name of handedOn(childAt(service, 'environment'))) if (!found.has(name)) found.set(name, null);
      for (const profile of itemsOf(childAt(service, 'profiles'))) profiles.add(profile);
    }
  }
  for (const [name, value] of dotEnv(input)) if (found.has(name)) found.set(name, value);
  return { values: sorted(found), profiles: [...profiles].sort() };
}

function read(text: string): SourceNode | null {
  return readYaml(text, createFindings({ text }), ['!reset', '!override']);
}

/** The variables of a text, each with the default that the text has for it. */
function variablesIn(text: string): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  interpolate(text, (name) => {
    found.set(name, null);
    return undefined;
  });
  for (const [, name = '', otherwise = ''] of text.matchAll(/\$\{([A-Za-z_]\w*):?-([^${}]*)\}/g))
    if (found.has(name)) found.set(name, otherwise);
  return found;
}

/** A name alone is handed on from outside too: `-e TOKEN`. */
function variablesOfCommands(text: string): ReadonlyMap<string, string | null> {
  const handed = [...text.matchAll(/(?:\s-e|\s--env)(?:\s+|=)(["']?)([A-Za-z_]\w*)\1(?=\s|$)/g)];
  return new Map([...handed.map(([, , name = '']) => [name, null] as const), ...variablesIn(text)]);
}

/** Each once, however many aliases lead to it. */
function nodesOf(source: SourceNode | null): ReadonlySet<SourceNode> {
  const nodes = new Set<SourceNode>(source === null ? [] : [source]);
  for (const node of nodes) {
    if (node.kind === 'list') for (const item of node.items) nodes.add(item);
    if (node.kind === 'map') for (const { value } of node.entries.values()) nodes.add(value);
  }
  return nodes;
}

function childAt(node: SourceNode | null | undefined, key: string): SourceNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

function entriesAt(node: SourceNode | null, key: string): readonly SourceNode[] {
  const map = childAt(node, key);
  return map?.kind === 'map' ? [...map.entries.values()].map(({ value }) => value) : [];
}

function itemsOf(node: SourceNode | undefined): readonly string[] {
  return node?.kind === 'list' ? node.items.flatMap((item) => textOf(item) ?? []) : [];
}

/** `- TOKEN` and `TOKEN:`: names whose value comes from outside. */
function handedOn(environment: SourceNode | undefined): readonly string[] {
  if (environment?.kind === 'map') return [...environment.entries.values()].flatMap(({ key, value }) => (isNothing(value) ? [key] : []));
  return itemsOf(environment).filter((item) => /^[A-Za-z_]\w*$/.test(item));
}

function dotEnv({ files = {}, variables = {} }: BlueprintInput): readonly (readonly [string, string])[] {
  const text = files['.env'] ?? '';
  const variable = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined);
  const pairs = parseEnvFile(text, { file: '.env', format: 'compose', findings: createFindings({ text: '', files }), variable });
  return pairs.flatMap(({ key, value }) => (value === null ? [] : [[key, String(value)] as const]));
}

function inputsOf(source: SourceNode | null): readonly AskedValue[] {
  const template = childAt(source, 'topology_template') ?? source;
  const inputs = childAt(template, 'inputs');
  if (inputs?.kind !== 'map') return [];
  return [...inputs.entries.values()].map(({ key, value }) => {
    const given = childAt(value, 'value') ?? childAt(value, 'default');
    return { name: key, otherwise: given === undefined ? null : textOf(given) };
  });
}

function sorted(found: ReadonlyMap<string, string | null>): readonly AskedValue[] {
  return [...found].map(([name, otherwise]) => ({ name, otherwise })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
