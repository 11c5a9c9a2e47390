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
  return remoteCommand('logs', 'what the containers of an entity, a cluster or an application print')
    .argument('<entity>', 'name, APP/NAME or id')
    .option('-f, --follow', 'go on, over restarts and moves')
    .option('--tail <lines>', 'last so many lines', parseCount, 200)
    .option('-t, --timestamps', 'with the time of each line')
    .action((reference: string, options: LogsOptions) =>
      withServer(options, async ({ api }) => {
        const { id } = await findEntity(api, reference);
        const prefix = createPrefix(id, process.stdout.isTTY === true);
        const { tail, follow = false, json, timestamps } = options;
        await new Promise<void>((resolve, reject) => {
          const subscription = api.entity.logs.subscribe(
            { entityId: id, tail: Math.min(tail, 10_000), follow },
            {
              onData(line) {
                const text = `${timestamps || line.marker ? `${line.at} ` : ''}${line.text}`;
                const stream = line.stream === 'stderr' && !json ? process.stderr : process.stdout;
                stream.write(json ? `${JSON.stringify(line)}\n` : `${prefix(line)}${printable(text)}\n`);
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

const COLOURS = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];

/** `web-1 | ` before each line of a group's members, as wide as the widest name so far and each in its colour. Nothing for one container. */
function createPrefix(askedFor: string, coloured: boolean): (line: { readonly entityId: string; readonly entity: string }) => string {
  const colours = new Map<string, number>();
  let width = 0;
  return ({ entityId, entity }) => {
    if (entityId === askedFor) return '';
    const name = printable(entity);
    width = Math.max(width, name.length);
    const colour = colours.get(entityId) ?? COLOURS[colours.size % COLOURS.length] ?? 0;
    colours.set(entityId, colour);
    const text = `${name.padEnd(width)} | `;
    return coloured ? `\u001b[${colour}m${text}\u001b[0m` : text;
  };
}
