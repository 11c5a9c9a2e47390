import { DOUBTFUL_VARIABLES } from '../blueprint/check-plain-config.ts';
import { quoteText } from '../blueprint/findings.ts';
import { entryAt, mapAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceNode } from '../blueprint/source-node.ts';
import { addValue, checkKeys, placeOf } from './compose-findings.ts';
import type { ComposeContext, ComposeService } from './compose-model.ts';
import { parseEnvFile } from './parse-env-file.ts';
import { readReferredFile } from './read-referred-file.ts';
import { literalAt, type Pair, readFlag, readPairs, readText } from './read-value.ts';

const FILE_KEYS = ['path', 'required', 'format'];

/** `env_file`, then `environment` over it. A name without a value takes that of the project, or is left away. */
export function toEnvironment(service: ComposeService): readonly SourceEntry[] {
  const { attributes, context } = service;
  const files = attributes.get('env_file');
  const given = attributes.get('environment');
  const values = new Map<string, SourceEntry>();
  for (const pair of files === undefined ? [] : readEnvFiles(files, context))
    addPair(values, pair, { context, from: files?.range.file, fromFile: true });
  for (const pair of readPairs(context.findings, given)) addPair(values, pair, { context, from: pair.keyRange.file, fromFile: false });
  const range = (given ?? files)?.range;
  if (range === undefined || values.size === 0) return [];
  return [entryAt(range, 'docker.container.environment', mapAt((given ?? files)?.value.range ?? range, [...values.values()]))];
}

interface PairOrigin {
  readonly context: ComposeContext;
  /** The Compose file that gives it. */
  readonly from: string | undefined;
  /** It stands in an environment file. */
  readonly fromFile: boolean;
}

function addPair(values: Map<string, SourceEntry>, pair: Pair, { context, from, fromFile }: PairOrigin): void {
  const value = pair.value ?? context.variable(pair.key, from);
  if (value === undefined) {
    values.delete(pair.key);
    if (!fromFile) addUnset(pair, context);
    return;
  }
  const doubt = Object.hasOwn(DOUBTFUL_VARIABLES, pair.key) ? DOUBTFUL_VARIABLES[pair.key] : undefined;
  if (doubt !== undefined) {
    const place = { range: pair.keyRange, path: pair.keyRange.path ?? '' };
    context.findings.add('compose-doubtful', { ...place, message: `With ${quoteText(pair.key)} ${doubt}.` });
  }
  values.set(pair.key, entryAt(pair.keyRange, pair.key, literalAt(pair.range, value)));
}

function addUnset({ key, keyRange }: Pair, { findings }: ComposeContext): void {
  const message = `${quoteText(key)} has no value here and none in the project, so the container does not get it.`;
  findings.add('compose-doubtful', { range: keyRange, path: keyRange.path ?? '', message, hint: `Write “${key}: ""” for an empty value.` });
}

function readEnvFiles(entry: SourceEntry, context: ComposeContext): readonly Pair[] {
  const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  const before = new Map<string, string>();
  return nodes.flatMap((node) => {
    const file = readFileEntry(entry, node, context);
    const text = file === null ? undefined : readReferredFile(file.path, { required: file.required }, context);
    if (file === null || text === undefined) return [];
    const pairs = parseEnvFile(text.content, {
      file: text.path,
      format: file.raw ? 'raw' : 'compose',
      findings: context.findings,
      variable: (name) => context.variable(name, node.range.file) ?? before.get(name),
    });
    for (const { key, value } of pairs) if (value !== null) before.set(key, value);
    return pairs;
  });
}

interface FileEntry {
  readonly path: SourceNode;
  readonly required: boolean;
  readonly raw: boolean;
}

function readFileEntry(entry: SourceEntry, node: SourceNode, { findings }: ComposeContext): FileEntry | null {
  if (node.kind === 'scalar') return { path: node, required: true, raw: false };
  const path = node.kind === 'map' ? node.entries.get('path') : undefined;
  if (node.kind !== 'map' || path === undefined) {
    addValue(findings, node, `${quoteText(entry.key)} needs a path, or a map with “path”.`);
    return null;
  }
  checkKeys(findings, node, FILE_KEYS);
  const format = node.entries.get('format');
  const formatText = format === undefined ? undefined : readText(findings, format);
  if (format !== undefined && formatText !== undefined && formatText !== 'raw') {
    findings.add('compose-value', { ...placeOf(format.value), message: `“format” is raw or left away, not ${quoteText(formatText)}.` });
  }
  return { path: path.value, required: readFlag(findings, node.entries.get('required')) ?? true, raw: formatText === 'raw' };
}
