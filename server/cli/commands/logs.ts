import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import { findEntity } from '../client/find.ts';
import { parseCount } from '../client/options.ts';
import { printable } from '../client/output.ts';

interface LogsOptions extends CommonOptions {
  readonly follow?: boolean;
  readonly tail: number;
  readonly timestamps?: boolean;
}

export function logsCommand(): Command {
  return remoteCommand('logs', 'what an entity’s containers print')
    .argument('<entity>', 'name, APP/NAME or id')
    .option('-f, --follow', 'go on, over restarts and moves')
    .option('--tail <lines>', 'last so many lines', parseCount, 200)
    .option('-t, --timestamps', 'with the time of each line')
    .action((reference: string, options: LogsOptions) =>
      withServer(options, async ({ api }) => {
        const { id } = await findEntity(api, reference);
        const { tail, follow = false, json, timestamps } = options;
        await new Promise<void>((resolve, reject) => {
          const subscription = api.entity.logs.subscribe(
            { entityId: id, tail: Math.min(tail, 10_000), follow },
            {
              onData(line) {
                const text = `${timestamps || line.marker ? `${line.at} ` : ''}${line.text}`;
                const stream = line.stream === 'stderr' && !json ? process.stderr : process.stdout;
                stream.write(json ? `${JSON.stringify(line)}\n` : `${printable(text)}\n`);
              },
              onError: reject,
              onComplete: resolve,
            },
          );
          process.once('SIGINT', () => {
            subscription.unsubscribe();
            resolve();
          });
        });
      }),
    );
}
