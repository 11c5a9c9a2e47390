import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { LocalFiles } from '../../ports/local-files.ts';
import { errorCode } from './error-code.ts';

/** The machine's own file system. */
export function createLocalFiles(): LocalFiles {
  return {
    readText: (path) => unlessMissing(readFile(path, 'utf8'), undefined),
    writeText: async (path, text, options) => {
      await mkdir(dirname(path), { recursive: true });
      const draft = `${path}.${randomUUID()}.tmp`;
      await writeFile(draft, text, { mode: options?.mode ?? 0o644, flush: true });
      await rename(draft, path);
    },
    createText,
    rename: (from, to) =>
      unlessMissing(
        rename(from, to).then(() => true),
        false,
      ),
    remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 200 }),
    makeFolder: async (path, mode) => {
      await mkdir(path, { recursive: true, ...(mode === undefined ? {} : { mode }) });
    },
    list: async (path) => [...(await unlessMissing(readdir(path), []))].sort(),
    listFiles,
    size: (path) =>
      unlessMissing(
        stat(path).then((found) => found.size),
        undefined,
      ),
    sha256,
  };
}

async function createText(path: string, text: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function listFiles(path: string): Promise<readonly string[]> {
  const entries = await unlessMissing(readdir(path, { recursive: true, withFileTypes: true }), []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)))
    .sort();
}

async function sha256(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  const done = pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash).then(() => hash.digest('hex'));
  return unlessMissing(done, undefined);
}

async function unlessMissing<T, M>(reading: Promise<T>, missing: M): Promise<T | M> {
  try {
    return await reading;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return missing;
    throw error;
  }
}
