import { createHash } from 'node:crypto';
import { MACHINE_IMAGES } from './image-catalog.ts';

/** Text files of one image's folder: path within the folder → content. */
export type ImageFiles = Readonly<Record<string, string>>;

export interface ImageInputs {
  /** What `apt` reads on this machine. */
  readonly aptSources: string;
  /** Folder below `images/` → its files. */
  readonly folders: Readonly<Record<string, ImageFiles>>;
}

/** 16 hexadecimal digits that change when any part does. The order of the parts counts. */
export function toCacheKey(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex').slice(0, 16);
}

export function baseKey(inputs: ImageInputs): string {
  return toCacheKey(['base 1', inputs.aptSources, ...toParts(inputs.folders.base)]);
}

export function machineKey(inputs: ImageInputs, folder: string): string {
  const from = MACHINE_IMAGES.find((image) => image.folder === folder)?.from;
  const below = from === undefined || from === 'base' ? baseKey(inputs) : machineKey(inputs, from);
  return toCacheKey(['machine 1', below, ...toParts(inputs.folders[folder])]);
}

/** Key of the archive that holds the base and all machine images. */
export function archiveKey(inputs: ImageInputs): string {
  return toCacheKey(['archive 1', ...MACHINE_IMAGES.map((image) => machineKey(inputs, image.folder))]);
}

export function appKey(inputs: ImageInputs, folder: string): string {
  return toCacheKey(['app 1', baseKey(inputs), ...toParts(inputs.folders[folder])]);
}

function toParts(files: ImageFiles | undefined): readonly string[] {
  return Object.entries(files ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flat();
}
