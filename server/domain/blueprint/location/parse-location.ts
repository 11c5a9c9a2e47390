import type { LocationSpec } from '../../entity/entity-spec.ts';
import { type ConfigMap, type ConfigValue, isConfigList, isDeferred } from '../config-value.ts';
import { nearestNames, sayNearest } from '../nearest-name.ts';
import type { LocationProblem } from './location-problem.ts';
import { isProvider, PROVIDERS } from './location-providers.ts';
import { type LocationText, parseLocationText, splitAtCommas } from './parse-location-text.ts';
import { toMachines } from './to-machines.ts';

/** `spec` is given as far as it was understood; null when it cannot even be told what is meant. */
export interface LocationParse {
  readonly spec: LocationSpec | null;
  readonly problems: readonly LocationProblem[];
}

/** `localhost`, `byon:(…)`, `jclouds:aws-ec2:us-east-1` … with the options of a map such as `byon: {hosts: […]}`. Those in brackets win. */
export function parseLocation(text: string, options: ConfigMap = {}, depth = 1): LocationParse {
  const parsed = parseLocationText(text);
  if ('message' in parsed) return { spec: null, problems: [{ message: `cannot be read: ${parsed.message}`, at: [] }] };
  const kind = isNameOnly(parsed, options) ? undefined : KINDS.get(parsed.prefix.toLowerCase());
  if (kind !== undefined) {
    const read = kind({ text: parsed, options: { ...options, ...argumentsOf(parsed) }, depth });
    return { ...read, problems: [...blankNames(read.spec), ...read.problems] };
  }
  if (isProvider(parsed.prefix)) return cloudOf(parsed.prefix.toLowerCase(), parsed.rest, { ...options, ...argumentsOf(parsed) });
  if (parsed.rest === '' && parsed.args === null) return named(parsed.prefix, options);
  return { spec: null, problems: [unknownKind(parsed.prefix)] };
}

/** `lab` by itself may be the name of a cloud: only options make it the place where machines are made. */
function isNameOnly({ prefix, rest, args }: LocationText, options: ConfigMap): boolean {
  return prefix.toLowerCase() === 'lab' && rest === '' && args === null && Object.keys(options).length === 0;
}

interface KindInput {
  readonly text: LocationText;
  readonly options: ConfigMap;
  /** Of locations inside locations. */
  readonly depth: number;
}

const MOST_DEPTH = 4;

const KINDS: ReadonlyMap<string, (input: KindInput) => LocationParse> = new Map([
  ['localhost', ({ text, options }) => noRest('localhost', text, options)],
  ['lab', ({ text, options }) => noRest('lab', text, options)],
  ['byon', byon],
  ['host', host],
  ['single', single],
  ['multi', multi],
  ['named', ({ text, options }) => named(text.rest, options)],
  ['docker', docker],
  ['jclouds', jclouds],
]);

/** `key=value` in brackets; for `byon`, words after `hosts=a` are further hosts. */
function argumentsOf({ args }: LocationText): ConfigMap {
  const given: Record<string, string> = {};
  let last = '';
  for (const { key, value } of args ?? []) {
    if (value !== null) given[key] = value;
    else if (last === 'hosts' || last === 'targets') given[last] = `${given[last] ?? ''},${key}`;
    if (value !== null) last = key;
  }
  return given;
}

/** Words in brackets that are no `key=value`. */
function wordsOf({ args }: LocationText): readonly string[] {
  const from = args?.findIndex(({ value }) => value !== null) ?? -1;
  return (args ?? []).filter(({ value }, index) => value === null && (from < 0 || index < from)).map(({ key }) => key);
}

function noRest(kind: string, text: LocationText, options: ConfigMap): LocationParse {
  const spec = { kind, target: '', options };
  return text.rest === ''
    ? { spec, problems: [] }
    : { spec, problems: [{ message: `takes its options in brackets: ${kind}:(key=value)`, at: [] }] };
}

function byon({ text, options }: KindInput): LocationParse {
  const { hosts, ...rest } = options;
  const [word] = wordsOf(text);
  if (isDeferred(hosts)) return { spec: { kind: 'byon', target: '', options }, problems: [] };
  if (text.rest !== '' || word !== undefined) {
    return {
      spec: null,
      problems: [{ message: 'takes its hosts in brackets', hint: 'byon:(hosts="10.0.0.1,10.0.0.2",user="root")', at: [] }],
    };
  }
  const { machines, problems } = toMachines(hosts, rest);
  return { spec: { kind: 'byon', target: '', options: { ...rest, hosts: machines } }, problems };
}

/** `host:(10.0.0.1)`, `host:10.0.0.1`, `host:(host=10.0.0.1,user=root)`. */
function host({ text, options }: KindInput): LocationParse {
  const { host: one, hosts, ...rest } = options;
  const where = one ?? hosts ?? wordsOf(text)[0] ?? (text.rest === '' ? undefined : text.rest);
  if (where === undefined) return { spec: null, problems: [{ message: 'needs a host', hint: 'host:(10.0.0.1)', at: [] }] };
  const { machines, problems } = toMachines(where, rest);
  const many = machines.length > 1 ? [{ message: 'takes one host', hint: 'byon:(hosts="…") takes several.', at: [] }] : [];
  const address = machines[0]?.address;
  return {
    spec: { kind: 'host', target: typeof address === 'string' ? address : '', options: { ...rest, hosts: machines } },
    problems: [...problems.map((problem) => ({ ...problem, at: problem.at.slice(one === undefined ? 0 : 1) })), ...many],
  };
}

function single({ options, depth }: KindInput): LocationParse {
  const { target, ...rest } = options;
  if (target === undefined)
    return { spec: null, problems: [{ message: 'needs a target', hint: 'single:(target=jclouds:aws-ec2:us-east-1)', at: [] }] };
  const read = nested(target, ['target'], depth);
  return {
    spec: { kind: 'single', target: '', options: { ...rest, ...(read.spec && { target: toConfig(read.spec) }) } },
    problems: read.problems,
  };
}

/** Tried in order: the next is taken when one has no more machines. */
function multi({ options, depth }: KindInput): LocationParse {
  const { targets, ...rest } = options;
  const items = typeof targets === 'string' ? splitTargets(targets) : isConfigList(targets) ? targets : null;
  if (items === null || items.length === 0) {
    return {
      spec: null,
      problems: [{ message: 'needs targets', hint: 'multi:(targets="named:a,named:b")', at: targets === undefined ? [] : ['targets'] }],
    };
  }
  const reads = items.map((item, index) => nested(item, typeof targets === 'string' ? ['targets'] : ['targets', index], depth));
  const specs = reads.flatMap(({ spec }) => (spec === null ? [] : [toConfig(spec)]));
  return { spec: { kind: 'multi', target: '', options: { ...rest, targets: specs } }, problems: reads.flatMap(({ problems }) => problems) };
}

/** `a,b`, or as a JSON list in a text: `["a","b"]`. */
function splitTargets(text: string): readonly string[] | null {
  const list = /^\s*\[(.*)\]\s*$/s.exec(text)?.[1] ?? text;
  return (
    splitAtCommas(list)
      ?.filter((piece) => piece !== '')
      .map((piece) => piece.replace(/^(["'])(.*)\1$/s, '$2')) ?? null
  );
}

function nested(value: ConfigValue, at: LocationProblem['at'], depth: number): LocationParse {
  if (depth >= MOST_DEPTH) return { spec: null, problems: [{ message: `has locations nested deeper than ${MOST_DEPTH}`, at }] };
  const given = toNamedOptions(value);
  if (given === null) return { spec: null, problems: [{ message: 'needs each target as a text, or a map with one key', at }] };
  const read = parseLocation(given.text, given.options, depth + 1);
  const below = given.inMap ? [...at, given.text] : at;
  return {
    ...read,
    problems: read.problems.map((problem) => ({
      ...problem,
      message: `has a target that ${problem.message}`,
      at: [...below, ...problem.at],
    })),
  };
}

function toNamedOptions(value: ConfigValue): { readonly text: string; readonly options: ConfigMap; readonly inMap: boolean } | null {
  if (typeof value === 'string') return { text: value, options: {}, inMap: false };
  if (typeof value !== 'object' || value === null || isConfigList(value) || isDeferred(value)) return null;
  const [entry, ...more] = Object.entries(value);
  if (entry === undefined || more.length > 0) return null;
  const [text, options] = entry;
  if (options === null) return { text, options: {}, inMap: true };
  if (typeof options !== 'object' || isConfigList(options) || isDeferred(options)) return null;
  return { text, options: Object.fromEntries(Object.entries(options)), inMap: true };
}

function toConfig({ kind, target, options }: LocationSpec): ConfigMap {
  return { kind, target, options };
}

function named(name: string, options: ConfigMap): LocationParse {
  if (name === '') return { spec: null, problems: [{ message: 'needs a name', hint: 'named:my-cloud', at: [] }] };
  return { spec: { kind: 'named', target: name, options }, problems: [] };
}

/** A Docker cloud, or one host of it, by entity id. */
function docker({ text, options }: KindInput): LocationParse {
  const hint = 'docker:<cloud id>[:<host id>][:(name="…")], with ids of letters and digits.';
  if (!/^[A-Za-z0-9]+(?::[A-Za-z0-9]+)?$/.test(text.rest))
    return { spec: null, problems: [{ message: 'needs the id of a cloud', hint, at: [] }] };
  const unknown = [...Object.keys(options), ...wordsOf(text)].find((key) => key !== 'name' && key !== 'displayName');
  const problems = unknown === undefined ? [] : [{ message: `takes “name” and “displayName”, not “${unknown}”`, hint, at: [] }];
  return { spec: { kind: 'docker', target: text.rest, options }, problems };
}

function jclouds({ text, options }: KindInput): LocationParse {
  const colon = text.rest.indexOf(':');
  const provider = colon < 0 ? text.rest : text.rest.slice(0, colon);
  if (provider === '') return { spec: null, problems: [{ message: 'needs a provider', hint: 'jclouds:aws-ec2:us-east-1', at: [] }] };
  return cloudOf('jclouds', text.rest, options);
}

function cloudOf(kind: string, target: string, options: ConfigMap): LocationParse {
  return { spec: { kind, target, options }, problems: [] };
}

function blankNames(spec: LocationSpec | null): readonly LocationProblem[] {
  return ['name', 'displayName'].filter((key) => spec?.options[key] === '').map((key) => ({ message: `has an empty “${key}”`, at: [] }));
}

function unknownKind(prefix: string): LocationProblem {
  const known = [...KINDS.keys()];
  const near = sayNearest(nearestNames(prefix, [...known, ...PROVIDERS]));
  return { message: `has a kind that is not known`, hint: near ?? `Known are ${known.join(', ')} and providers such as aws-ec2.`, at: [] };
}
