import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ARCHIVE_LIMITS } from '../../domain/archive/archive.ts';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import { missingFiles } from '../../domain/blueprint/read-as-camp.ts';
import type { TypeLibrary } from '../../domain/blueprint/type-library.ts';

/** Imports that import further ones, one after the other. */
const MOST_ROUNDS = 12;
const MOST_FILES = 1000;

/**
 * Reads the files beside a blueprint that it refers to, and what those refer to. What is not there is left for the blueprint’s own
 * findings; so is what is larger than 2 MiB, which no blueprint needs as text.
 */
export async function gatherFiles(input: BlueprintInput, file: string, library: TypeLibrary): Promise<BlueprintInput> {
  const folder = path.dirname(file);
  const files = new Map<string, string>();
  const binaryFiles = new Set<string>();
  const asked = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const gathered = { ...input, files: Object.fromEntries(files), binaryFiles: [...binaryFiles] };
    const wanted = missingFiles(gathered, library).filter((name) => !asked.has(name));
    if (wanted.length === 0 || files.size >= MOST_FILES) return gathered;
    for (const name of wanted) asked.add(name);
    for (const name of await expandFolders(wanted, folder)) {
      const text = await readText(path.join(folder, name));
      if (text === 'binary') binaryFiles.add(name);
      else if (text !== null) files.set(name, text);
    }
  }
  return { ...input, files: Object.fromEntries(files), binaryFiles: [...binaryFiles] };
}

/** A name that ends with `/` stands for all files below that folder. */
async function expandFolders(names: readonly string[], folder: string): Promise<readonly string[]> {
  const expanded = await Promise.all(
    names.map(async (name) => {
      if (!name.endsWith('/')) return [name];
      const found = await readdir(path.join(folder, name), { recursive: true, withFileTypes: true }).catch(() => []);
      const below = found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
      return below.slice(0, MOST_FILES).map((below) => path.relative(folder, below).replaceAll(path.sep, '/'));
    }),
  );
  return expanded.flat();
}

/** Null for what is no file that can be read. */
async function readText(file: string): Promise<string | 'binary' | null> {
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) return null;
  if (found.size > ARCHIVE_LIMITS.fileBytes) return 'binary';
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? 'binary' : text;
  } catch {
    // Not UTF-8: an image, a program.
    return 'binary';
  }
}
