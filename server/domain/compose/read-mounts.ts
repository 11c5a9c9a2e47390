import { type Findings, quoteText, type TextRange } from '../blueprint/findings.ts';
import type { SourceEntry, SourceMap, SourceNode } from '../blueprint/source-node.ts';
import { textOf } from '../blueprint/source-node.ts';
import { addNoEffect, addNote, addUnsupported, addValue, checkKeys } from './compose-findings.ts';
import { readBytes, readFlag, readList, readMap, readText } from './read-value.ts';

/** One entry of `volumes` of a service. */
export type ComposeMount =
  | ({ readonly kind: 'volume'; readonly source: string; readonly noCopy: boolean } & MountPlace)
  | ({ readonly kind: 'anonymous' } & MountPlace)
  | ({ readonly kind: 'bind'; readonly source: string } & MountPlace)
  | ({ readonly kind: 'tmpfs'; readonly options: readonly string[] } & MountPlace);

interface MountPlace {
  readonly target: string;
  readonly readOnly: boolean;
  readonly node: SourceNode;
  /** Of what is mounted, where it stands by itself. */
  readonly range: TextRange;
}

const MOUNT_KEYS = ['type', 'source', 'target', 'read_only', 'consistency', 'bind', 'volume', 'tmpfs', 'image'];
const BIND_KEYS = ['propagation', 'create_host_path', 'recursive', 'selinux'];
const VOLUME_KEYS = ['nocopy', 'subpath', 'labels'];
const TMPFS_KEYS = ['size', 'mode'];
/** Of the short form: they change nothing for what is mounted here. */
const SILENT_MODES = ['rw', 'z', 'Z', 'cached', 'delegated', 'consistent', 'default'];

export function readMounts(findings: Findings, entry: SourceEntry | undefined): readonly ComposeMount[] {
  return readList(findings, entry).flatMap((node) => {
    const mount = node.kind === 'map' ? readLong(node, findings) : readShort(node, findings);
    if (mount === null) return [];
    const problem = targetProblem(mount.target);
    if (problem === null) return [mount];
    addValue(findings, node, `${quoteText(mount.target)} ${problem}.`);
    return [];
  });
}

/** `[SOURCE:]TARGET[:MODE]` */
function readShort(node: SourceNode, findings: Findings): ComposeMount | null {
  const text = textOf(node);
  const [first = '', second, modes = '', ...more] = text?.split(':') ?? [];
  if (text === null || text === '' || more.length > 0) {
    addValue(findings, node, 'A volume needs [SOURCE:]PATH[:MODE], such as data:/var/lib/data:ro.');
    return null;
  }
  const place = { node, range: node.range };
  if (second === undefined) return { kind: 'anonymous', target: first, readOnly: false, ...place };
  const options = modes === '' ? [] : modes.split(',');
  const unknown = options.find(
    (mode) => !SILENT_MODES.includes(mode) && mode !== 'ro' && mode !== 'nocopy' && !/^r?(shared|slave|private)$/.test(mode),
  );
  if (unknown !== undefined) addValue(findings, node, `${quoteText(unknown)} is no mode of a volume.`, 'Write ro or rw.');
  const common = { source: first, target: second, readOnly: options.includes('ro'), ...place };
  return isHostPath(first) ? { kind: 'bind', ...common } : { kind: 'volume', noCopy: options.includes('nocopy'), ...common };
}

export function isHostPath(source: string): boolean {
  return /^[./~]/.test(source) || /^[A-Za-z]:?[\\/]/.test(source);
}

function readLong(map: SourceMap, findings: Findings): ComposeMount | null {
  checkKeys(findings, map, MOUNT_KEYS);
  const typeEntry = map.entries.get('type');
  const type = typeEntry === undefined ? undefined : readText(findings, typeEntry);
  const sourceEntry = map.entries.get('source');
  const source = sourceEntry === undefined ? undefined : readText(findings, sourceEntry);
  const targetEntry = map.entries.get('target');
  const target = targetEntry === undefined ? undefined : readText(findings, targetEntry);
  const consistency = map.entries.get('consistency');
  if (consistency !== undefined) addNote(findings, consistency, 'matters only on a desktop');
  if (typeEntry === undefined || type === undefined || target === undefined) {
    if (typeEntry === undefined || targetEntry === undefined) addValue(findings, map, 'A volume in this form needs “type” and “target”.');
    return null;
  }
  const common = {
    target,
    readOnly: readFlag(findings, map.entries.get('read_only')) ?? false,
    node: map,
    range: sourceEntry?.value.range ?? map.range,
  };
  switch (type) {
    case 'volume':
      return {
        kind: source === undefined || source === '' ? 'anonymous' : 'volume',
        source: source ?? '',
        ...readVolumeOptions(map, findings),
        ...common,
      };
    case 'bind':
      readBindOptions(map, findings);
      if (source !== undefined) return { kind: 'bind', source, ...common };
      addValue(findings, map, 'A mount of type bind needs “source”.');
      return null;
    case 'tmpfs':
      return { kind: 'tmpfs', options: readTmpfsOptions(map, findings), ...common };
    case 'image':
    case 'npipe':
    case 'cluster':
      addUnsupported(
        findings,
        { ...typeEntry, key: `type: ${type}` },
        type === 'npipe' ? 'hosts run Linux' : 'only volumes and tmpfs are mounted',
      );
      return null;
    default:
      addValue(findings, typeEntry.value, `“type” is volume, bind or tmpfs, not ${quoteText(type)}.`);
      return null;
  }
}

function readVolumeOptions(map: SourceMap, findings: Findings): { readonly noCopy: boolean } {
  const options = readMap(findings, map.entries.get('volume'));
  if (options === undefined) return { noCopy: false };
  checkKeys(findings, options, VOLUME_KEYS);
  const subpath = options.entries.get('subpath');
  if (subpath !== undefined) addUnsupported(findings, subpath, 'a volume is mounted whole', 'Give the part a volume of its own.');
  const labels = options.entries.get('labels');
  if (labels !== undefined) addNoEffect(findings, labels, 'a volume has the labels that “volumes” at the top gives it');
  return { noCopy: readFlag(findings, options.entries.get('nocopy')) ?? false };
}

function readBindOptions(map: SourceMap, findings: Findings): void {
  const options = readMap(findings, map.entries.get('bind'));
  if (options === undefined) return;
  checkKeys(findings, options, BIND_KEYS);
  for (const entry of options.entries.values()) {
    if (BIND_KEYS.includes(entry.key)) addNoEffect(findings, entry, 'folders of a host are not mounted');
  }
}

function readTmpfsOptions(map: SourceMap, findings: Findings): readonly string[] {
  const options = readMap(findings, map.entries.get('tmpfs'));
  if (options === undefined) return [];
  checkKeys(findings, options, TMPFS_KEYS);
  const size = readBytes(findings, options.entries.get('size'));
  const mode = options.entries.get('mode');
  const modeText = mode === undefined ? undefined : readText(findings, mode);
  return [...(size === undefined ? [] : [`size=${size.text}`]), ...(modeText === undefined ? [] : [`mode=${modeText}`])];
}

function targetProblem(target: string): string | null {
  if (!target.startsWith('/')) return 'is no absolute path in the container';
  if (target.split('/').includes('..')) return 'has “..” in it';
  return target.replace(/\/+$/, '') === '' ? 'cannot be the whole file system' : null;
}
