import { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import { toArchivePath } from '../../domain/archive/archive-path.ts';
import { quoteText } from '../../domain/blueprint/findings.ts';
import { type ContextFile, inMebibytes, SOURCE_ARCHIVE_LIMITS, type UnpackedContext } from '../../domain/build/build-context.ts';

/** What bytes begin as that are a tar archive. */
export function isTar(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(257, 262)).toString('latin1') === 'ustar';
}

/** The plain files of a tar archive. A link is the file of the archive that it leads to; anything else is refused. */
export async function readTar(bytes: Uint8Array): Promise<UnpackedContext> {
  const files = new Map<string, ContextFile>();
  const links: { readonly path: string; readonly target: string }[] = [];
  const archive = Readable.from([bytes]).pipe(extract());
  try {
    for await (const entry of archive) {
      const placed = place(entry.header, files.size + links.length);
      if (typeof placed === 'string') return { ok: false, message: placed };
      if (placed.kind === 'link') links.push(placed);
      const content = await collect(entry);
      if (placed.kind === 'file') {
        files.set(placed.path, { path: placed.path, bytes: content, executable: ((entry.header.mode ?? 0) & 0o100) !== 0 });
      }
    }
  } catch (error) {
    return { ok: false, message: `The archive is damaged: ${error instanceof Error ? error.message : String(error)}.` };
  }
  return followLinks(files, links);
}

type Placed =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'nothing' };

function place(header: Header, count: number): Placed | string {
  const { name, type, size = 0, mode = 0, linkname } = header;
  const shown = quoteText(name);
  // GitHub's archives tell the commit in an entry of this kind.
  if (type === 'directory' || (type as string) === 'pax-global-header') return { kind: 'nothing' };
  if (count >= SOURCE_ARCHIVE_LIMITS.entries)
    return `The archive has more than ${SOURCE_ARCHIVE_LIMITS.entries.toLocaleString('en')} entries.`;
  const placed = toArchivePath(name);
  if (!placed.ok) return `The entry ${shown} ${placed.reason}.`;
  if ((mode & 0o6000) !== 0) return `The entry ${shown} would run as another user (setuid).`;
  const { path } = placed;
  if (type === 'symlink' || type === 'link') {
    const folder = type === 'link' ? '' : path.slice(0, path.lastIndexOf('/') + 1);
    return { kind: 'link', path, target: resolveIn(folder, linkname ?? '') };
  }
  if (type !== 'file' && type !== 'contiguous-file') return `The entry ${shown} is no plain file.`;
  if (size <= SOURCE_ARCHIVE_LIMITS.fileBytes) return { kind: 'file', path };
  return `The entry ${shown} is larger than ${inMebibytes(SOURCE_ARCHIVE_LIMITS.fileBytes)}.`;
}

function resolveIn(folder: string, target: string): string {
  if (target.startsWith('/')) return target;
  const parts: string[] = [];
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return target;
  }
  return parts.join('/');
}

async function collect(entry: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function followLinks(
  files: Map<string, ContextFile>,
  links: readonly { readonly path: string; readonly target: string }[],
): UnpackedContext {
  // A link may lead to one that stands behind it.
  let pending = [...links];
  while (pending.length > 0) {
    const left = pending.filter(({ path, target }) => {
      const file = files.get(target);
      if (file !== undefined) files.set(path, { ...file, path });
      return file === undefined;
    });
    const [first] = left;
    if (first !== undefined && left.length === pending.length) {
      return {
        ok: false,
        message: `The link ${quoteText(first.path)} leads to ${quoteText(first.target)}, which is no file of the archive.`,
      };
    }
    pending = left;
  }
  return { ok: true, files: [...files.values()] };
}
