import type { Command } from 'commander';
import type { Diagnostic } from '../../domain/blueprint/diagnostic.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { type CommonOptions, remoteCommand, type Session, withServer } from '../client/action.ts';
import { type DeployableBlueprint, readDeployable, type SourceOptions, withSourceOptions } from '../client/deployable.ts';
import { findApplication } from '../client/find.ts';
import { parseCount, parseDuration } from '../client/options.ts';
import { waitForRollout, waitForTask } from '../client/wait.ts';

interface DeployOptions extends CommonOptions, SourceOptions {
  readonly location?: string;
  readonly name?: string;
  readonly wait?: boolean;
  readonly timeout: number;
}

const BLUEPRINT = 'CAMP, Compose or TOSCA as YAML, an archive (.csar, .zip), or docker run commands; - reads standard input';

export function deployCommand(): Command {
  return withSourceOptions(remoteCommand('deploy', 'deploy a blueprint as a new application'))
    .argument('<file>', BLUEPRINT)
    .option(
      '--location <cloud>',
      'where to run (default: the blueprint’s location, or the only cloud); for a Docker cloud where machines come from, byon:(…)',
    )
    .option('--name <name>', 'name instead of the blueprint’s')
    .option('--wait', 'until everything is up; the exit code tells whether it is')
    .option('--timeout <duration>', 'for --wait', parseDuration, 600_000)
    .action((file: string, options: DeployOptions) =>
      withServer(options, async (session) => {
        const blueprint = await readDeployable(session, file, options);
        const { location, name } = options;
        await tellFindings(session, file, blueprint, location);
        const deployed = await session.api.application.deploy.mutate({
          ...blueprint,
          ...(location ? { location } : {}),
          ...(name ? { name } : {}),
        });
        if (options.wait) await waitForTask(session, deployed.taskId, options.timeout);
        session.output.result(deployed, () => [`${options.wait ? 'Up' : 'Deploying'}: application ${deployed.applicationId}`]);
      }),
    );
}

interface UpdateOptions extends CommonOptions, SourceOptions {
  readonly wait?: boolean;
  readonly timeout: number;
  readonly generation?: number;
  readonly batch?: number;
  readonly dryRun?: boolean;
}

export function updateCommand(): Command {
  return withSourceOptions(remoteCommand('update', 'roll a new blueprint out to an application'))
    .argument('<app>', 'name or id')
    .argument('<file>', BLUEPRINT)
    .option('--generation <number>', 'refuse when the application is not at this generation (default: the present one)', parseCount)
    .option('--batch <number>', 'members recreated at once', parseCount)
    .option('--dry-run', 'tell what it would do to what runs, and where new containers would go, changing nothing')
    .option('--wait', 'until it is rolled out; the exit code tells whether it was kept')
    .option('--timeout <duration>', 'for --wait', parseDuration, 1_200_000)
    .action((app: string, file: string, options: UpdateOptions) =>
      withServer(options, async (session) => {
        const blueprint = await readDeployable(session, file, options);
        const { id, generation } = await findApplication(session.api, app);
        if (options.dryRun) return await tellChanges(session, id, { file, blueprint });
        await tellFindings(session, file, blueprint);
        const updated = await session.api.application.update.mutate({
          applicationId: id,
          ...blueprint,
          expectedGeneration: options.generation ?? generation,
          ...(options.batch ? { rollout: { batch: options.batch } } : {}),
        });
        if (options.wait) await waitForRollout(session, updated.rolloutId, options.timeout);
        session.output.result(updated, () => [`${options.wait ? 'At' : 'Updating to'} generation ${updated.generation}`]);
      }),
    );
}

const EFFECTS = { added: '+', removed: '-', restarted: '!', changed: '~', resized: '~' } as const;

async function tellChanges(
  { api, output }: Session,
  applicationId: string,
  { file, blueprint }: { readonly file: string; readonly blueprint: DeployableBlueprint },
): Promise<void> {
  const { diagnostics, changes = [], placement = [] } = await api.application.planUpdate.query({ applicationId, ...blueprint });
  tell(file, diagnostics);
  const hosts = new Map((await api.host.list.query({})).map(({ id, name }) => [String(id), name]));
  output.result({ changes, placement }, () => [
    ...changes.map(
      ({ effect, name, sizes }) => `${EFFECTS[effect]} ${name} is ${effect}${sizes ? ` from ${sizes.from} to ${sizes.to}` : ''}`,
    ),
    ...placement.map(
      ({ name, hostId }) => `  ${name} goes to ${hostId === null ? 'no host: none fits now' : (hosts.get(hostId) ?? hostId)}`,
    ),
    ...(changes.length === 0 ? ['Nothing would change'] : []),
  ]);
}

async function tellFindings({ api }: Session, file: string, blueprint: DeployableBlueprint, location?: string): Promise<void> {
  const { diagnostics } = await api.application.plan.query({ ...blueprint, ...(location ? { location } : {}) });
  tell(file, diagnostics);
}

/** Findings go to standard error; errors end the command. */
function tell(file: string, diagnostics: readonly Diagnostic[]): void {
  for (const { severity, line, column, message, hint } of diagnostics) {
    process.stderr.write(`${file}:${line}:${column}: ${severity}: ${message}${hint ? ` ${hint}` : ''}\n`);
  }
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) throw new ClockerError('blueprint.invalid', { message: `${file} has ${errors} ${errors === 1 ? 'error' : 'errors'}` });
}
