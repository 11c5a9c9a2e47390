import { type Findings, quoteText } from '../../../domain/blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceEntry, SourceNode } from '../../../domain/blueprint/source-node.ts';
import { addNoEffect, addValue } from '../../../domain/compose/compose-findings.ts';

/** Names of `--mount` and what Compose's long form calls them; a second word is a key below the first. */
const NAMES: Readonly<Record<string, readonly [string] | readonly [string, string]>> = {
  type: ['type'],
  source: ['source'],
  src: ['source'],
  target: ['target'],
  destination: ['target'],
  dst: ['target'],
  readonly: ['read_only'],
  ro: ['read_only'],
  'bind-propagation': ['bind', 'propagation'],
  'volume-nocopy': ['volume', 'nocopy'],
  'volume-subpath': ['volume', 'subpath'],
  'tmpfs-size': ['tmpfs', 'size'],
  'tmpfs-mode': ['tmpfs', 'mode'],
};

export interface MountFlag {
  /** As Compose's long form of a volume. */
  readonly node: SourceNode;
  /** Name of the volume that it mounts. */
  readonly volume: string | null;
}

/** `type=volume,source=data,target=/data,readonly` */
export function readMountFlag(entry: SourceEntry, text: string, findings: Findings): MountFlag | null {
  const { range } = entry.value;
  const top = new Map<string, SourceEntry>();
  const nested = new Map<string, SourceEntry[]>();
  for (const option of text.split(',')) {
    const [name = '', ...rest] = option.split('=');
    const value = scalarAt(range, rest.length === 0 ? 'true' : rest.join('='));
    const known = Object.hasOwn(NAMES, name.trim()) ? NAMES[name.trim()] : undefined;
    if (known === undefined) {
      if (/^(?:volume-(?:driver|opt|label)|consistency|bind-)/.test(name))
        addNoEffect(findings, { ...entry, key: name }, 'a volume is mounted as it is');
      else
        addValue(findings, entry.value, `${quoteText(name)} is no option of --mount.`, 'For example type=volume,source=data,target=/data.');
      continue;
    }
    const [key, below] = known;
    if (below === undefined) top.set(key, entryAt(range, key, value));
    else nested.set(key, [...(nested.get(key) ?? []), entryAt(range, below, value)]);
  }
  if (!top.has('type')) top.set('type', entryAt(range, 'type', scalarAt(range, 'volume')));
  for (const [key, entries] of nested) top.set(key, entryAt(range, key, mapAt(range, entries)));
  const [type, source] = [top.get('type')?.value, top.get('source')?.value];
  const isVolume = type?.kind === 'scalar' && type.value === 'volume' && source?.kind === 'scalar';
  return { node: mapAt(range, [...top.values()]), volume: isVolume ? String(source.value) : null };
}
