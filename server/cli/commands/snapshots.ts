import { confirm, isCancel } from '@clack/prompts';
import type { Command } from 'commander';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { isPushed, type Snapshot } from '../../domain/snapshot/snapshot.ts';
import { type CommonOptions, remoteCommand, type Session, withServer } from '../client/action.ts';
import { findApplication, findEntity, pick } from '../client/find.ts';
import { followRecords, lateError } from '../client/live-records.ts';
import { toTable } from '../client/output.ts';
import { report, type WaitOptions, waiting } from './effectors.ts';

export function snapshotsCommand(): Command {
  return listing('snapshots', 'snapshots of containers; list, take, restore, push and remove them')
    .alias('snapshot')
    .addCommand(listing('list', 'those of one application, or of all'))
    .addCommand(takeCommand())
    .addCommand(restoreCommand())
    .addCommand(backCommand())
    .addCommand(pushCommand())
    .addCommand(removeCommand());
}

function listing(name: string, description: string): Command {
  return remoteCommand(name, description)
    .argument('[application]', 'name or id')
    .action((reference: string | undefined, options: CommonOptions) =>
      withServer(options, async ({ api, output }) => {
        const applicationId = reference === undefined ? undefined : (await findApplication(api, reference)).id;
        const [snapshots, hosts] = await Promise.all([api.snapshot.list.query({ applicationId }), api.host.list.query()]);
        const hostNames = new Map<string, string>(hosts.map(({ id, name }) => [id, name]));
        output.result(snapshots, () =>
          toTable(
            ['ID', 'ENTITY', 'STATE', 'HOST', 'MB', 'TAKEN', 'BY', 'SECRETS IN FILES', 'NOTE'],
            snapshots.map((one) => [
              ...[one.id, one.entityName, stateOf(one), hostNames.get(one.hostId) ?? one.hostId],
              ...[one.sizeBytes === null ? '' : String(Math.round(one.sizeBytes / 1e6)), new Date(one.at).toISOString(), one.by],
              ...[one.secrets.files.join(', '), one.note],
            ]),
          ),
        );
      }),
    );
}

function stateOf({ state, problem, push }: Snapshot): string {
  if (problem !== '') return `${state}: ${problem}`;
  if (push === undefined) return state;
  if (push.state === 'failed') return `${state}, not pushed: ${push.problem}`;
  return `${state}, ${push.state === 'done' ? `pushed as ${push.reference}` : 'being pushed'}`;
}

interface TakeOptions extends WaitOptions {
  readonly note?: string;
  readonly pause: boolean;
}

function takeCommand(): Command {
  return waiting(
    remoteCommand('take', "an image of what an entity's container has written, on its host; volumes are not in it")
      .argument('<entity>', 'name, APP/NAME or id')
      .option('--note <text>', 'what it is for')
      .option('--no-pause', 'let the container run on meanwhile: files may not belong together'),
  ).action((reference: string, options: TakeOptions) =>
    withServer(options, async (session) => {
      const { api, output } = session;
      const { id: entityId } = await findEntity(api, reference);
      const { note, pause, wait, timeout } = options;
      const taken = await api.snapshot.take.mutate({ entityId, pause, ...(note === undefined ? {} : { note }) });
      const snapshot = wait ? await untilTaken(session, taken.snapshotId, timeout) : null;
      output.result(snapshot ?? taken, () => [taken.snapshotId, ...(snapshot ? toldOf(snapshot) : [])]);
    }),
  );
}

/** @throws ClockerError conflict when it failed; deadline */
async function untilTaken({ api }: Session, snapshotId: string, timeoutMs: number): Promise<Snapshot> {
  return await followRecords<Snapshot>(api, {
    kinds: ['snapshot'],
    timeoutMs,
    look(records) {
      const snapshot = records.get('snapshot', snapshotId);
      if (snapshot?.state === 'failed') throw new ClockerError('conflict', { message: `It was not taken: ${snapshot.problem}` });
      return snapshot && snapshot.state !== 'taking' ? snapshot : undefined;
    },
    late: () => lateError(`It was not taken within ${timeoutMs / 1_000} s`, []),
  });
}

function toldOf({ secrets, volumes }: Snapshot): readonly string[] {
  return [
    ...(volumes.length > 0 ? [`Volumes are not in it: ${volumes.join(', ')}`] : []),
    ...(secrets.variables.length > 0 ? [`Left out, and given again when it is restored: ${secrets.variables.join(', ')}`] : []),
    ...(secrets.files.length > 0 ? [`In it, with their secrets: ${secrets.files.join(', ')}`] : []),
  ];
}

function restoreCommand(): Command {
  return waiting(
    remoteCommand('restore', 'recreate the container from the snapshot; what was written since is lost').argument('<snapshot>', 'id'),
  ).action((reference: string, options: WaitOptions) =>
    withServer(options, async (session) => {
      const { id: snapshotId } = await findSnapshot(session, reference);
      const { taskId } = await session.api.snapshot.restore.mutate({ snapshotId });
      await report(session, taskId, options);
    }),
  );
}

function backCommand(): Command {
  return waiting(
    remoteCommand('back', "recreate the container from the blueprint's image again").argument('<entity>', 'name, APP/NAME or id'),
  ).action((reference: string, options: WaitOptions) =>
    withServer(options, async (session) => {
      const { id: entityId } = await findEntity(session.api, reference);
      const { taskId } = await session.api.snapshot.leave.mutate({ entityId });
      await report(session, taskId, options);
    }),
  );
}

function pushCommand(): Command {
  return remoteCommand('push', 'push a snapshot to the registry of its cloud, once you have seen which secrets are in it')
    .argument('<snapshot>', 'id')
    .option('--yes', 'ask nothing: the files with secrets go with it')
    .action((reference: string, options: CommonOptions & { readonly yes?: boolean }) =>
      withServer(options, async (session) => {
        const snapshot = await findSnapshot(session, reference);
        const { files } = snapshot.secrets;
        if (files.length > 0 && !options.yes) await requireAgreed(files);
        await session.api.snapshot.push.mutate({ snapshotId: snapshot.id, files: [...files] });
        session.output.result({ snapshotId: snapshot.id }, () => ['It is being pushed: see `clocker snapshots`']);
      }),
    );
}

/** @throws ClockerError cancelled; conflict where nobody can be asked */
async function requireAgreed(files: readonly string[]): Promise<void> {
  const message = `Files in it have secrets in them: ${files.join(', ')}`;
  if (!process.stdin.isTTY) throw new ClockerError('conflict', { message, hint: 'Give --yes to push them all the same.' });
  const answer = await confirm({ message: `${message}. Push them all the same?`, initialValue: false });
  if (isCancel(answer) || !answer) throw new ClockerError('cancelled', { message: 'Nothing was done' });
}

function removeCommand(): Command {
  return remoteCommand('remove', 'remove a snapshot and its image; what was pushed stays in the registry')
    .argument('<snapshot>', 'id')
    .action((reference: string, options: CommonOptions) =>
      withServer(options, async (session) => {
        const snapshot = await findSnapshot(session, reference);
        await session.api.snapshot.remove.mutate({ snapshotId: snapshot.id });
        const rest = isPushed(snapshot) ? [`${snapshot.push?.reference} stays in the registry`] : [];
        session.output.result({ snapshotId: snapshot.id }, () => [`Removing the snapshot of ${snapshot.entityName}`, ...rest]);
      }),
    );
}

async function findSnapshot({ api }: Session, reference: string): Promise<Snapshot> {
  return pick('snapshot', reference, await api.snapshot.list.query(), ({ id }) => [id.toLowerCase()]);
}
