import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

export interface FoundArtifact {
  /** On this machine, absolute. */
  readonly file: string;
  readonly bytes: number;
}

/** A file in the folder of artifacts, or null: also for one that a symbolic link leads out of the folder to, a folder and a device. */
export async function findArtifact(folder: string, name: string): Promise<FoundArtifact | null> {
  try {
    const root = await realpath(folder);
    const file = await realpath(path.join(root, name));
    if (!file.startsWith(`${root}${path.sep}`)) return null;
    const found = await stat(file);
    return found.isFile() ? { file, bytes: found.size } : null;
  } catch {
    // It is not there, or may not be read: the same to whoever asks.
    return null;
  }
}
