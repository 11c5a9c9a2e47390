import { type Command, InvalidArgumentError } from 'commander';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { InstanceId } from '../../domain/shared/ids.ts';
import { type CommonOptions, remoteCommand, withServer } from '../client/action.ts';
import type { Api } from '../client/connect.ts';
import { findEntity } from '../client/find.ts';

interface ReachOptions extends CommonOptions {
  readonly port?: number;
}

const MARKS = { ok: 'ok    ', warning: 'warn  ', failed: 'FAILED', skipped: '-     ' } as const;

/** `clocker networks reach FROM TO`: ends with 1 where it is not reached, so that scripts can ask. */
export function reachCommand(): Command {
  return remoteCommand('reach', 'can one container reach another? tried now, from inside of the first')
    .argument('<from>', 'entity with a container: name, APP/NAME or id')
    .argument('<to>', 'entity with a container: name, APP/NAME or id')
    .option('--port <number>', 'TCP port to connect to (default: a ping)', parsePort)
    .action((from: string, to: string, options: ReachOptions) =>
      withServer(options, async ({ api, output }) => {
        const [first, second] = [await instanceOf(api, from), await instanceOf(api, to)];
        const { port } = options;
        const answer = await api.network.reach.mutate({ from: first, to: second, ...(port === undefined ? {} : { port }) });
        const target = port === undefined ? answer.to.name : `${answer.to.name}:${port}`;
        output.result(answer, () => [
          answer.reached
            ? `Yes: ${answer.from.name} reaches ${target} in ${answer.ms?.toFixed(1)} ms`
            : `No: ${answer.from.name} does not reach ${target}${answer.problem ? `. ${answer.problem.text}` : ''}`,
          ...answer.steps.map(({ state, title, text }) => `${MARKS[state]}  ${title}: ${text}`),
          ...(answer.problem?.fix ? [answer.problem.fix] : []),
        ]);
        if (!answer.reached) process.exitCode = 1;
      }),
    );
}

async function instanceOf(api: Api, reference: string): Promise<InstanceId> {
  const { name, instanceId } = await findEntity(api, reference);
  if (instanceId) return instanceId;
  throw new ClockerError('input.invalid', {
    message: `${name} has no container of its own`,
    hint: 'Name one that has: a member of the cluster rather than the cluster, as APP/NAME.',
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a port, 1 to 65535.');
}
