import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { findApplication } from '../client/find.ts';
import { parseCount, parseDuration } from '../client/options.ts';
import { toTable } from '../client/output.ts';
import { waitForRollout } from '../client/wait.ts';

export function generationsCommand(): Command {
  return remoteCommand('generations', 'versions of an application’s blueprint')
    .argument('<app>', 'name or id')
    .option('--show <number>', 'print the text of this one; secrets read ***', parseCount)
    .action((app: string, options: CommonOptions & { readonly show?: number }) =>
      withServer(options, async ({ api, output }) => {
        const { id } = await findApplication(api, app);
        const generations = await api.application.generations.query({ applicationId: id });
        const shown = options.show === undefined ? null : generations.filter(({ number }) => number === options.show);
        output.result(shown ?? generations, () =>
          shown
            ? shown.map(({ text }) => text.trimEnd())
            : toTable(
                ['GENERATION', 'MADE', 'BY', 'WHY'],
                generations.map((one) => [String(one.number), new Date(one.createdAt).toISOString(), one.createdBy, one.reason]),
              ),
        );
      }),
    );
}

interface RestoreOptions extends CommonOptions {
  readonly wait?: boolean;
  readonly timeout: number;
}

export function restoreCommand(): Command {
  return remoteCommand('restore', 'roll an earlier generation out again')
    .argument('<app>', 'name or id')
    .argument('<generation>', 'its number', parseCount)
    .option('--wait', 'until it is rolled out')
    .option('--timeout <duration>', 'for --wait', parseDuration, 1_200_000)
    .action((app: string, generation: number, options: RestoreOptions) =>
      withServer(options, async (session) => {
        const { id } = await findApplication(session.api, app);
        const restored = await session.api.application.restore.mutate({ applicationId: id, generation });
        if (options.wait) await waitForRollout(session, restored.rolloutId, options.timeout);
        session.output.result(restored, () => [`${options.wait ? 'At' : 'Updating to'} generation ${restored.generation}`]);
      }),
    );
}
