/** What an uploaded archive may hold. Its files are only ever read in memory. */
export const ARCHIVE_LIMITS = {
  /** Of the archive itself. */
  bytes: 64 * 1024 * 1024,
  /** Of all entries together, as the archive tells their size. */
  unpackedBytes: 200 * 1024 * 1024,
  entries: 5000,
  /** A file that is larger is not unpacked: it is no text that anybody wrote. */
  fileBytes: 2 * 1024 * 1024,
  /** Of all files that are unpacked. */
  textBytes: 20 * 1024 * 1024,
  pathCharacters: 400,
  pathDepth: 32,
} as const;

export type ArchiveLimits = Readonly<Record<'bytes' | 'unpackedBytes' | 'entries' | 'fileBytes' | 'textBytes', number>>;

export interface ArchiveFile {
  /** From the root of the archive, with `/` between folders: `Scripts/install.sh`. */
  readonly path: string;
  /** Null for a file that is not unpacked. */
  readonly bytes: Uint8Array | null;
  /** As its owner may run it; false where the archive does not tell. */
  readonly executable: boolean;
}

export interface ArchiveProblem {
  readonly code: 'archive-unreadable' | 'archive-unsafe' | 'archive-limit';
  readonly message: string;
  readonly hint?: string;
}

export type ArchiveResult =
  | { readonly ok: true; readonly files: readonly ArchiveFile[] }
  | { readonly ok: false; readonly problem: ArchiveProblem };
