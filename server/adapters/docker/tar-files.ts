import { posix } from 'node:path';
import { pack } from 'tar-stream';
import type { FileSpec } from '../../domain/entity/container-spec.ts';
import type { BytesFile } from '../../ports/docker-engine.ts';

export type WrittenFile = FileSpec | BytesFile;

/**
 * A tar archive of files, owned by root unless they say another owner, to be unpacked at `folder`.
 * @param folders entries made before the files, absolute; existing folders are left out so that they keep their owner and mode
 */
export async function tarFiles(files: readonly WrittenFile[], folder: string, folders: readonly string[] = []): Promise<Buffer> {
  const archive = pack();
  for (const path of folders) archive.entry({ name: `${posix.relative(folder, path)}/`, type: 'directory', mode: 0o755 });
  for (const file of files) {
    const { mode } = file;
    const name = posix.relative(folder, file.path);
    if ('bytes' in file) archive.entry({ name, mode, uid: 0, gid: 0 }, Buffer.from(file.bytes));
    else archive.entry({ name, mode, uid: file.uid ?? 0, gid: file.gid ?? 0 }, file.content);
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
