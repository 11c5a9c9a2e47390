import type { Command } from 'commander';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { type CommonOptions, remoteCommand, type Session, withServer } from '../client/action.ts';
import { findApplication, findEntity, findHost } from '../client/find.ts';
import { collectPairs, parseCount, parseDuration } from '../client/options.ts';
import { waitForTask } from '../client/wait.ts';

/** Of commands that are `waiting`. */
export interface WaitOptions extends CommonOptions {
  readonly wait?: boolean;
  readonly timeout: number;
}

/** `start`, `stop` and `restart` take an application as well as an entity. */
export function lifecycleCommand(verb: 'start' | 'stop' | 'restart', description: string): Command {
  return waiting(remoteCommand(verb, description).argument('<target>', 'application or entity: name, APP/NAME or id')).action(
    (target: string, options: WaitOptions) =>
      withServer(options, async (session) => {
        const entityId = await entityIdOf(session, target);
        const { taskId } = await session.api.entity[verb].mutate({ entityId });
        await report(session, taskId, options);
      }),
  );
}

export function scaleCommand(): Command {
  return waiting(
    remoteCommand('scale', 'give a cluster another number of members')
      .argument('<entity>', 'cluster: name, APP/NAME or id')
      .argument('<size>', 'number of members', parseCount),
  ).action((reference: string, size: number, options: WaitOptions) =>
    withServer(options, async (session) => {
      const { id } = await findEntity(session.api, reference);
      const { taskId } = await session.api.entity.resize.mutate({ entityId: id, size });
      await report(session, taskId, options);
    }),
  );
}

export function moveCommand(): Command {
  return waiting(
    remoteCommand('move', 'move an entity to another host: it starts there before it stops here')
      .argument('<entity>', 'name, APP/NAME or id')
      .option('--to <host>', 'name or id of the host (default: the one that placement chooses)'),
  ).action((reference: string, options: WaitOptions & { readonly to?: string }) =>
    withServer(options, async (session) => {
      const { id: entityId } = await findEntity(session.api, reference);
      const to = options.to === undefined ? undefined : await findHost(session.api, options.to);
      const { taskId } = await session.api.entity.move.mutate({ entityId, ...(to ? { toHostId: to.id } : {}) });
      await report(session, taskId, options);
    }),
  );
}

export function effectorCommand(): Command {
  return waiting(
    remoteCommand('effector', 'call an effector of an entity')
      .argument('<entity>', 'name, APP/NAME or id')
      .argument('<effector>', 'its name')
      .option('--param <key=value>', 'a parameter; again for more', collectPairs),
  ).action((reference: string, effector: string, options: WaitOptions & { readonly param?: Readonly<Record<string, string>> }) =>
    withServer(options, async (session) => {
      const { id } = await findEntity(session.api, reference);
      const { taskId } = await session.api.entity.effector.mutate({
        entityId: id,
        effector,
        parameters: toParameters(options.param ?? {}),
      });
      await report(session, taskId, options);
    }),
  );
}

export function waiting(command: Command): Command {
  return command
    .option('--wait', 'until it is done; the exit code tells how it ended')
    .option('--timeout <duration>', 'for --wait', parseDuration, 600_000);
}

export async function report(session: Session, taskId: string, { wait, timeout }: WaitOptions): Promise<void> {
  const task = wait ? await waitForTask(session, taskId, timeout) : null;
  session.output.result({ taskId, ...(task ? { status: task.status } : {}) }, () => [task ? `Done: ${task.name}` : `Task ${taskId}`]);
}

async function entityIdOf({ api }: Session, target: string): Promise<string> {
  const application = await findApplication(api, target).catch((error: unknown) => {
    if (error instanceof ClockerError && error.code === 'not-found') return null;
    throw error;
  });
  return application ? application.rootId : (await findEntity(api, target)).id;
}

/** Numbers and truth values as such, anything else as text. */
function toParameters(given: Readonly<Record<string, string>>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(given).map(([key, text]) => [
      key,
      /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : /^(true|false)$/.test(text) ? text === 'true' : text,
    ]),
  );
}
