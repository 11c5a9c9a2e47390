import { quoteText } from '../blueprint/findings.ts';
import { entryAt } from '../blueprint/source-builder.ts';
import type { SourceEntry } from '../blueprint/source-node.ts';
import { placeOf } from './compose-findings.ts';
import type { ComposeContext } from './compose-model.ts';
import type { ComposeMount } from './read-mounts.ts';
import { literalAt } from './read-value.ts';

/**
 * A file or folder beside the Compose file: containers run on other machines, so what came with the Compose file is written into the
 * container before it starts.
 */
export function toCopiedFiles(mount: ComposeMount & { readonly kind: 'bind' }, context: ComposeContext): readonly SourceEntry[] {
  const { source, target, readOnly } = mount;
  const { findings, files } = context;
  const resolved = files.resolve(source, mount.range.file);
  if ('refused' in resolved) {
    findings.add('compose-file-refused', { ...placeOf(mount), message: `${quoteText(source)} is not read: ${resolved.refused}.` });
    return [];
  }
  const one = files.read(resolved.path);
  const copies: readonly (readonly [string, string])[] =
    one !== undefined
      ? [[target, one]]
      : files
          .below(resolved.path)
          .map((path) => [`${target.replace(/\/+$/, '')}/${path.slice(prefixLength(resolved.path))}`, files.read(path) ?? '']);
  if (copies.length === 0) {
    const hint = `Put the files beside the Compose file. For data that the container writes, name a volume: “data:${target}”.`;
    const message = `${quoteText(source)} is beside the Compose file, not on the host that will run the container, and no file of it came along.`;
    findings.add('compose-file-missing', { ...placeOf(mount), message, hint });
    return [];
  }
  const what = one !== undefined ? 'It is' : copies.length === 1 ? 'Its only file is' : `Its ${copies.length} files are`;
  const message = `${what} copied into the container${readOnly ? '' : '; what the container writes there does not come back'}.`;
  findings.add('compose-copied', { ...placeOf(mount), message: `${quoteText(source)}: ${message}` });
  return copies.map(([path, content]) => entryAt(mount.range, path, literalAt(mount.range, content)));
}

function prefixLength(folder: string): number {
  return folder === '' || folder === '.' ? 0 : folder.length + 1;
}
