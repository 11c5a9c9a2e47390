import { type Findings, quoteText } from '../blueprint/findings.ts';
import { didYouMean } from '../blueprint/nearest-name.ts';
import { entryAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceNode } from '../blueprint/source-node.ts';
import { textOf } from '../blueprint/source-node.ts';
import { addNoEffect, addNote, addUnsupported, addValue, checkKeys, placeOf } from './compose-findings.ts';
import type { ComposeContext, ComposeEntries, ComposeService } from './compose-model.ts';
import { readReferredFile } from './read-referred-file.ts';
import { literalAt, readFlag, readList, readMap, readText } from './read-value.ts';

const GRANT_KEYS = ['source', 'target', 'uid', 'gid', 'mode'];
const SOURCES = ['file', 'environment', 'content'];

interface FileKind {
  readonly key: 'configs' | 'secrets';
  readonly declared: ComposeEntries;
  /** Where a name without a path is put. */
  readonly folder: string;
}

/** Configs that the service is granted, by path in the container. */
export function toConfigFiles(service: ComposeService): readonly SourceEntry[] {
  return toFiles(service, { key: 'configs', declared: service.context.model.configs, folder: '/' });
}

export function toSecretFiles(service: ComposeService): readonly SourceEntry[] {
  return toFiles(service, { key: 'secrets', declared: service.context.model.secrets, folder: '/run/secrets/' });
}

function toFiles({ attributes, context }: ComposeService, kind: FileKind): readonly SourceEntry[] {
  return readList(context.findings, attributes.get(kind.key)).flatMap((node) => {
    const grant = readGrant(node, kind, context.findings);
    const content = grant === null ? undefined : contentOf(grant, kind, context);
    if (grant === null || content === undefined) return [];
    const { range } = node;
    const value = mapAt(range, [
      entryAt(range, 'content', content),
      entryAt(range, 'mode', scalarAt(range, grant.mode ?? '0444')),
      ...(grant.owner === undefined ? [] : [entryAt(range, 'owner', scalarAt(range, grant.owner))]),
    ]);
    return [entryAt(range, grant.target, value)];
  });
}

interface Grant {
  readonly source: string;
  readonly node: SourceNode;
  readonly target: string;
  readonly mode: string | undefined;
  readonly owner: string | undefined;
}

function readGrant(node: SourceNode, { key, folder }: FileKind, findings: Findings): Grant | null {
  const name = textOf(node);
  if (name !== null) return { source: name, node, target: `${folder}${name}`, mode: undefined, owner: undefined };
  const sourceEntry = node.kind === 'map' ? node.entries.get('source') : undefined;
  const source = sourceEntry === undefined ? undefined : readText(findings, sourceEntry);
  if (node.kind !== 'map' || source === undefined) {
    addValue(findings, node, `${quoteText(key)} needs a list of names, or of maps with “source”.`);
    return null;
  }
  checkKeys(findings, node, GRANT_KEYS);
  const textAt = (at: string) => {
    const entry = node.entries.get(at);
    return entry === undefined ? undefined : readText(findings, entry);
  };
  const target = textAt('target') ?? source;
  const [uid, gid] = [textAt('uid'), textAt('gid')];
  return {
    source,
    node: sourceEntry?.value ?? node,
    target: target.startsWith('/') ? target : `${folder}${target}`,
    mode: readMode(node.entries.get('mode'), findings),
    owner: uid === undefined && gid === undefined ? undefined : `${uid ?? 0}${gid === undefined ? '' : `:${gid}`}`,
  };
}

/** Octal, as `0440`, `"0440"` or `0o440`; the bits that let it be written to are left away. */
function readMode(entry: SourceEntry | undefined, findings: Findings): string | undefined {
  if (entry === undefined) return undefined;
  const text = textOf(entry.value)?.replace(/^0o/, '0') ?? '';
  if (/^0?[0-7]{3}$/.test(text)) return (Number.parseInt(text, 8) & 0o555).toString(8).padStart(4, '0');
  addValue(findings, entry.value, `“mode” needs permissions in octal, such as 0440, not ${quoteText(text)}.`);
  return undefined;
}

function contentOf({ source, node }: Grant, { key, declared }: FileKind, context: ComposeContext): SourceNode | undefined {
  const { findings } = context;
  const one = key === 'configs' ? 'config' : 'secret';
  const declaration = declared.get(source);
  if (declaration === undefined) {
    const hint = didYouMean(source, declared.keys()) ?? `Add “${key}:” at the top of the file, and “${source}:” below it.`;
    findings.add('compose-reference', { ...placeOf(node), message: `There is no ${one} ${quoteText(source)} in this file.`, hint });
    return undefined;
  }
  const map = readMap(findings, declaration);
  const external = map?.entries.get('external');
  if (external !== undefined && (external.value.kind === 'map' || readFlag(findings, external))) {
    const hint = `Give its content with ${key === 'configs' ? '“file”, “environment” or “content”' : '“file” or “environment”'}.`;
    addUnsupported(findings, external, `a ${one} from outside of this application is not known here`, hint);
    return undefined;
  }
  const given = SOURCES.map((name) => map?.entries.get(name)).find((entry) => entry !== undefined);
  if (given === undefined) {
    findings.add('compose-value', {
      ...placeOf(declaration),
      message: `The ${one} ${quoteText(source)} has no “file”, “environment” or “content”.`,
    });
    return undefined;
  }
  return readContent(given, context);
}

function readContent(given: SourceEntry, context: ComposeContext): SourceNode | undefined {
  if (given.key === 'file') {
    const file = readReferredFile(given.value, {}, context);
    return file && literalAt(given.value.range, file.content);
  }
  const text = readText(context.findings, given);
  if (text === undefined || given.key === 'content') return text === undefined ? undefined : literalAt(given.value.range, text);
  const value = context.variable(text, given.value.range.file);
  if (value !== undefined) return literalAt(given.value.range, value);
  const hint = 'Give it when you deploy (its field, or “--set”), or in “.env” beside the file.';
  const message = `The variable ${quoteText(text)} has no value.`;
  context.findings.add('compose-variable-unset', { ...placeOf(given.value), message, hint });
  return undefined;
}

const DECLARATION_KEYS = ['name', 'file', 'environment', 'content', 'external', 'labels', 'driver', 'driver_opts', 'template_driver'];

/** What stands at the top of the file, whoever uses it. */
export function checkFileDeclarations({ model, findings }: ComposeContext): void {
  for (const entry of [...model.configs.values(), ...model.secrets.values()]) {
    const map = readMap(findings, entry);
    if (map === undefined) continue;
    checkKeys(findings, map, DECLARATION_KEYS);
    const { name, labels, driver, driver_opts: options, template_driver: template } = Object.fromEntries(map.entries);
    if (name !== undefined && !map.entries.has('external')) addNote(findings, name, 'is not needed: it belongs to its application');
    if (labels !== undefined) addNoEffect(findings, labels, 'a file has no labels');
    for (const unsupported of [driver, options, template]) {
      if (unsupported !== undefined) addUnsupported(findings, unsupported, 'content comes from “file”, “environment” or “content”');
    }
  }
}
