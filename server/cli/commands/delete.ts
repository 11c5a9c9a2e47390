import { confirm, isCancel } from '@clack/prompts';
import type { Command } from 'commander';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { type CommonOptions, remoteCommand, type Session, withServer } from '../client/action.ts';
import { findApplication } from '../client/find.ts';
import { printable } from '../client/output.ts';
import { report, waiting } from './effectors.ts';

interface DeleteOptions extends CommonOptions {
  readonly volumes?: boolean;
  readonly yes?: boolean;
  readonly wait?: boolean;
  readonly timeout: number;
}

export function deleteCommand(): Command {
  return waiting(
    remoteCommand('delete', 'delete an application; its volumes stay unless --volumes')
      .argument('<app>', 'name or id')
      .option('--volumes', 'remove its volumes and their data too')
      .option('--yes', 'do not ask'),
  ).action((app: string, options: DeleteOptions) =>
    withServer(options, async (session) => {
      const { api, output } = session;
      const application = await findApplication(api, app);
      const preview = await api.application.deletionPreview.query({ applicationId: application.id });
      const removeVolumes = options.volumes ?? false;
      for (const line of victims(preview, removeVolumes)) output.progress(line);
      if (!options.yes) await requireConsent(application.name);
      const { taskId } = await api.application.delete.mutate({ applicationId: application.id, removeVolumes });
      await report(session, taskId, options);
    }),
  );
}

type Preview = Awaited<ReturnType<Session['api']['application']['deletionPreview']['query']>>;

function victims({ containers, volumes, dependants, hiddenDependants }: Preview, removeVolumes: boolean): readonly string[] {
  return [
    ...containers.map(({ entity, name, host }) => `container ${entity} on ${host} (${name}): removed`),
    ...volumes.map(
      ({ entity, name, host }) => `volume    ${name} of ${entity} on ${host}: ${removeVolumes ? 'removed with its data' : 'kept'}`,
    ),
    ...dependants.map(({ entity, application, why }) => `depends on it: ${entity} of ${application} ${why}`),
    ...(hiddenDependants > 0 ? [`depends on it: ${hiddenDependants} more that you may not see`] : []),
  ].map(printable);
}

async function requireConsent(name: string): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new ClockerError('input.invalid', { message: `Nobody is there to confirm that ${name} is deleted`, hint: 'Give --yes.' });
  }
  const answer = await confirm({ message: `Delete ${name}?`, initialValue: false });
  if (isCancel(answer) || !answer) throw new ClockerError('cancelled', { message: 'Nothing was deleted' });
}
