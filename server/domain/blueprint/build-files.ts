import { BUILD, contextOf, DOCKERFILE_URL, isUrl } from '../build/build-ask.ts';
import { SCRIPT_URL } from '../build/creation-script.ts';
import { isPhaseFileKey } from '../software/phase-files.ts';
import { WAR_KEYS } from '../software/web-archives.ts';
import { beside } from './relative-path.ts';
import { type SourceNode, textOf } from './source-node.ts';

/** What comes with a blueprint, by its text alone: what images are built from, and what software is given. */
export interface BuildFiles {
  /** Folders; `.` is that of the blueprint. Archives may be brought as the folder of their files. */
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
      const file = FILE_KEYS.includes(key) ? textOf(value) : null;
      if (context !== null && !isElsewhere(context)) folders.add(contextOf(context));
      if (file !== null && !isElsewhere(file)) files.add(beside('', file));
      if (ARCHIVE_KEYS.includes(key))
        for (const name of textsIn(value)) if (!isElsewhere(name)) folders.add(contextOf(name.replace(/\/+$/, '')));
      if (isFileKey(key) && value.kind === 'map')
        for (const name of value.entries.keys()) if (!isElsewhere(name)) files.add(beside('', name));
    }
  }
  return { folders: [...folders].sort(), files: [...files].sort() };
}

const FILE_KEYS: readonly string[] = [DOCKERFILE_URL, 'dockerfileUrl', SCRIPT_URL, 'creationScriptUrl'];
const ARCHIVE_KEYS: readonly string[] = [...WAR_KEYS, 'war', 'wars', 'warsByContext', 'nodejs.archive.url', 'archiveUrl'];

/** A text, those of a list, or the values of a map. */
function textsIn(value: SourceNode): readonly string[] {
  const values =
    value.kind === 'list' ? value.items : value.kind === 'map' ? [...value.entries.values()].map((entry) => entry.value) : [value];
  return values.flatMap((each) => textOf(each) ?? []);
}

/** `files.install`, `templates.runtime` …, and their short names. */
function isFileKey(key: string): boolean {
  return isPhaseFileKey(key) || /^(?:preInstall|install|customize|runtime)(?:Files|Templates)$/.test(key);
}

/** On another machine, or at one place of a machine: nothing that comes with a blueprint. */
function isElsewhere(written: string): boolean {
  return isUrl(written) || /^(?:[a-z][a-z0-9+.-]*:|\/|~|git@|\$brooklyn)/i.test(written);
}
