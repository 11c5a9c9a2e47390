import { quoteText } from '../blueprint/findings.ts';
import { ARCHIVE_LIMITS, type ArchiveFile, type ArchiveLimits, type ArchiveProblem, type ArchiveResult } from './archive.ts';
import { foldPath, toArchivePath } from './archive-path.ts';
import { crc32 } from './crc32.ts';
import { inflateBounded } from './inflate-bounded.ts';
import { packedBytes, readZipDirectory, type ZipDirectory, type ZipEntry } from './zip-directory.ts';

/**
 * Reads a zip archive in memory. Refused whole, before anything is unpacked: entries that lead out of it, links and other files
 * that are no plain ones, names that some file systems take for one, encryption, and more than the limits. Pure; takes time
 * linear in the archive and the limits, whatever sizes it claims.
 */
export function readZip(bytes: Uint8Array, limits: ArchiveLimits = ARCHIVE_LIMITS): ArchiveResult {
  if (bytes.length > limits.bytes) return refuse('archive-limit', `The archive is larger than ${inMiB(limits.bytes)}.`);
  const directory = readZipDirectory(bytes, limits.entries);
  if (!directory.ok) return { ok: false, problem: directoryProblem(bytes, directory.reason, limits) };
  const checked = checkEntries(directory.entries, limits);
  if (!checked.ok) return checked;
  const files: ArchiveFile[] = [];
  for (const { path, entry } of checked.files) {
    const unpacked = entry.size > limits.fileBytes ? null : unpack(bytes, entry);
    if (unpacked === 'damaged') return refuse('archive-unreadable', `The entry ${quoteText(path)} is damaged.`, 'Make the archive again.');
    files.push({ path, bytes: unpacked, executable: (entry.mode & OWNER_RUNS) !== 0 });
  }
  return { ok: true, files };
}

interface PlacedEntry {
  readonly path: string;
  readonly entry: ZipEntry;
}

type Checked = { readonly ok: true; readonly files: readonly PlacedEntry[] } | (ArchiveResult & { readonly ok: false });

function checkEntries(entries: readonly ZipEntry[], limits: ArchiveLimits): Checked {
  const files: PlacedEntry[] = [];
  const taken = new Map<string, string>();
  let total = 0;
  let text = 0;
  for (const entry of entries) {
    const name = quoteText(entry.name);
    const placed = toArchivePath(entry.name);
    if (!placed.ok) return refuse('archive-unsafe', `The entry ${name} ${placed.reason}.`);
    const kind = kindProblem(entry);
    if (kind !== null) return refuse('archive-unsafe', `The entry ${name} ${kind}.`);
    if (placed.path.endsWith('/')) continue;
    const folded = foldPath(placed.path);
    const other = taken.get(folded);
    if (other !== undefined) return refuse('archive-unsafe', `The entries ${quoteText(other)} and ${name} name one file.`, 'Rename one.');
    taken.set(folded, placed.path);
    total += entry.size;
    if (entry.size <= limits.fileBytes) text += entry.size;
    files.push({ path: placed.path, entry });
  }
  const inside = files.find(({ path }) => foldersOf(foldPath(path)).some((folder) => taken.has(folder)));
  if (inside !== undefined) return refuse('archive-unsafe', `The entry ${quoteText(inside.path)} stands below another that is a file.`);
  if (total > limits.unpackedBytes) return refuse('archive-limit', `Unpacked, the archive has more than ${inMiB(limits.unpackedBytes)}.`);
  if (text > limits.textBytes) {
    const each = inMiB(limits.fileBytes);
    return refuse('archive-limit', `The files of at most ${each} in the archive have more than ${inMiB(limits.textBytes)}.`);
  }
  return { ok: true, files };
}

const KIND_OF_FILE = 0o170000;
const FOLDER = 0o040000;
const PLAIN_FILE = 0o100000;
const SYMBOLIC_LINK = 0o120000;
const SET_ID = 0o6000;
const OWNER_RUNS = 0o100;

function kindProblem({ mode, encrypted, method }: ZipEntry): string | null {
  const kind = mode & KIND_OF_FILE;
  if (kind === SYMBOLIC_LINK) return 'is a link';
  if (kind !== 0 && kind !== PLAIN_FILE && kind !== FOLDER) return 'is no plain file';
  if ((mode & SET_ID) !== 0) return 'would run as another user (setuid)';
  if (encrypted) return 'is encrypted';
  return method === 0 || method === 8 ? null : `is packed with a method (${method}) that is not read; use DEFLATE`;
}

function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array | 'damaged' {
  const packed = packedBytes(bytes, entry);
  if (packed === null) return 'damaged';
  const unpacked = entry.method === 0 ? (packed.length === entry.size ? packed : null) : inflateBounded(packed, entry.size);
  return unpacked !== null && crc32(unpacked) === entry.crc ? unpacked : 'damaged';
}

/** `a/b/c` → `a`, `a/b`. */
function foldersOf(path: string): readonly string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
}

function directoryProblem(
  bytes: Uint8Array,
  reason: (ZipDirectory & { readonly ok: false })['reason'],
  limits: ArchiveLimits,
): ArchiveProblem {
  const hint = 'Make the archive again.';
  switch (reason) {
    case 'not-a-zip':
      return { code: 'archive-unreadable', message: bytes.length === 0 ? 'The archive is empty.' : 'The file is no zip archive.', hint };
    case 'damaged':
      return { code: 'archive-unreadable', message: 'The archive is cut off or damaged.', hint };
    case 'zip64':
      return { code: 'archive-limit', message: 'The archive is of the Zip64 kind, for more and larger files than are read.' };
    case 'too-many':
      return { code: 'archive-limit', message: `The archive has more than ${limits.entries.toLocaleString('en')} entries.` };
  }
}

function refuse(code: ArchiveProblem['code'], message: string, hint?: string): ArchiveResult & { readonly ok: false } {
  return { ok: false, problem: { code, message, ...(hint === undefined ? {} : { hint }) } };
}

function inMiB(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`;
}
