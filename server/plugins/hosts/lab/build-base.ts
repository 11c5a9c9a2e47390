import type { AptFile } from './debian-sources.ts';
import type { DockerCli } from './docker-cli.ts';
import { ensurePrograms } from './ensure-programs.ts';
import { IMAGE_FOLDERS, noSources, readAptOptions, readAptSources, SUITE } from './image-inputs.ts';
import { baseKey, type ImageInputs } from './image-keys.ts';
import { type LabWorld, mustRun } from './lab-world.ts';

const UPSTREAM_PATIENCE_MS = 20_000;

export function baseImage(inputs: ImageInputs): string {
  return `clocker-lab/base:${baseKey(inputs)}`;
}

/** Makes the image that all others start from: Docker Hub's debian:bookworm-slim where it can be pulled, else the same set of packages by mmdebstrap. */
export async function buildBase(world: LabWorld, docker: DockerCli, inputs: ImageInputs): Promise<void> {
  const image = baseImage(inputs);
  if (await pulledUpstream(docker)) {
    await docker.must(['tag', `debian:${SUITE}-slim`, image]);
    return;
  }
  const sources = await readAptSources(world);
  if (sources.length === 0) throw noSources();
  await ensurePrograms(world, ['mmdebstrap']);
  const archive = `${world.paths.workFolder}/${baseKey(inputs)}.tar`;
  await world.files.makeFolder(world.paths.workFolder);
  await mustRun(world, await bootstrapCommand(world, archive, sources), {
    timeoutMs: 900_000,
    env: { TMPDIR: world.paths.workFolder },
    hint: 'Check that "apt-get update" works on this machine.',
  });
  await docker.must(['import', '--change', 'CMD ["bash"]', '--change', 'LABEL io.clocker.lab=1', archive, image], { timeoutMs: 300_000 });
  await world.files.remove(archive);
}

async function pulledUpstream(docker: DockerCli): Promise<boolean> {
  try {
    return (await docker.run(['pull', '--quiet', `debian:${SUITE}-slim`], { timeoutMs: UPSTREAM_PATIENCE_MS })).code === 0;
  } catch {
    // No answer in time: Docker Hub cannot be reached from here.
    return false;
  }
}

async function bootstrapCommand(world: LabWorld, archive: string, sources: readonly AptFile[]): Promise<readonly string[]> {
  const options = await readAptOptions(world);
  const settings = [...options.map((line) => line.replace(/;$/, '')), 'Acquire::Languages "none"', 'APT::Install-Recommends "false"'];
  const copies = await Promise.all(
    sources.map(async (file) => {
      const copy = `${world.paths.workFolder}/sources/${file.name.split('/').at(-1)}`;
      await world.files.writeText(copy, file.text);
      return copy;
    }),
  );
  return [
    ...['mmdebstrap', '--quiet', '--variant=minbase', '--mode=root', `--dpkgopt=${IMAGE_FOLDERS}/base/dpkg-slim.conf`],
    // usrmerge and with it all of perl stay out where /usr is merged from the start.
    ...['--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr', '--include=usr-is-merged'],
    `--customize-hook=copy-in ${IMAGE_FOLDERS}/base/90clean /etc/apt/apt.conf.d`,
    ...settings.map((setting) => `--aptopt=${setting}`),
    ...[SUITE, archive, ...copies],
  ];
}
