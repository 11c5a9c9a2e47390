import type { BlueprintInput } from '../../../domain/blueprint/blueprint-input.ts';
import { beside, relativeTo } from '../../../domain/blueprint/relative-path.ts';

export type FoundFile =
  | { readonly found: 'text'; readonly file: string; readonly text: string }
  /** It is there, and no text. */
  | { readonly found: 'binary'; readonly file: string }
  /** Where it would be looked for on a disk. Null for what is never read: URLs. */
  | { readonly found: 'nothing'; readonly file: string | null };

/**
 * The file that a template calls by this name: beside the file that says so, as TOSCA has it; from the root of the archive, as
 * templates of Brooklyn and older ones do (`/scripts/a.sh`, `classpath://scripts/a.sh`); or beside the main file.
 */
export function findFile(name: string, from: string | undefined, input: BlueprintInput): FoundFile {
  if (isUrl(name)) return { found: 'nothing', file: null };
  const path = name.replace(/^(?:classpath|file):\/*/, '/');
  const rooted = path.startsWith('/');
  const places = [...(rooted ? [] : [beside(from ?? '', path)]), fromRoot(path, input), beside('', path)];
  for (const file of places) {
    const text = input.files !== undefined && Object.hasOwn(input.files, file) ? input.files[file] : undefined;
    if (text !== undefined) return { found: 'text', file, text };
  }
  const binary = input.binaryFiles === undefined ? undefined : places.find((file) => input.binaryFiles?.includes(file));
  return binary === undefined ? { found: 'nothing', file: places[0] ?? null } : { found: 'binary', file: binary };
}

export function isUrl(name: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(name) && !/^(?:classpath|file):/i.test(name);
}

/** Files are named as the main file would name them, so the root lies as far above as the main file lies below it. */
function fromRoot(path: string, { file = '' }: BlueprintInput): string {
  return relativeTo(/^[./]|:/.test(file) ? '' : file, path.replace(/^\/+/, ''));
}
