import { posix } from 'node:path';
import { isClockerError } from '../../domain/shared/clocker-error.ts';
import type { CallOptions } from '../../ports/docker-engine.ts';
import { DEADLINE_MS } from './deadlines.ts';
import { toCallError } from './engine-errors.ts';
import type { EngineRequest } from './engine-http.ts';
import type { EngineParts } from './engine-parts.ts';
import { toObjectName } from './object-name.ts';
import { tarFiles, type WrittenFile } from './tar-files.ts';

/** Writes files into a container, running or not. Folders that lack are made with mode 755. */
export async function writeFiles(parts: EngineParts, id: string, files: readonly WrittenFile[], options?: CallOptions): Promise<void> {
  if (files.length === 0) return;
  try {
    await upload(parts, { id, files, folder: '/', options });
  } catch (error) {
    // A read-only file system takes files in its volumes only, and wants to be told the folder inside of one.
    if (!isClockerError(error) || !/read-only/i.test(error.message)) throw error;
    for (const [folder, inside] of byFolder(files)) await upload(parts, { id, files: inside, folder, options });
  }
}

interface Upload {
  readonly id: string;
  readonly files: readonly WrittenFile[];
  readonly folder: string;
  readonly options: CallOptions | undefined;
}

async function upload({ http, transport }: EngineParts, { id, files, folder, options }: Upload): Promise<void> {
  const what = `files for ${id.slice(0, 24)}`;
  const request: EngineRequest = {
    what,
    method: 'PUT',
    path: `/containers/${toObjectName(id)}/archive`,
    query: { path: folder, noOverwriteDirNonDir: 'true' },
    body: await tarFiles(files, folder),
    contentType: 'application/x-tar',
    headMs: DEADLINE_MS.archive,
    signal: options?.signal,
  };
  try {
    await http.send(request);
  } catch (error) {
    throw toCallError(transport.hostName, what, error);
  }
}

function byFolder(files: readonly WrittenFile[]): ReadonlyMap<string, readonly WrittenFile[]> {
  return Map.groupBy(files, (file) => posix.dirname(file.path));
}
