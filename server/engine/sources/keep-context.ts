import {
  CONTEXT_LIMITS,
  type ContextFile,
  contextProblem,
  inMebibytes,
  packContext,
  SMALLER_CONTEXT,
  unpackContext,
} from '../../domain/build/build-context.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { BytesFile } from '../../ports/docker-engine.ts';
import type { EngineContext } from '../engine-context.ts';
import { hashOfContext } from './hash-of-context.ts';

/** Of all contexts of the installation, packed. */
const MOST_KEPT_BYTES = 8 * 1024 * 1024 * 1024;

export interface KeptContext {
  /** By which a blueprint names it. */
  readonly hash: string;
  readonly files: number;
  readonly bytes: number;
}

type Keeping = Pick<EngineContext, 'contexts' | 'clock'>;

/** Keeps the files by their content hash. @throws ClockerError conflict when the installation keeps too much already */
export async function keepContext({ contexts, clock }: Keeping, files: readonly ContextFile[]): Promise<KeptContext> {
  const total = await contexts.totalBytes();
  if (total > MOST_KEPT_BYTES) {
    throw new ClockerError('conflict', {
      message: `This installation keeps ${inMebibytes(total)} of files that images are built from, more than ${inMebibytes(MOST_KEPT_BYTES)}`,
      hint: 'Delete applications that are not needed; their files go within two hours.',
    });
  }
  const hash = hashOfContext(files);
  await contexts.put(hash, packContext(files), clock.now());
  return { hash, files: files.length, bytes: files.reduce((sum, file) => sum + file.bytes.length, 0) };
}

/**
 * Keeps an archive of a folder that images are to be built from, until a generation names it, at least for an hour. `over`: hash of one that is
 * kept, whose other files stay. @throws ClockerError input.invalid (no archive, unsafe, or too large) | not-found (`over`)
 */
export async function bringContext(context: Keeping, archive: Uint8Array, over?: string): Promise<KeptContext> {
  const unpacked = unpackContext(archive);
  if (!unpacked.ok) throw invalid(unpacked.message.replace(/\.$/, ''), unpacked.hint);
  const below = over === undefined ? [] : await filesOfContext(context, over);
  const files = [...new Map([...below, ...unpacked.files].map((file) => [file.path, file])).values()];
  const problem = contextProblem(files);
  if (problem !== null) throw invalid(`These are ${problem}`, SMALLER_CONTEXT);
  return await keepContext(context, files);
}

/** The files of a context that is kept. @throws ClockerError not-found */
export async function filesOfContext({ contexts }: Pick<EngineContext, 'contexts'>, hash: string): Promise<readonly ContextFile[]> {
  const archive = await contexts.get(hash);
  const unpacked = archive === null ? null : unpackContext(archive);
  if (unpacked?.ok) return unpacked.files;
  throw new ClockerError('not-found', {
    message: 'The files that this image is built from are no longer kept',
    hint: 'Update the application with its files.',
  });
}

/** The same as they are to be written below a folder. @throws ClockerError not-found */
export async function filesBelow(
  context: Pick<EngineContext, 'contexts'>,
  { path, hash }: { readonly path: string; readonly hash: string },
): Promise<readonly BytesFile[]> {
  const files = await filesOfContext(context, hash);
  return files.map((file) => ({ path: `${path}/${file.path}`, bytes: file.bytes, mode: file.executable ? 0o755 : 0o644 }));
}

function invalid(message: string, hint: string | undefined): ClockerError {
  return new ClockerError('input.invalid', { message, ...(hint === undefined ? {} : { hint }) });
}

/** Base64 of an archive of this size is what the API has to take. */
export const MOST_ARCHIVE_CHARACTERS = Math.ceil((CONTEXT_LIMITS.bytes * 4) / 3) + 1024 * 1024;
