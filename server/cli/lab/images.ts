import { Command } from 'commander';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { buildAppImages, readAppImages } from '../../plugins/hosts/lab/build-images.ts';
import { APP_IMAGES, findAppImage } from '../../plugins/hosts/lab/image-catalog.ts';
import type { LabWorld } from '../../plugins/hosts/lab/lab-world.ts';
import { type Output, toTable } from '../client/output.ts';
import { formatBytes } from './quantities.ts';
import { withLab } from './with-lab.ts';

interface BuildOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `clocker lab images …`: what the lab's registry serves, and what is truly inside. */
export function imagesCommand(): Command {
  const list = new Command('list')
    .description('what the registry of the lab serves, and what is truly inside')
    .option('--json', 'print JSON')
    .action((options: BuildOptions) => withLab(options, printImages));
  const build = new Command('build')
    .description('build images anew from the Debian packages of today and push them to the registry')
    .argument('[name...]', 'for example nginx or redis:7.0')
    .option('--all', 'all that are not ready')
    .option('--json', 'print JSON')
    .action((names: string[], options: BuildOptions) =>
      withLab(options, async (world, output) => {
        if (names.length === 0 && !options.all) {
          throw new ClockerError('input.invalid', { message: 'No image is named', hint: 'Name images, or give --all.' });
        }
        const images = options.all ? APP_IMAGES : names.map(requireImage);
        await buildAppImages(world, images, options.all ? 'changed' : 'all');
        await printImages(world, output);
      }),
    );
  return new Command('images')
    .description('application images for the hosts of the lab')
    .addCommand(list, { isDefault: true })
    .addCommand(build);
}

function requireImage(name: string): (typeof APP_IMAGES)[number] {
  const image = findAppImage(name);
  if (image) return image;
  const known = APP_IMAGES.map((candidate) => candidate.repository).join(', ');
  throw new ClockerError('not-found', { message: `The lab has no image "${name}"`, hint: `It can build: ${known}.` });
}

async function printImages(world: LabWorld, output: Output): Promise<void> {
  const views = await readAppImages(world);
  output.result(
    views.map(({ image, ...view }) => ({ repository: image.repository, tags: image.tags, remark: image.remark, ...view })),
    () => {
      const rows = views.map(({ image, state, contains, sizeBytes, builtAt }) => [
        `${image.repository}:${image.tags.join(',')}`,
        state,
        contains && `${contains} (Debian)`,
        sizeBytes > 0 ? formatBytes(sizeBytes) : '',
        builtAt.slice(0, 10),
        image.remark,
      ]);
      return toTable(['IMAGE', 'STATE', 'TRULY INSIDE', 'SIZE', 'BUILT', 'REMARK'], rows);
    },
  );
}
