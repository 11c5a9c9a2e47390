import { quoteText } from '../blueprint/findings.ts';
import { beside } from '../blueprint/relative-path.ts';
import { entryAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, textOf } from '../blueprint/source-node.ts';
import { BUILD, DOCKERFILE_URL, isUrl } from '../build/build-ask.ts';
import { addNoEffect, addNote, addUnsupported, addValue, checkKeys } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { literalAt, readFlag, readPairs, readText } from './read-value.ts';

/** What changes nothing about the image, or is left to the engine that builds it. */
const NO_EFFECT: Readonly<Record<string, string>> = {
  cache_from: 'each host keeps the steps that went well',
  cache_to: 'each host keeps the steps that went well',
  no_cache: 'an image is built again when anything that it is made of changes',
  pull: 'an image is built again when anything that it is made of changes',
  provenance: 'nothing is attested of an image that is built here',
  sbom: 'nothing is attested of an image that is built here',
  shm_size: 'steps of a build have the limits of the engine',
  tags: 'the image is named after all that it is made of',
  ulimits: 'steps of a build have the limits of the engine',
};

/** What the steps of the build would need, and do not get. */
const NOT_SUPPORTED: Readonly<Record<string, string>> = {
  additional_contexts: 'a build has the files of one folder',
  entitlements: 'steps of a build get no rights over their host',
  extra_hosts: 'steps of a build know the names that their host knows',
  isolation: 'hosts run Linux',
  network: 'steps of a build have the network of their host’s bridge',
  privileged: 'steps of a build get no rights over their host',
  secrets: 'steps of a build are given no secrets',
  ssh: 'steps of a build are given no keys',
};

const KNOWN = ['context', 'dockerfile', 'dockerfile_inline', 'args', 'labels', 'target', 'platforms'];

/** True where the image is built: it has no other, or what it is built from came with the file. */
export function isBuilt(service: ComposeService): boolean {
  const { attributes, context } = service;
  const build = attributes.get('build');
  if (build === undefined) return false;
  if (!attributes.has('image')) return true;
  const folder = contextOf(readBuild(build), build);
  if (folder === null || isUrl(folder)) return true;
  return context.files.hasContext(resolveFolder(folder, service));
}

export function toBuildConfig(service: ComposeService): readonly SourceEntry[] {
  const { attributes, context } = service;
  const { findings } = context;
  const build = attributes.get('build');
  const image = attributes.get('image');
  if (build === undefined) return [];
  const map = readBuild(build);
  if (map === null) {
    addValue(findings, build.value, `${quoteText(build.key)} needs a folder, or a map with “context”.`);
    return [];
  }
  if (!isBuilt(service)) {
    addNoEffect(findings, build, 'no file of its folder came with the Compose file; the image in “image” is pulled');
    return [];
  }
  if (image !== undefined) addNote(findings, image, 'is not pulled: the image is built, and named after all that it is made of');
  checkBuildKeys(map, service);
  return toNamed(service, build, map);
}

/** The entry of the platforms that the image is built for. */
export function readBuildPlatforms({ attributes }: ComposeService): SourceEntry | undefined {
  const build = attributes.get('build');
  return build === undefined ? undefined : readBuild(build)?.entries.get('platforms');
}

function readBuild({ value }: SourceEntry): SourceMap | null {
  if (value.kind === 'map') return value;
  const context = textOf(value);
  return context === null ? null : mapAt(value.range, [entryAt(value.range, 'context', scalarAt(value.range, context))]);
}

/** The folder as it is written; that of the file where nothing else is said. Null for a Dockerfile that stands here alone. */
function contextOf(map: SourceMap | null, build: SourceEntry): string | null {
  const written = textOf((map ?? mapAt(build.range, [])).entries.get('context')?.value);
  if (written !== null) return written;
  return map?.entries.has('dockerfile_inline') ? null : '.';
}

function checkBuildKeys(map: SourceMap, { context: { findings } }: ComposeService): void {
  checkKeys(findings, map, [...KNOWN, ...Object.keys(NO_EFFECT), ...Object.keys(NOT_SUPPORTED)]);
  for (const entry of map.entries.values()) {
    const idle = Object.hasOwn(NO_EFFECT, entry.key) ? NO_EFFECT[entry.key] : undefined;
    const missing = Object.hasOwn(NOT_SUPPORTED, entry.key) ? NOT_SUPPORTED[entry.key] : undefined;
    const isOff = (entry.key === 'privileged' || entry.key === 'pull' || entry.key === 'no_cache') && readFlag(findings, entry) === false;
    if (isOff) continue;
    if (idle !== undefined) addNoEffect(findings, entry, idle);
    if (missing !== undefined) addUnsupported(findings, entry, missing);
  }
}

/** Where its files and its Dockerfile are. A Dockerfile outside of the folder comes by itself. */
function toNamed(service: ComposeService, build: SourceEntry, map: SourceMap): readonly SourceEntry[] {
  const { findings, files } = service.context;
  const written = contextOf(map, build);
  const at = map.entries.get('context')?.value.range ?? build.range;
  const folder = written === null || isUrl(written) ? written : resolveFolder(written, service);
  const inline = map.entries.get('dockerfile_inline');
  const named = map.entries.get('dockerfile');
  const dockerfile = named === undefined ? undefined : readText(findings, named);
  const path = dockerfile === undefined || folder === null || isUrl(folder) ? '' : beside(`${folder}/`, dockerfile);
  const isOutside = dockerfile !== undefined && beside('', dockerfile).startsWith('../') && path !== '';
  if (isOutside) files.read(path);
  const text = inline === undefined ? undefined : readText(findings, inline);
  const entries = [
    ...(folder === null ? [] : [entryAt(at, 'context', literalAt(at, folder))]),
    ...(named === undefined || dockerfile === undefined || isOutside
      ? []
      : [entryAt(named.range, 'dockerfile', literalAt(named.value.range, dockerfile))]),
    ...(inline === undefined || text === undefined
      ? []
      : [entryAt(inline.range, 'dockerfile_inline', literalAt(inline.value.range, text))]),
    ...toBuildOptions(service, map),
  ];
  const own = entryAt(build.range, BUILD, mapAt(build.value.range, entries));
  return isOutside && named !== undefined ? [own, entryAt(named.range, DOCKERFILE_URL, literalAt(named.value.range, path))] : [own];
}

/** What cannot be meant stays as it is written, and is told when the build is read. */
function resolveFolder(written: string, { context, attributes }: ComposeService): string {
  const resolved = context.files.resolve(written, attributes.get('build')?.range.file);
  return 'path' in resolved ? resolved.path || '.' : written;
}

/** An argument without a value takes that of the project, or is left away. */
function toBuildOptions({ context }: ComposeService, map: SourceMap): readonly SourceEntry[] {
  const { findings } = context;
  const args = map.entries.get('args');
  const labels = map.entries.get('labels');
  const target = map.entries.get('target');
  const name = target === undefined ? undefined : readText(findings, target);
  const given = readPairs(findings, args).flatMap(({ key, value, keyRange, range }) => {
    const text = value ?? context.variable(key, keyRange.file);
    return text === undefined ? [] : [entryAt(keyRange, key, literalAt(range, text))];
  });
  const named = readPairs(findings, labels).map(({ key, value, keyRange, range }) => entryAt(keyRange, key, literalAt(range, value ?? '')));
  return [
    ...(args === undefined || given.length === 0 ? [] : [entryAt(args.range, 'args', mapAt(args.value.range, given))]),
    ...(target === undefined || name === undefined ? [] : [entryAt(target.range, 'target', scalarAt(target.value.range, name))]),
    ...(labels === undefined || named.length === 0 ? [] : [entryAt(labels.range, 'labels', mapAt(labels.value.range, named))]),
  ];
}
