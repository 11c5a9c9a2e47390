import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

export interface PackedFile {
  /** Absolute path on the host. Its folder has to exist there: only files are packed, so that no folder's owner or mode changes. */
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** A tar archive of files that belong to root. */
export async function packFiles(files: readonly PackedFile[]): Promise<Uint8Array> {
  const archive = pack();
  for (const file of files) archive.entry({ name: file.path.replace(/^\//, ''), mode: file.mode, uid: 0, gid: 0 }, file.text);
  archive.finalize();
  return buffer(archive);
}
