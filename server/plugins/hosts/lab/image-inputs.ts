import { join } from 'node:path';
import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { type AptFile, pickDebianSources } from './debian-sources.ts';
import { APP_IMAGES, MACHINE_IMAGES } from './image-catalog.ts';
import type { ImageFiles, ImageInputs } from './image-keys.ts';
import type { LabWorld } from './lab-world.ts';

export const SUITE = 'bookworm';
export const IMAGE_FOLDERS = join(import.meta.dirname, 'images');

/** All that decides what the images will be: their folders and where this machine's apt gets Debian from. */
export async function readImageInputs(world: LabWorld): Promise<ImageInputs> {
  const names = ['base', ...MACHINE_IMAGES.map((image) => image.folder), ...APP_IMAGES.map((image) => image.folder)];
  const folders = await Promise.all(names.map(async (name) => [name, await readImageFolder(world, name)] as const));
  const sources = await readAptSources(world);
  const options = await readAptOptions(world);
  return { aptSources: JSON.stringify({ sources, options }), folders: Object.fromEntries(folders) };
}

async function readImageFolder(world: LabWorld, name: string): Promise<ImageFiles> {
  const folder = join(IMAGE_FOLDERS, name);
  const paths = await world.files.listFiles(folder);
  const files = await Promise.all(paths.map(async (path) => [path, (await world.files.readText(join(folder, path))) ?? ''] as const));
  return Object.fromEntries(files);
}

/** This machine's Debian sources: copied into the images when they are built, so that they install from where the machine does. */
export async function readAptSources(world: LabWorld): Promise<readonly AptFile[]> {
  const folder = '/etc/apt/sources.list.d';
  const names = (await world.files.list(folder)).filter((name) => /\.(list|sources)$/.test(name));
  const paths = ['/etc/apt/sources.list', ...names.map((name) => `${folder}/${name}`)];
  const files = await Promise.all(paths.map(async (path) => ({ name: path, text: (await world.files.readText(path)) ?? '' })));
  return pickDebianSources(files, SUITE);
}

/** apt's own settings without which this machine's sources may not answer: proxies and how strictly dates are checked. */
export async function readAptOptions(world: LabWorld): Promise<readonly string[]> {
  const dump = (await world.exec.run(['apt-config', 'dump'])).stdout;
  return dump.split('\n').filter((line) => /^Acquire::((http|https)::Proxy|Check-Valid-Until|Check-Date) "/.test(line));
}

export function noSources(): ClockerError {
  return new ClockerError('lab.failed', {
    message: `This machine's apt has no Debian ${SUITE} sources, and the image debian:${SUITE}-slim cannot be pulled`,
    hint: 'Run the lab where Docker Hub can be reached, or on Debian 12.',
  });
}
