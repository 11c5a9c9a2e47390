import { type Command, Option } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { findApplication } from '../client/find.ts';
import { printable } from '../client/output.ts';

interface ExportOptions extends CommonOptions {
  readonly as: 'camp' | 'compose';
}

export function exportCommand(): Command {
  return remoteCommand('export', 'an application’s blueprint with its files merged, on standard output; secrets read ***')
    .argument('<app>', 'name or id')
    .addOption(new Option('--as <language>', 'CAMP YAML or a Compose file').choices(['camp', 'compose']).default('camp'))
    .action((app: string, options: ExportOptions) =>
      withServer(options, async ({ api, output }) => {
        const { id } = await findApplication(api, app);
        const exported = await api.application.export.query({ applicationId: id, as: options.as });
        for (const { service, what, why } of options.json ? [] : exported.leftOut) {
          process.stderr.write(`${printable(`left out${service === null ? '' : ` of ${service}`}: ${what}: ${why}`)}\n`);
        }
        output.result(exported, () => (exported.text === null ? [] : [printable(exported.text.trimEnd())]));
      }),
    );
}
