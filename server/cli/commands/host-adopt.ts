import type { Command } from 'commander';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import { type CommonOptions, remoteCommand, type Session, withServer } from '../client/action.ts';
import { findApplication, findHost } from '../client/find.ts';
import { printable, toTable } from '../client/output.ts';
import { requireConsent } from '../client/require-consent.ts';

interface AdoptOptions extends CommonOptions {
  readonly container?: string;
  readonly project?: string;
  readonly name?: string;
  readonly dryRun?: boolean;
}

export function adoptCommand(): Command {
  return remoteCommand('adopt', 'make running containers that others made an application; they run on as they are')
    .argument('<host>', 'name or id')
    .option('--container <name>', 'one container, by its name or whole id')
    .option('--project <name>', 'all containers of a Compose project')
    .option('--name <app>', 'name of the application (default: that of the container or project)')
    .option('--dry-run', 'only tell what would become of them')
    .action((reference: string, options: AdoptOptions) =>
      withServer(options, async ({ api, output }) => {
        const { id: hostId, name: host } = await findHost(api, reference);
        const given = { hostId, ...sourceOf(options), ...(options.name === undefined ? {} : { name: options.name }) };
        const plan = await api.host.adoptionPlan.query(given);
        const found = plan.findings.map(({ severity, message, hint }) => printable(`${severity}: ${message}${hint ? ` ${hint}` : ''}`));
        if (options.dryRun) {
          output.result(plan, () => [
            ...toTable(
              ['CONTAINER', 'IMAGE', 'BECOMES'],
              plan.containers.map(({ name, image, service, slot }) => [name, image, slot === null ? service : `${service}-${slot}`]),
            ),
            ...found,
            ...(plan.text === null ? [] : ['---', ...plan.text.trimEnd().split('\n').map(printable)]),
          ]);
          return;
        }
        for (const line of found) output.progress(line);
        const adopted = await api.host.adopt.mutate({ ...given, containerIds: plan.containers.map(({ id }) => id) });
        output.result(adopted, () => [`Adopted ${plan.containers.length} from ${host} as ${plan.name} (${adopted.applicationId})`]);
      }),
    );
}

function sourceOf({ container, project }: AdoptOptions): { readonly kind: 'container' | 'project'; readonly source: string } {
  if (container !== undefined && project === undefined) return { kind: 'container', source: container };
  if (project !== undefined && container === undefined) return { kind: 'project', source: project };
  throw new ClockerError('input.invalid', { message: 'What is to be adopted is not said', hint: 'Give --container or --project.' });
}

export function releaseCommand(): Command {
  return remoteCommand('release', 'forget an adopted application; its containers run on as they are')
    .argument('<app>', 'name or id')
    .option('--yes', 'do not ask')
    .action((app: string, options: CommonOptions & { readonly yes?: boolean }) =>
      withServer(options, async ({ api, output }) => {
        const application = await findApplication(api, app);
        const { containers, blockers } = await api.application.releasePreview.query({ applicationId: application.id });
        for (const line of linesOf({ containers, blockers })) output.progress(line);
        if (!options.yes && blockers.length === 0) await requireConsent('Release', application.name);
        await api.application.release.mutate({ applicationId: application.id });
        output.result({ applicationId: application.id }, () => [printable(`Released ${application.name}`)]);
      }),
    );
}

type Preview = Awaited<ReturnType<Session['api']['application']['releasePreview']['query']>>;

function linesOf({ containers, blockers }: Preview): readonly string[] {
  return [...containers.map(({ entity, host, name }) => `container ${entity} on ${host} (${name}): runs on`), ...blockers].map(printable);
}
