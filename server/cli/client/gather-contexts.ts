import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../adapters/process/error-code.ts';
import type { BlueprintInput } from '../../domain/blueprint/blueprint-input.ts';
import { buildFiles } from '../../domain/blueprint/read-as-camp.ts';
import type { TypeLibrary } from '../../domain/blueprint/type-library.ts';
import { CONTEXT_LIMITS, type ContextFile, contextProblem, DOCKER_IGNORE, SMALLER_CONTEXT } from '../../domain/build/build-context.ts';
import { type DockerIgnore, parseDockerIgnore } from '../../domain/build/docker-ignore.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { type GatherOptions, isWithin, type NotRead, OUTSIDE } from './gather-files.ts';

export interface GatheredContexts {
  /** Files by the folder that an image is built from. */
  readonly contexts: ReadonlyMap<string, readonly ContextFile[]>;
  readonly notRead: readonly NotRead[];
}

/**
 * Reads the folders beside a blueprint that its images are built from, without what their `.dockerignore` leaves out and without the blueprint
 * itself. Links are followed to files that may be read; what is outside is read only where it was named.
 * @throws ClockerError input.invalid for a folder with more than a context may have
 */
export async function gatherContexts(input: BlueprintInput, options: GatherOptions, library: TypeLibrary): Promise<GatheredContexts> {
  const beside = path.dirname(options.file);
  const roots = await Promise.all([beside, ...options.allowed].map((root) => realpath(root).catch(() => path.resolve(root))));
  const own = new Set([options.file, ...(input.overlays ?? []).map((name) => path.join(beside, name))].map((file) => path.resolve(file)));
  const contexts = new Map<string, readonly ContextFile[]>();
  const notRead: NotRead[] = [];
  for (const name of buildFiles(input, library).folders) {
    const folder = path.join(beside, name);
    const real = await realpath(folder).catch(() => null);
    if (real === null) continue;
    if (!isWithin(real, roots)) notRead.push({ name: `${name}/`, reason: OUTSIDE });
    else {
      const files = await readContext({ folder, name, roots, own, notRead });
      if (files.length > 0) contexts.set(name, files);
    }
  }
  return { contexts, notRead };
}

interface Reading {
  readonly folder: string;
  readonly name: string;
  readonly roots: readonly string[];
  /** The blueprint and what is merged over it: a change there is none of the image's. */
  readonly own: ReadonlySet<string>;
  readonly notRead: NotRead[];
}

async function readContext(reading: Reading): Promise<readonly ContextFile[]> {
  const { folder, name, notRead } = reading;
  const ignore = parseDockerIgnore(await readFile(path.join(folder, DOCKER_IGNORE), 'utf8').catch(() => ''));
  const files: ContextFile[] = [];
  let bytes = 0;
  const unreadable = (at: string, reason: string): void => void notRead.push({ name: at === '' ? name : `${name}/${at}`, reason });
  for await (const at of filesBelow(folder, '', { ignore, unreadable })) {
    const file = await readOne(at, reading);
    if (file === null) continue;
    files.push(file);
    bytes += file.bytes.length;
    // The rest is not read only to be refused; the largest so far tell what it is about.
    if (files.length > CONTEXT_LIMITS.files || bytes > CONTEXT_LIMITS.bytes) break;
  }
  const problem = contextProblem(files);
  if (problem === null) return files;
  throw new ClockerError('input.invalid', { message: `${name} has ${problem}`, hint: SMALLER_CONTEXT });
}

interface Walking {
  readonly ignore: DockerIgnore;
  readonly unreadable: (at: string, reason: string) => void;
}

/** Why a folder cannot be read, in words. */
function reasonOf(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOTDIR') return 'it is no folder';
  return code === 'EACCES' || code === 'EPERM' ? 'you may not read it' : `it cannot be read (${code ?? String(error)})`;
}

/** Paths below the folder, with `/`. A Dockerfile is there though it is left out: the engine needs it, and the image does not get it. */
async function* filesBelow(folder: string, within: string, walking: Walking): AsyncGenerator<string> {
  const { ignore, unreadable } = walking;
  const found = await readdir(path.join(folder, within), { withFileTypes: true }).catch((error: unknown) => {
    unreadable(within, reasonOf(error));
    return [];
  });
  for (const entry of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!ignore.leavesOutAll(at)) yield* filesBelow(folder, at, walking);
    } else if (at === DOCKER_IGNORE || /dockerfile/i.test(entry.name) || !ignore.leavesOut(at)) yield at;
  }
}

async function readOne(at: string, { folder, name, roots, own, notRead }: Reading): Promise<ContextFile | null> {
  const file = path.join(folder, at);
  if (own.has(path.resolve(file))) return null;
  const real = await realpath(file).catch(() => null);
  const found = real === null ? null : await stat(real).catch(() => null);
  const shown = `${name}/${at}`;
  if (real === null || found === null || !found.isFile()) {
    notRead.push({ name: shown, reason: found?.isDirectory() ? 'it is a link to a folder' : 'it is no plain file' });
    return null;
  }
  if (!isWithin(real, roots)) {
    notRead.push({ name: shown, reason: OUTSIDE });
    return null;
  }
  // Larger than all together may be: it need not be read to be told.
  const bytes =
    found.size > CONTEXT_LIMITS.bytes
      ? new Uint8Array(found.size)
      : await readFile(real).catch((error: unknown) => {
          notRead.push({ name: shown, reason: reasonOf(error) });
          return null;
        });
  if (bytes === null) return null;
  return { path: at, bytes, executable: (found.mode & 0o100) !== 0 };
}
