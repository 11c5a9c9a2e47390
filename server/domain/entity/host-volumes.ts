import { z } from 'zod';
import type { ArchivePlace } from '../software/archives.ts';
import type { HostFolder } from './container-spec.ts';
import { isHostFolder } from './host-access.ts';

const target = z
  .string()
  .regex(/^\/[^:\0]*$/, 'needs an absolute path in the container')
  .refine((path) => !path.split('/').includes('..'), 'has “..” in its path')
  .refine((path) => /[^/]/.test(path), 'cannot be the whole file system');

/**
 * Source: folder in the container. A source that is an absolute path is a folder of the host, which is host access; any other is the URL of an archive, or
 * a folder beside the blueprint, whose files are written into each new container.
 */
export const hostVolumes = z.record(z.string().min(1).max(4096), target).meta({
  title: 'Host volumes',
  description: 'Folder of the host (host access), URL of an archive or folder beside the blueprint: folder in the container.',
});

export type HostVolumes = z.infer<typeof hostVolumes>;

export function foldersOfHost(value: HostVolumes): readonly HostFolder[] {
  return Object.entries(value).flatMap(([source, path]) => (isHostFolder(source) ? [{ source, path, readOnly: false }] : []));
}

export function archivesOf(value: HostVolumes): readonly ArchivePlace[] {
  return Object.entries(value).flatMap(([source, path]) => (isHostFolder(source) ? [] : [{ source, path, unpack: true as const }]));
}
