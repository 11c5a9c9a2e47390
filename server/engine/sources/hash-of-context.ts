import { createHash } from 'node:crypto';
import type { ContextFile } from '../../domain/build/build-context.ts';

/** SHA-256 over paths, permissions and contents, hexadecimal: the same for the same files, however they were packed. */
export function hashOfContext(files: readonly ContextFile[]): string {
  const hash = createHash('sha256');
  for (const { path, bytes, executable } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const content = createHash('sha256').update(bytes).digest('hex');
    hash.update(JSON.stringify([path, executable, content]));
  }
  return hash.digest('hex');
}
