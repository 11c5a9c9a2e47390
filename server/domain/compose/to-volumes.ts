import { type Findings, quoteText } from '../blueprint/findings.ts';
import { didYouMean } from '../blueprint/nearest-name.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceNode } from '../blueprint/source-node.ts';
import { addNoEffect, addUnsupported, placeOf } from './compose-findings.ts';
import type { ComposeContext, ComposeService } from './compose-model.ts';
import { type ComposeMount, readMounts } from './read-mounts.ts';
import { readTexts } from './read-value.ts';
import { toCopiedFiles } from './to-copied-files.ts';

export interface ServiceVolumes {
  readonly config: readonly SourceEntry[];
  /** Files beside the Compose file that are copied instead of mounted, by path in the container. */
  readonly files: readonly SourceEntry[];
}

export function toVolumes(service: ComposeService): ServiceVolumes {
  const { attributes, context } = service;
  const entry = attributes.get('volumes');
  const mounts = [...readMounts(context.findings, entry).map((mount) => toFolderVolume(mount, context)), ...volumesFrom(service)];
  const volumes = mounts.flatMap((mount) => toVolume(mount, context));
  const tmpfs = [...readTmpfs(service), ...mounts.flatMap((mount) => (mount.kind === 'tmpfs' ? [toTmpfs(mount)] : []))];
  const from = entry ?? attributes.get('volumes_from') ?? attributes.get('tmpfs');
  const list = (key: string, items: readonly SourceNode[]) =>
    from === undefined || items.length === 0 ? [] : [entryAt(from.range, key, listAt(from.value.range, items))];
  return {
    config: [...list('docker.container.volumes', volumes), ...list('docker.container.tmpfs', tmpfs)],
    files: mounts.flatMap((mount) => (mount.kind === 'bind' ? toCopied(mount, context) : [])),
  };
}

function toVolume(mount: ComposeMount, context: ComposeContext): readonly SourceNode[] {
  if (mount.kind === 'bind')
    return isOfHost(mount) ? [scalarAt(mount.node.range, `${mount.source}:${mount.target}${mount.readOnly ? ':ro' : ''}`)] : [];
  if (mount.kind === 'tmpfs') return [];
  if (mount.kind === 'volume' && !isDeclared(mount, context)) return [];
  const { range } = mount.node;
  const source = mount.kind === 'volume' ? mount.source : undefined;
  const noCopy = mount.kind === 'volume' && mount.noCopy;
  if (source !== undefined && !noCopy) return [scalarAt(range, `${source}:${mount.target}${mount.readOnly ? ':ro' : ''}`)];
  return [
    mapAt(range, [
      ...(source === undefined ? [] : [entryAt(range, 'source', scalarAt(range, source))]),
      entryAt(range, 'target', scalarAt(range, mount.target)),
      ...(mount.readOnly ? [entryAt(range, 'readOnly', scalarAt(range, true))] : []),
      ...(noCopy ? [entryAt(range, 'noCopy', scalarAt(range, true))] : []),
    ]),
  ];
}

function isDeclared(mount: ComposeMount & { readonly kind: 'volume' }, { model, findings, folderVolumes }: ComposeContext): boolean {
  if (model.volumes.has(mount.source) || [...folderVolumes.values()].includes(mount.source)) return true;
  const names = [...model.volumes.keys()];
  findings.add('compose-reference', {
    ...placeOf(mount),
    message: `There is no volume ${quoteText(mount.source)} in this file.`,
    hint: didYouMean(mount.source, names) ?? `Add “volumes:” at the top of the file, and “${mount.source}:” below it.`,
    fix: { title: `Add the volume ${mount.source}`, add: { path: ['volumes', mount.source], value: {} } },
  });
  return false;
}

/**
 * An empty folder beside the Compose file is where a container keeps what it writes: Compose makes it where it is missing. Containers run
 * on other machines, so it becomes a volume of the application.
 */
function toFolderVolume(mount: ComposeMount, context: ComposeContext): ComposeMount {
  if (mount.kind !== 'bind' || mount.readOnly || !isBeside(mount.source) || namesFile(mount)) return mount;
  const resolved = context.files.resolve(mount.source, mount.range.file);
  if (!('path' in resolved) || !context.files.isEmpty(resolved.path) || context.files.read(resolved.path) !== undefined) return mount;
  const name = nameFolder(resolved.path, context);
  const message = `${quoteText(mount.source)} is empty: it becomes the volume ${quoteText(name)} of the application, on the host that runs it.`;
  context.findings.add('compose-folder', { ...placeOf(mount), message });
  const { target, readOnly, node, range } = mount;
  return { kind: 'volume', source: name, noCopy: false, target, readOnly, node, range };
}

function isBeside(source: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(source);
}

/** Docker would make a folder of that name; nobody means that. */
function namesFile({ target }: ComposeMount): boolean {
  return target.slice(target.lastIndexOf('/') + 1).includes('.');
}

function nameFolder(path: string, { folderVolumes, model }: ComposeContext): string {
  const known = folderVolumes.get(path);
  if (known !== undefined) return known;
  const base = path.replace(/[^a-zA-Z0-9_.-]+/g, '-').replace(/^[^a-zA-Z0-9]+/, '') || 'folder';
  const taken = new Set([...model.volumes.keys(), ...folderVolumes.values()]);
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
  folderVolumes.set(path, name);
  return name;
}

function toCopied(mount: ComposeMount & { readonly kind: 'bind' }, context: ComposeContext): readonly SourceEntry[] {
  const { source } = mount;
  const { findings } = context;
  if (isBeside(source)) return toCopiedFiles(mount, context);
  if (isClock(mount)) {
    const hint = 'Set the variable TZ, such as TZ: Europe/Berlin.';
    addNoEffect(findings, { key: source, range: mount.range, value: mount.node }, 'containers are given no file of their host', hint);
  } else if (/^[A-Za-z]:?[\\]/.test(source)) {
    addUnsupported(findings, { key: source, range: mount.range, value: mount.node }, 'hosts run Linux');
  } else if (!isOfHost(mount)) {
    addUnsupported(
      findings,
      { key: source, range: mount.range, value: mount.node },
      'it is a folder of somebody’s home',
      'Give its absolute path.',
    );
  }
  return [];
}

/** A folder or socket of the host: told as host access where it is planned. */
function isOfHost(mount: ComposeMount & { readonly kind: 'bind' }): boolean {
  return mount.source.startsWith('/') && !isClock(mount);
}

function isClock({ source, target, readOnly }: ComposeMount & { readonly kind: 'bind' }): boolean {
  return readOnly && /^\/etc\/(?:localtime|timezone)$/.test(source) && source === target;
}

function readTmpfs({ attributes, context: { findings } }: ComposeService): readonly SourceNode[] {
  return readTexts(findings, attributes.get('tmpfs')).map(({ text, range }) => scalarAt(range, text));
}

function toTmpfs({ node, target, options }: ComposeMount & { readonly kind: 'tmpfs' }): SourceNode {
  return scalarAt(node.range, options.length === 0 ? target : `${target}:${options.join(',')}`);
}

/** Volumes of other services, as they mount them. */
function volumesFrom({ name, attributes, context }: ComposeService): readonly ComposeMount[] {
  const entry = attributes.get('volumes_from');
  return readTexts(context.findings, entry).flatMap(({ text, range }) => {
    const [from = '', mode = ''] = text.split(':');
    const place = { key: text, range, value: scalarAt(range, text) };
    if (from === 'container') {
      addUnsupported(context.findings, place, 'it is a container outside of this application');
      return [];
    }
    const other = context.model.services.get(from);
    if (other === undefined || from === name || other.value.kind !== 'map') {
      addUnknownService(context.findings, place, from, context);
      return [];
    }
    // Findings of the other service are told with that service.
    const mounts = readMounts(SILENT, other.value.entries.get('volumes'));
    const nested = other.value.entries.get('volumes_from');
    if (nested !== undefined) addUnsupported(context.findings, place, `${quoteText(from)} has “volumes_from” itself`);
    return mounts.flatMap((mount) => {
      if (mount.kind === 'volume') return [{ ...mount, node: place.value, range, readOnly: mount.readOnly || mode === 'ro' }];
      if (mount.kind === 'anonymous')
        addUnsupported(context.findings, place, `the volume at ${mount.target} of ${quoteText(from)} has no name`);
      return [];
    });
  });
}

function addUnknownService(findings: Findings, place: SourceEntry, name: string, { model }: ComposeContext): void {
  const message = `There is no other service ${quoteText(name)}.`;
  findings.add('compose-reference', { ...placeOf(place), message, hint: didYouMean(name, model.services.keys()) });
}

const SILENT: Findings = { add: () => undefined, full: true, clean: true, deployable: true, written: () => '', list: () => [] };
