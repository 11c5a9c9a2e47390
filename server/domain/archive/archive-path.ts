import { ARCHIVE_LIMITS } from './archive.ts';

export type ArchivePath = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string };

/** The name of an entry as a path below the root of the archive, or why it cannot be one. */
export function toArchivePath(name: string): ArchivePath {
  const path = name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  const parts = path.replace(/\/$/, '').split('/');
  const reason = pathProblem(path, parts);
  return reason === null ? { ok: true, path } : { ok: false, reason };
}

/** What two names have in common that name one file on some file system: case, composed letters, `ß` and `ss`. */
export function foldPath(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

function pathProblem(path: string, parts: readonly string[]): string | null {
  if (path === '' || parts.includes('') || parts.includes('.')) return path.startsWith('/') ? 'is an absolute path' : 'has an empty part';
  if (/^[A-Za-z]:/.test(path)) return 'is a path of a drive';
  if (parts.includes('..')) return 'leads out of the archive';
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(path)) return 'has invisible characters';
  if (path.length > ARCHIVE_LIMITS.pathCharacters) return `is longer than ${ARCHIVE_LIMITS.pathCharacters} characters`;
  return parts.length > ARCHIVE_LIMITS.pathDepth ? `has more than ${ARCHIVE_LIMITS.pathDepth} folders` : null;
}
