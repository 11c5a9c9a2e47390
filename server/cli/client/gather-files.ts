import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { ARCHIVE_LIMITS } from '../../domain/archive/archive.ts';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import { missingFiles } from '../../domain/blueprint/read-as-camp.ts';
import type { TypeLibrary } from '../../domain/blueprint/type-library.ts';

/** Imports that import further ones, one after the other. */
const MOST_ROUNDS = 12;
const MOST_FILES = 1000;

export interface GatherOptions {
  /** The blueprint itself; names are meant from its folder. */
  readonly file: string;
  /** Files and folders that may be read although they are outside of that folder. */
  readonly allowed: readonly string[];
}

/** A file that a blueprint refers to and that was left alone. */
export interface NotRead {
  readonly name: string;
  readonly reason: string;
}

export interface Gathered {
  readonly input: BlueprintInput;
  readonly notRead: readonly NotRead[];
}

/**
 * Reads the files beside a blueprint that it refers to, and what those refer to. What is not there is left for the blueprint’s own
 * findings; so is what is larger than 2 MiB, which no blueprint needs as text. What is outside of its folder, also by way of a
 * link, is read only where it was named.
 */
export async function gatherFiles(input: BlueprintInput, options: GatherOptions, library: TypeLibrary): Promise<Gathered> {
  const folder = path.dirname(options.file);
  const files = new Map(Object.entries(input.files ?? {}));
  const binaryFiles = new Set<string>();
  const notRead = new Map<string, string>();
  const asked = new Set<string>();
  const roots = await Promise.all([folder, ...options.allowed].map((root) => realpath(root).catch(() => path.resolve(root))));
  const current = () => ({ ...input, files: Object.fromEntries(files), binaryFiles: [...binaryFiles] });
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const wanted = missingFiles(current(), library).filter((name) => !asked.has(name));
    if (wanted.length === 0 || files.size >= MOST_FILES) break;
    for (const name of wanted) asked.add(name);
    for (const name of await expandFolders(wanted, folder, roots, notRead)) {
      const text = name.endsWith('/') ? '' : await readText(path.join(folder, name), roots);
      if (text === 'outside') notRead.set(name, OUTSIDE);
      else if (text === 'binary') binaryFiles.add(name);
      else if (text !== null) files.set(name, text);
    }
  }
  return { input: current(), notRead: [...notRead].map(([name, reason]) => ({ name, reason })) };
}

export const OUTSIDE = 'it is outside of the folder of the blueprint; name it with --with to have it read';

/** A name that ends with `/` stands for all files below that folder; it stays where there are none. */
async function expandFolders(
  names: readonly string[],
  folder: string,
  roots: readonly string[],
  notRead: Map<string, string>,
): Promise<readonly string[]> {
  const expanded = await Promise.all(
    names.map(async (name) => {
      if (!name.endsWith('/')) return [name];
      const at = path.join(folder, name);
      const real = await realpath(at).catch(() => path.resolve(roots[0] ?? folder, name));
      if (!isWithin(real, roots)) {
        notRead.set(name, OUTSIDE);
        return [];
      }
      const found = await readdir(at, { recursive: true, withFileTypes: true }).catch(() => []);
      const isFile = (await stat(at.replace(/\/+$/, '')).catch(() => null))?.isFile() === true;
      if (found.length === 0 && !isFile) return [name];
      const below = found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
      return below.slice(0, MOST_FILES).map((one) => path.relative(folder, one).replaceAll(path.sep, '/'));
    }),
  );
  return expanded.flat();
}

export function isWithin(real: string, roots: readonly string[]): boolean {
  return roots.some((root) => real === root || real.startsWith(root.endsWith(path.sep) ? root : root + path.sep));
}

/** Null for what is no file that can be read. */
async function readText(file: string, roots: readonly string[]): Promise<string | 'binary' | 'outside' | null> {
  const real = await realpath(file).catch(() => null);
  const found = real === null ? null : await stat(real).catch(() => null);
  if (real === null || found === null || !found.isFile()) return null;
  if (!isWithin(real, roots)) return 'outside';
  if (found.size > ARCHIVE_LIMITS.fileBytes) return 'binary';
  const bytes = await readFile(real).catch(() => null);
  if (bytes === null) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? 'binary' : text;
  } catch {
    // Not UTF-8: an image, a program.
    return 'binary';
  }
}
