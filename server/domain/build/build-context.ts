import { type ZippableFile, zipSync } from 'fflate';
import { ARCHIVE_LIMITS } from '../archive/archive.ts';
import { readZip } from '../archive/read-zip.ts';
import { pathInContext } from './build-ask.ts';
import { parseDockerIgnore } from './docker-ignore.ts';

/** A file beside a Dockerfile. */
export interface ContextFile {
  /** From the root of the context, with `/` between folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** All that is kept of its permissions; it belongs to root. */
  readonly executable: boolean;
}

/** What the files beside one Dockerfile may have in all, after `.dockerignore`. */
export const CONTEXT_LIMITS = { bytes: 20 * 1024 * 1024, files: 2000 } as const;

/** Of an archive that files of a context come in: what `.dockerignore` leaves out may be in it too. */
export const SOURCE_ARCHIVE_LIMITS = { ...ARCHIVE_LIMITS, fileBytes: CONTEXT_LIMITS.bytes, textBytes: 64 * 1024 * 1024 };

const NAMED = 3;

/** What the engine is given: without what `.dockerignore` leaves out, and with that file and the Dockerfile in any case, by path. */
export function selectContext(files: readonly ContextFile[], dockerfile: string | null): readonly ContextFile[] {
  const ignore = files.find(({ path }) => path === DOCKER_IGNORE);
  const rules = ignore && parseDockerIgnore(new TextDecoder().decode(ignore.bytes));
  const isGiven = ({ path }: ContextFile): boolean => path === DOCKER_IGNORE || path === dockerfile || !rules?.leavesOut(path);
  return files.filter(isGiven).sort((a, b) => (a.path < b.path ? -1 : 1));
}

export const DOCKER_IGNORE = '.dockerignore';

/** Why these are too many; null where they are not. */
export function contextProblem(files: readonly ContextFile[]): string | null {
  const bytes = files.reduce((total, file) => total + file.bytes.length, 0);
  if (files.length > CONTEXT_LIMITS.files) {
    return `${files.length.toLocaleString('en')} files, more than ${CONTEXT_LIMITS.files.toLocaleString('en')}`;
  }
  if (bytes <= CONTEXT_LIMITS.bytes) return null;
  const largest = files.toSorted((a, b) => b.bytes.length - a.bytes.length).slice(0, NAMED);
  const named = largest.map(({ path, bytes: { length } }) => `${path} (${inMebibytes(length)})`).join(', ');
  return `${inMebibytes(bytes)}, more than ${inMebibytes(CONTEXT_LIMITS.bytes)}; the largest are ${named}`;
}

export const SMALLER_CONTEXT =
  'Name what the image does not need in .dockerignore, or give the URL of an archive to an ADD of the Dockerfile.';

/** `1.5 MiB` */
export function inMebibytes(bytes: number): string {
  return `${Number((bytes / 1024 / 1024).toFixed(1))} MiB`;
}

/** As it is sent and kept: a zip archive, the same for the same files in whatever order. */
export function packContext(files: readonly ContextFile[]): Uint8Array {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const entries = sorted.map(({ path, bytes, executable }): [string, ZippableFile] => {
    return [path, [bytes, { os: UNIX, attrs: (executable ? 0o100755 : 0o100644) * 0x10000 }]];
  });
  return zipSync(Object.fromEntries(entries), { mtime: MADE_AT, level: 6 });
}

const UNIX = 3;
/** A zip archive knows no time before 1980. */
const MADE_AT = '1980-01-02';

export type UnpackedContext =
  | { readonly ok: true; readonly files: readonly ContextFile[] }
  | { readonly ok: false; readonly message: string; readonly hint?: string };

/** The files of a zip archive. A file that is too large for any context is told; nothing of it is unpacked. */
export function unpackContext(bytes: Uint8Array): UnpackedContext {
  const archive = readZip(bytes, SOURCE_ARCHIVE_LIMITS);
  if (!archive.ok) return { ok: false, ...archive.problem };
  const tooLarge = archive.files.find((file) => file.bytes === null);
  if (tooLarge !== undefined) {
    return { ok: false, message: `${tooLarge.path} is larger than ${inMebibytes(CONTEXT_LIMITS.bytes)}.`, hint: SMALLER_CONTEXT };
  }
  return {
    ok: true,
    files: archive.files.flatMap(({ path, bytes: content, executable }) => (content ? [{ path, bytes: content, executable }] : [])),
  };
}

/** Of files that are no texts, those below each folder that has any: what texts there are comes with the blueprint itself. */
export function binaryContexts(
  folders: readonly string[],
  binaries: ReadonlyMap<string, Pick<ContextFile, 'bytes' | 'executable'>>,
): ReadonlyMap<string, readonly ContextFile[]> {
  const contexts = folders.map((folder) => {
    const files = [...binaries].flatMap(([name, file]): readonly ContextFile[] => {
      const path = pathInContext(folder, name);
      return path === null ? [] : [{ ...file, path }];
    });
    return [folder, files] as const;
  });
  return new Map(contexts.filter(([, files]) => files.length > 0));
}
