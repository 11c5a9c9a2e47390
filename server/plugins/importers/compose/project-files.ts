import type { BlueprintInput } from '../../../domain/blueprint/blueprint-input.ts';
import { hasContext } from '../../../domain/blueprint/check-builds.ts';
import type { Findings } from '../../../domain/blueprint/findings.ts';
import { beside } from '../../../domain/blueprint/relative-path.ts';
import type { ComposeFiles } from '../../../domain/compose/compose-model.ts';

export interface ProjectFiles extends ComposeFiles {
  /** Relative paths in `file` are meant from `folder`. */
  setFolder(file: string, folder: string): void;
  /** Files and folders (with `/` at the end) that were asked for and did not come. */
  missing(): readonly string[];
}

/** Texts taken from files into one plan: each use counts, because each container gets its own. */
const MOST_CHARACTERS = 32 * 1024 * 1024;

export function createProjectFiles(input: Omit<BlueprintInput, 'text'>, findings: Findings): ProjectFiles {
  const { files = {} } = input;
  const folders = new Map<string, string>();
  const missing = new Set<string>();
  // A name that ends with `/` stands for a folder that holds nothing.
  const empty = new Set(Object.keys(files).flatMap((name) => (name.endsWith('/') ? [beside('', name)] : [])));
  const names = Object.keys(files).flatMap((name) => (name.endsWith('/') ? [] : [{ name, path: beside('', name) }]));
  const byPath = new Map(names.map(({ name, path }) => [path, name]));
  let taken = 0;
  const holds = (folder: string) => {
    const prefix = folder === '' ? '' : `${folder}/`;
    return names.map(({ path }) => path).filter((path) => path.startsWith(prefix) && !path.startsWith('../', prefix.length));
  };
  return {
    setFolder: (file, folder) => void folders.set(file, folder),
    missing: () => [...missing],
    resolve: (written, from) => resolvePath(written, from === undefined ? '' : (folders.get(from) ?? '')),
    read(path) {
      const name = byPath.get(path);
      const text = name === undefined ? undefined : files[name];
      if (text === undefined) {
        missing.add(path);
        return undefined;
      }
      taken += text.length;
      if (taken <= MOST_CHARACTERS) return text;
      const message = 'The files that services are given have more than 32 MiB in all.';
      if (taken - text.length <= MOST_CHARACTERS) findings.add('too-large', { range: { start: 0, end: 0 }, path: '', message });
      return '';
    },
    isEmpty: (folder) => empty.has(folder) || (holds(folder).length > 0 && isKeptEmpty(holds(folder))),
    hasContext: (folder) => hasContext(folder, input),
    below(folder) {
      const found = holds(folder);
      if (found.length === 0) missing.add(`${folder}/`);
      return isKeptEmpty(found) ? [] : found.sort();
    },
  };
}

/** Files by which an empty folder is kept in git. */
function isKeptEmpty(paths: readonly string[]): boolean {
  return paths.every((path) => /(?:^|\/)\.(?:git)?(?:keep|ignore)$/.test(path));
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function resolvePath(written: string, folder: string): ReturnType<ComposeFiles['resolve']> {
  if (/^[a-z][a-z0-9+.-]*:\/\/|^git@|^[\w.-]+\.\w+:/i.test(written)) return { refused: 'it is on another machine' };
  if (written.startsWith('/') || written.startsWith('~') || /^[A-Za-z]:[\\/]/.test(written)) {
    return { refused: 'it is a path of one machine; write one relative to the Compose file' };
  }
  if (written.length > 1000 || written.includes('\0')) return { refused: 'it is no path of a file' };
  return { path: beside(`${folder}/`, written) };
}
