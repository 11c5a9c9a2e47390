import { BUILD, contextOf, DOCKERFILE_URL, isUrl } from '../build/build-ask.ts';
import { isPhaseFileKey } from '../software/phase-files.ts';
import { beside } from './relative-path.ts';
import { type SourceNode, textOf } from './source-node.ts';

/** What images of a blueprint are built from, by its text alone. */
export interface BuildFiles {
  /** Folders; `.` is that of the blueprint. */
  readonly folders: readonly string[];
  /** Dockerfiles, and files that software is given, by their path. */
  readonly files: readonly string[];
}

export function buildFilesIn(source: SourceNode): BuildFiles {
  const folders = new Set<string>();
  const files = new Set<string>();
  const seen = new Set<SourceNode>();
  const pending = [source];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'list') pending.push(...node.items);
    if (node.kind !== 'map') continue;
    for (const { key, value } of node.entries.values()) {
      pending.push(value);
      const context = key === BUILD && value.kind === 'map' ? textOf(value.entries.get('context')?.value) : null;
      const file = key === DOCKERFILE_URL || key === 'dockerfileUrl' ? textOf(value) : null;
      if (context !== null && !isElsewhere(context)) folders.add(contextOf(context));
      if (file !== null && !isElsewhere(file)) files.add(beside('', file));
      if (isFileKey(key) && value.kind === 'map')
        for (const name of value.entries.keys()) if (!isElsewhere(name)) files.add(beside('', name));
    }
  }
  return { folders: [...folders].sort(), files: [...files].sort() };
}

/** `files.install`, `templates.runtime` …, and their short names. */
function isFileKey(key: string): boolean {
  return isPhaseFileKey(key) || /^(?:preInstall|install|customize|runtime)(?:Files|Templates)$/.test(key);
}

/** On another machine, or at one place of a machine: nothing that comes with a blueprint. */
function isElsewhere(written: string): boolean {
  return isUrl(written) || /^(?:[a-z][a-z0-9+.-]*:|\/|~|git@|\$brooklyn)/i.test(written);
}
