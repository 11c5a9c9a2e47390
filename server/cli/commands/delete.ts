import type { Command } from 'commander';
import { type CommonOptions, remoteCommand, type Session, withServer } from '../client/action.ts';
import { findApplication } from '../client/find.ts';
import { printable } from '../client/output.ts';
import { requireConsent } from '../client/require-consent.ts';
import { report, waiting } from './effectors.ts';

interface DeleteOptions extends CommonOptions {
  readonly volumes?: boolean;
  readonly withApplications?: boolean;
  readonly yes?: boolean;
  readonly wait?: boolean;
  readonly timeout: number;
}

export function deleteCommand(): Command {
  return waiting(
    remoteCommand('delete', 'delete an application; its volumes stay unless --volumes')
      .argument('<app>', 'name or id')
      .option('--volumes', 'remove its volumes and their data too')
      .option('--with-applications', 'of a Docker cloud: delete the applications on it, not only stop them')
      .option('--yes', 'do not ask'),
  ).action((app: string, options: DeleteOptions) =>
    withServer(options, async (session) => {
      const { api, output } = session;
      const application = await findApplication(api, app);
      const preview = await api.application.deletionPreview.query({ applicationId: application.id });
      const removeVolumes = options.volumes ?? false;
      const onClouds = options.withApplications ? 'delete' : 'stop';
      for (const line of victims(preview, removeVolumes, onClouds)) output.progress(line);
      if (!options.yes) await requireConsent('Delete', application.name);
      const { taskId } = await api.application.delete.mutate({ applicationId: application.id, removeVolumes, onClouds });
      await report(session, taskId, options);
    }),
  );
}

type Preview = Awaited<ReturnType<Session['api']['application']['deletionPreview']['query']>>;

function victims(preview: Preview, removeVolumes: boolean, onClouds: 'stop' | 'delete'): readonly string[] {
  const { containers, volumes, clouds, dependants, hiddenDependants } = preview;
  return [
    ...containers.map(
      ({ entity, name, host, adopted }) => `container ${entity} on ${host} (${name}${adopted ? ', adopted' : ''}): removed`,
    ),
    ...volumes.map(
      ({ entity, name, host }) => `volume    ${name} of ${entity} on ${host}: ${removeVolumes ? 'removed with its data' : 'kept'}`,
    ),
    ...clouds.flatMap(({ cloud, hosts, applications }) => [
      ...hosts.map(({ name, state }) => `host      ${name} of ${cloud} (${state}): given back`),
      ...applications.map(
        ({ name, containers: count }) =>
          `application ${name} on ${cloud} (${count} containers): ${onClouds === 'delete' ? 'deleted' : 'stopped'}`,
      ),
    ]),
    ...dependants.map(({ entity, application, why }) => `depends on it: ${entity} of ${application} ${why}`),
    ...(hiddenDependants > 0 ? [`depends on it: ${hiddenDependants} more that you may not see`] : []),
  ].map(printable);
}
