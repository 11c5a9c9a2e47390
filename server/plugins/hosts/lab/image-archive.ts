import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import type { DockerCli } from './docker-cli.ts';
import { ensurePrograms } from './ensure-programs.ts';
import { type LabWorld, lastLines } from './lab-world.ts';

/** Saves images as one compressed file with its checksum beside it. Older archives of the lab are removed. Errors: lab.failed. */
export async function saveArchive(world: LabWorld, docker: DockerCli, key: string, images: readonly string[]): Promise<void> {
  await ensurePrograms(world, ['zstd']);
  const path = archivePath(world, key);
  const draft = `${path}.draft`;
  await world.files.makeFolder(world.paths.archives);
  const commands = [
    [...docker.argv, 'save', ...images],
    ['zstd', '-1', '-T2', '--quiet', '--force', '-o', draft],
  ];
  const saved = await world.exec.pipeline(commands, {
    env: docker.env,
    timeoutMs: 600_000,
    ...(world.signal ? { signal: world.signal } : {}),
  });
  const checksum = await world.files.sha256(draft);
  if (saved.code !== 0 || checksum === undefined) {
    await world.files.remove(draft);
    throw new ClockerError('lab.failed', {
      message: `Cannot save the lab's images: ${lastLines(saved.stderr)}`,
      hint: `Is there room in ${world.settings.cacheFolder}?`,
    });
  }
  await world.files.rename(draft, path);
  await world.files.writeText(`${path}.sha256`, checksum);
  const kept = [path, `${path}.sha256`].map((file) => file.split('/').at(-1));
  for (const name of await world.files.list(world.paths.archives)) {
    if (!kept.includes(name)) await world.files.remove(`${world.paths.archives}/${name}`);
  }
}

/** Loads the images of an archive; false where there is none, or where it does not match its checksum (it is then removed). */
export async function loadArchive(world: LabWorld, docker: DockerCli, key: string): Promise<boolean> {
  if (!(await isWhole(world, key))) {
    await removeArchive(world, key);
    return false;
  }
  await ensurePrograms(world, ['zstd']);
  const path = archivePath(world, key);
  const commands = [
    ['zstd', '-dc', '--quiet', path],
    [...docker.argv, 'load', '--quiet'],
  ];
  const loaded = await world.exec.pipeline(commands, {
    env: docker.env,
    timeoutMs: 600_000,
    ...(world.signal ? { signal: world.signal } : {}),
  });
  if (loaded.code === 0) return true;
  await removeArchive(world, key);
  return false;
}

/** Whether the cache has an archive of this key. Its content is checked when it is loaded. */
export async function isArchived(world: LabWorld, key: string): Promise<boolean> {
  const path = archivePath(world, key);
  return (await world.files.size(path)) !== undefined && (await world.files.size(`${path}.sha256`)) !== undefined;
}

async function isWhole(world: LabWorld, key: string): Promise<boolean> {
  const path = archivePath(world, key);
  const wanted = await world.files.readText(`${path}.sha256`);
  return wanted !== undefined && (await world.files.sha256(path)) === wanted.trim();
}

async function removeArchive(world: LabWorld, key: string): Promise<void> {
  await world.files.remove(`${archivePath(world, key)}.sha256`);
  await world.files.remove(archivePath(world, key));
}

function archivePath(world: LabWorld, key: string): string {
  return `${world.paths.archives}/machine-${key}.tar.zst`;
}
