import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { findHost } from '../client/find.ts';
import { toTable } from '../client/output.ts';

interface ImagesOptions extends CommonOptions {
  readonly removeUnused?: boolean;
}

export function imagesCommand(): Command {
  return remoteCommand('images', 'images that Clocker has brought to a host, and which of them nothing needs')
    .argument('<host>', 'name or id')
    .option('--remove-unused', 'remove those that nothing needs; without it they are only shown')
    .action((reference: string, options: ImagesOptions) =>
      withServer(options, async ({ api, output }) => {
        const { id: hostId } = await findHost(api, reference);
        const shown = await api.host.images.query({ hostId });
        const names = shown.images.flatMap(({ name, keptBy }) => (keptBy === null ? [name] : []));
        if (options.removeUnused && names.length > 0) {
          const done = await api.host.removeImages.mutate({ hostId, names });
          output.result(done, () => [
            ...done.removed.map((name) => `Removed ${name}`),
            ...done.kept.map(({ name, reason }) => `${name} stays: ${reason}`),
          ]);
          return;
        }
        output.result(shown, () => [
          ...toTable(
            ['IMAGE', 'MB', 'HOW', 'SINCE', 'KEPT'],
            shown.images.map(({ name, sizeBytes, how, at, keptBy }) => [
              name,
              sizeBytes === null ? 'gone' : String(Math.round(sizeBytes / 1e6)),
              how,
              new Date(at).toISOString(),
              keptBy ?? 'unused',
            ]),
          ),
          `${shown.others} of others, never touched`,
        ]);
      }),
    );
}
